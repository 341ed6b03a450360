//! The values of `RUN --mount` (BuildKit's `instructions/commands_runmount.go`).

use source::Diagnostic;

use crate::literal::{boolean, quoted, unsigned};
use crate::mistake::Mistake;
use crate::suggest::suggest;
use crate::{Mount, MountKind, Word, csv, size};

pub(crate) const KINDS: [(&str, MountKind); 5] = [
    ("bind", MountKind::Bind),
    ("cache", MountKind::Cache),
    ("tmpfs", MountKind::Tmpfs),
    ("secret", MountKind::Secret),
    ("ssh", MountKind::Ssh),
];

/// The values of `sharing`.
pub const SHARINGS: [&str; 3] = ["shared", "private", "locked"];

/// The keys among which one is looked for that may have been meant.
const KEYS: [&str; 19] = [
    "type",
    "from",
    "source",
    "target",
    "readonly",
    "id",
    "sharing",
    "required",
    "size",
    "mode",
    "uid",
    "gid",
    "src",
    "dst",
    "destination",
    "ro",
    "rw",
    "readwrite",
    "env",
];

/// What BuildKit checks of a mount before it comes to the step: that its fields can be read, and that `from` holds no
/// variable.
pub(crate) fn check(flag: &Word) -> Result<(), Mistake> {
    for field in fields(flag)? {
        let Some((key, value)) = field.split_once('=') else {
            continue;
        };
        let variable = value.find('$').is_some_and(|at| at + 1 < value.len());
        if key.eq_ignore_ascii_case("from") && variable {
            let message = "'from' doesn't support variable expansion, define alias stage instead";
            return Err(Mistake::new("mount-from-variable", message).with("value", value));
        }
    }
    Ok(())
}

fn fields(flag: &Word) -> Result<Vec<String>, Mistake> {
    csv::fields(&flag.text).map_err(|reason| {
        let message = format!("failed to parse csv mounts: {reason}");
        Mistake::new("mount-not-csv", message).with("value", &flag.text)
    })
}

/// Reads the value of a `--mount`, as BuildKit does when it comes to the step.
///
/// `expand` replaces the variables of one field's value. The target is not yet joined with the working directory.
///
/// # Errors
/// BuildKit's message (without a line: it has none here), at the flag's value; or the error of `expand`.
pub fn parse_mount(
    flag: &Word,
    expand: &mut dyn FnMut(&str) -> Result<String, Diagnostic>,
) -> Result<Mount, Diagnostic> {
    let placed = |mistake: Mistake| mistake.into_diagnostic(flag.range);
    let mut mount = Mount {
        kind: MountKind::Bind,
        from: None,
        source: None,
        target: None,
        id: None,
        read_only: true,
        required: false,
        sharing: None,
        size: None,
        mode: None,
        uid: None,
        gid: None,
        env: None,
        range: flag.range,
    };
    let mut read_only = None;
    for field in fields(flag).map_err(placed)? {
        match field.split_once('=') {
            Some((key, value)) => {
                let value = expand(value)?;
                set(&mut mount, &mut read_only, &key.to_lowercase(), value, &field).map_err(placed)?;
            }
            None => switch(&mut mount, &mut read_only, &field).map_err(placed)?,
        }
    }
    validate(&mount).map_err(placed)?;
    let writable = matches!(mount.kind, MountKind::Cache | MountKind::Tmpfs);
    mount.read_only = read_only.unwrap_or(!writable);
    Ok(mount)
}

impl MountKind {
    /// As `type=` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, known)| *known == self).map_or("bind", |(name, _)| name)
    }
}

fn may_be_required(mount: &Mount, key: &str) -> Result<(), Mistake> {
    match mount.kind {
        MountKind::Secret | MountKind::Ssh => Ok(()),
        kind => Err(not_of_kind(key, kind)),
    }
}

