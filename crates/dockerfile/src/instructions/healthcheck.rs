use super::command::command_line;
use super::{Request, at_least_one};
use crate::duration::duration;
use crate::flags::{Flags, Kind};
use crate::literal::{integer, quoted};
use crate::mistake::Mistake;
use crate::node::Arguments;
use crate::{Body, Healthcheck};

pub(crate) const HEALTHCHECK_FLAGS: [(&str, Kind); 5] = [
    ("interval", Kind::Value),
    ("timeout", Kind::Value),
    ("start-period", Kind::Value),
    ("start-interval", Kind::Value),
    ("retries", Kind::Value),
];

/// The shortest time but for none, in nanoseconds.
const SHORTEST: i64 = 1_000_000;

/// `HEALTHCHECK`
pub(super) fn healthcheck(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let line = request.line();
    let Arguments::Health(kind, command) = &request.command().arguments else {
        return Err(at_least_one("HEALTHCHECK"));
    };
    let name = line.of(kind).to_uppercase();
    if name == "NONE" {
        // Its flags are skipped unread.
        return match **command {
            Arguments::None => Ok(Body::Healthcheck(Healthcheck::default())),
            Arguments::Json(ref strings) if strings.is_empty() => Ok(Body::Healthcheck(Healthcheck::default())),
            _ => Err(Mistake::new("healthcheck-none-arguments", "HEALTHCHECK NONE takes no arguments")),
        };
    }
    let flags = request.flags(&HEALTHCHECK_FLAGS)?;
    if name != "CMD" {
        let message = format!("Unknown type {} in HEALTHCHECK (try CMD)", quoted(&name));
        return Err(Mistake::new("healthcheck-type", message).with("type", name).at(kind.clone()));
    }
    let empty = match &**command {
        Arguments::Json(strings) => strings.is_empty(),
        other => *other == Arguments::None,
    };
    if empty {
        return Err(Mistake::new("healthcheck-without-command", "Missing command after HEALTHCHECK CMD"));
    }
    let rest = kind.end..request.command().rest.end;
    Ok(Body::Healthcheck(Healthcheck {
        command: Some(command_line(line, command, &rest)),
        interval: time(&flags, "interval")?,
        timeout: time(&flags, "timeout")?,
        start_period: time(&flags, "start-period")?,
        start_interval: time(&flags, "start-interval")?,
        retries: retries(&flags)?,
    }))
}

fn time(flags: &Flags, name: &str) -> Result<i64, Mistake> {
    let Some(value) = flags.value(name).filter(|value| !value.text.is_empty()) else {
        return Ok(0);
    };
    let invalid = |message| Mistake::new("duration-invalid", message).with("flag", name).with("value", &value.text);
    let time = duration(&value.text).map_err(invalid)?;
    if time != 0 && time < SHORTEST {
        let message = format!("Interval {} cannot be less than 1ms", quoted(name));
        return Err(Mistake::new("duration-too-short", message).with("flag", name).with("value", &value.text));
    }
    Ok(time)
}

fn retries(flags: &Flags) -> Result<i64, Mistake> {
    let Some(value) = flags.value("retries").filter(|value| !value.text.is_empty()) else {
        return Ok(0);
    };
    let count =
        integer(&value.text).map_err(|message| Mistake::new("retries-invalid", message).with("value", &value.text))?;
    if count < 0 {
        let message = format!("--retries cannot be negative ({count})");
        return Err(Mistake::new("retries-negative", message).with("value", &value.text));
    }
    Ok(i64::from(count))
}
