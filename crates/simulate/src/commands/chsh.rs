//! chsh, chfn and chage of the shadow tools: what /etc/passwd and /etc/shadow say of a user besides the name.

use crate::process::{Machine, Process};

use super::account_files::{denied, edit_line};
use super::accounts::users;
use super::node::exists;
use super::options::{Options, parse};

/// The options of chfn, in the order of the fields that they set: full name, room, work and home phone, other.
const NAME_PARTS: [char; 5] = ['f', 'r', 'w', 'h', 'o'];

pub fn chsh(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "s:", &[("shell=", 's')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let name = match user_of(machine, process, &options) {
        Ok(name) => name,
        Err(status) => return status,
    };
    let Some(shell) = options.value('s').map(str::to_string) else {
        super::input::not_modelled(machine, process, "that asks");
        return 0;
    };
    if !exists(machine.fs, &process.path(&shell), &process.cred) {
        process.complain(machine, &format!("Warning: {shell} does not exist"));
    }
    let done = edit_line(machine, process, "/etc/passwd", &name, |fields| {
        if let Some(last) = fields.get_mut(6) {
            last.clone_from(&shell);
        }
    });
    done.map_or_else(|errno| denied(machine, process, "/etc/passwd", errno), |()| 0)
}

pub fn chfn(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("full-name=", 'f'), ("home-phone=", 'h'), ("other=", 'o'), ("room=", 'r'), ("work-phone=", 'w')];
    let options = match parse(machine, process, "f:r:w:h:o:u", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let name = match user_of(machine, process, &options) {
        Ok(name) => name,
        Err(status) => return status,
    };
    let done = edit_line(machine, process, "/etc/passwd", &name, |fields| {
        let Some(comment) = fields.get_mut(4) else { return };
        let mut parts: Vec<String> = comment.splitn(5, ',').map(str::to_string).collect();
        parts.resize(5, String::new());
        for (letter, part) in NAME_PARTS.into_iter().zip(&mut parts) {
            if let Some(value) = options.value(letter) {
                value.clone_into(part);
            }
        }
        parts.pop_if(|other| other.is_empty());
        *comment = parts.join(",");
    });
    done.map_or_else(|errno| denied(machine, process, "/etc/passwd", errno), |()| 0)
}

/// chage: the days of the last change, of the least and longest age, of the warning, of grace and of the end.
pub fn chage(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("lastday=", 'd'),
        ("expiredate=", 'E'),
        ("inactive=", 'I'),
        ("list", 'l'),
        ("mindays=", 'm'),
        ("maxdays=", 'M'),
        ("warndays=", 'W'),
    ];
    let options = match parse(machine, process, "d:E:I:lm:M:W:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else { return super::misuse::misuse(machine, process) };
    if !users(machine).iter().any(|user| user.name == name) {
        process.complain(machine, &format!("user '{name}' does not exist in /etc/passwd"));
        return 1;
    }
    if options.has('l') || options.given.is_empty() {
        super::input::not_modelled(machine, process, "that tells or asks");
        return 0;
    }
    let day = |text: &str| match text.parse::<i64>() {
        Ok(day) => day.to_string(),
        Err(_) => super::date_words::read(text, 0, &super::zone::Zone::utc())
            .map_or(String::new(), |(time, _)| time.div_euclid(86_400).to_string()),
    };
    let done = edit_line(machine, process, "/etc/shadow", &name, |fields| {
        for (at, letter) in [(2, 'd'), (3, 'm'), (4, 'M'), (5, 'W'), (6, 'I'), (7, 'E')] {
            if let (Some(field), Some(value)) = (fields.get_mut(at), options.value(letter)) {
                *field = if value == "-1" { String::new() } else { day(value) };
            }
        }
    });
    done.map_or_else(|errno| denied(machine, process, "/etc/shadow", errno), |()| 0)
}

/// The user that is named, or the one who calls.
fn user_of(machine: &mut Machine, process: &Process, options: &Options) -> Result<String, i32> {
    let known = users(machine);
    let found = match options.operands.first() {
        Some(name) => known.into_iter().find(|user| user.name == *name),
        None => known.into_iter().find(|user| user.uid == process.cred.uid),
    };
    found.map(|user| user.name).ok_or_else(|| {
        let name = options.operands.first().cloned().unwrap_or_default();
        process.complain(machine, &format!("user '{name}' does not exist"));
        1
    })
}