fn not_of_kind(key: &str, kind: MountKind) -> Mistake {
    let kind = kind.name();
    let message = format!("unexpected key '{key}' for mount type '{kind}'");
    Mistake::new("mount-key-not-of-type", message).with("key", key).with("type", kind)
}

/// A field without a value.
fn switch(mount: &mut Mount, read_only: &mut Option<bool>, field: &str) -> Result<(), Mistake> {
    match field.to_lowercase().as_str() {
        "readonly" | "ro" => *read_only = Some(true),
        "readwrite" | "rw" => *read_only = Some(false),
        "required" => {
            may_be_required(mount, "required")?;
            mount.required = true;
        }
        _ => {
            let message = format!("invalid field '{field}' must be a key=value pair");
            return Err(Mistake::new("mount-field-without-value", message).with("field", field));
        }
    }
    Ok(())
}

fn set(mount: &mut Mount, read_only: &mut Option<bool>, key: &str, value: String, field: &str) -> Result<(), Mistake> {
    let invalid = || {
        let message = format!("invalid value for {key}: {value}");
        Mistake::new("mount-value-invalid", message).with("key", key).with("value", &value)
    };
    let number = |base| {
        unsigned(&value, base).ok_or_else(|| {
            let message = format!("invalid value {value} for {key}");
            Mistake::new("mount-value-invalid", message).with("key", key).with("value", &value)
        })
    };
    match key {
        "type" => mount.kind = kind(&value)?,
        "from" => mount.from = Some(value),
        "source" | "src" => mount.source = Some(value),
        "target" | "dst" | "destination" => mount.target = Some(value),
        "readonly" | "ro" => *read_only = Some(boolean(&value).ok_or_else(invalid)?),
        "readwrite" | "rw" => *read_only = Some(!boolean(&value).ok_or_else(invalid)?),
        "required" => {
            may_be_required(mount, key)?;
            mount.required = boolean(&value).ok_or_else(invalid)?;
        }
        "size" if mount.kind != MountKind::Tmpfs => return Err(not_of_kind(key, mount.kind)),
        "size" => mount.size = Some(size::bytes(&value).ok_or_else(invalid)?),
        "id" => mount.id = Some(value),
        "sharing" => mount.sharing = Some(sharing(&value)?),
        "mode" => mount.mode = Some(number(8)?),
        "uid" => mount.uid = Some(number(10)?),
        "gid" => mount.gid = Some(number(10)?),
        "env" => mount.env = Some(value),
        _ => {
            let message = format!("unexpected key '{key}' in '{field}'");
            return Err(Mistake::new("unknown-mount-key", message)
                .with("key", key)
                .or_rather(suggest(key, &KEYS).map(str::to_owned)));
        }
    }
    Ok(())
}

fn kind(value: &str) -> Result<MountKind, Mistake> {
    let lower = value.to_lowercase();
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == lower) {
        return Ok(*kind);
    }
    let message = format!("unsupported mount type {}", quoted(value));
    let suggestion = suggest(value, &KINDS.map(|(name, _)| name)).map(str::to_owned);
    Err(Mistake::new("unknown-mount-type", message).with("type", value).or_rather(suggestion))
}

fn sharing(value: &str) -> Result<String, Mistake> {
    let lower = value.to_lowercase();
    if SHARINGS.contains(&lower.as_str()) {
        return Ok(lower);
    }
    let message = format!("unsupported sharing value {}", quoted(value));
    let suggestion = suggest(value, &SHARINGS).map(str::to_owned);
    Err(Mistake::new("unknown-mount-sharing", message).with("sharing", value).or_rather(suggestion))
}

fn validate(mount: &Mount) -> Result<(), Mistake> {
    let kind = mount.kind.name();
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    if matches!(mount.kind, MountKind::Bind | MountKind::Tmpfs) {
        let set = [("mode", mount.mode.is_some()), ("uid", mount.uid.is_some()), ("gid", mount.gid.is_some())];
        if let Some((key, _)) = set.into_iter().find(|(_, set)| *set) {
            let message = format!("{key} not allowed for {} type mounts", quoted(kind));
            return Err(Mistake::new("mount-key-not-of-type", message).with("key", key).with("type", kind));
        }
    }
    if mount.kind == MountKind::Secret {
        let message = if given(&mount.from) {
            "secret mount should not have a from"
        } else if mount.sharing.is_some() {
            "secret mount should not define sharing"
        } else if !given(&mount.source) && !given(&mount.target) && !given(&mount.id) {
            "invalid secret mount. one of source, target required"
        } else if given(&mount.source) && given(&mount.id) {
            "both source and id can't be set"
        } else {
            return Ok(());
        };
        return Err(Mistake::new("secret-mount-invalid", message));
    }
    if mount.sharing.is_some() && mount.kind != MountKind::Cache {
        let message = format!("invalid cache sharing set for {kind} mount");
        return Err(Mistake::new("mount-key-not-of-type", message).with("key", "sharing").with("type", kind));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Mount, String> {
        let flag = Word { text: text.to_owned(), ..Word::default() };
        parse_mount(&flag, &mut |value| Ok(value.to_owned())).map_err(|d| d.docker.unwrap_or_default())
    }

    #[test]
    fn keys_fill_a_mount() {
        let mount = read("type=CACHE,dst=/x,id=a,sharing=Locked,uid=1,mode=755,ro=false").unwrap();
        assert_eq!((mount.kind, mount.target.as_deref()), (MountKind::Cache, Some("/x")));
        assert_eq!((mount.sharing.as_deref(), mount.uid, mount.mode), (Some("locked"), Some(1), Some(0o755)));
        assert!(!mount.read_only);
        for (text, expected) in [("target=/x", true), ("target=/x,rw", false), ("type=tmpfs,target=/x", false)] {
            assert_eq!(read(text).unwrap().read_only, expected, "{text}");
        }
        assert!(read("type=secret,id=x,required,env=A").unwrap().required);
        assert_eq!(read("type=tmpfs,target=/x,size=1.5MiB").unwrap().size, Some(1_572_864));
    }

    #[test]
    fn mistakes_have_the_words_of_buildkit() {
        for (text, expected) in [
            ("type=volume", r#"unsupported mount type "volume""#),
            ("type=cahce", r#"unsupported mount type "cahce" (did you mean cache?)"#),
            ("tagret=/x", "unexpected key 'tagret' in 'tagret=/x' (did you mean target?)"),
            ("type=cache,sharing=lock", r#"unsupported sharing value "lock" (did you mean locked?)"#),
            ("mode=755,target=/x", r#"mode not allowed for "bind" type mounts"#),
            ("type=secret", "invalid secret mount. one of source, target required"),
            ("type=secret,id=a,from=b", "secret mount should not have a from"),
            ("type=secret,id=a,src=b", "both source and id can't be set"),
            ("size=1", "unexpected key 'size' for mount type 'bind'"),
            ("required", "unexpected key 'required' for mount type 'bind'"),
            ("sharing=shared", "invalid cache sharing set for bind mount"),
            ("foo", "invalid field 'foo' must be a key=value pair"),
            ("type=tmpfs,size=many", "invalid value for size: many"),
            ("type=cache,uid=-1", "invalid value -1 for uid"),
            ("ro=2", "invalid value for ro: 2"),
            ("", "failed to parse csv mounts: EOF"),
        ] {
            assert_eq!(read(text).map(|_| ()), Err(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn only_fields_and_from_are_checked_early() {
        let early = |text: &str| check(&Word { text: text.to_owned(), ..Word::default() }).map_err(|m| m.docker);
        assert_eq!(early("type=nothing,from=$"), Ok(()));
        assert_eq!(
            early("FROM=a$b"),
            Err("'from' doesn't support variable expansion, define alias stage instead".to_owned())
        );
    }
}
