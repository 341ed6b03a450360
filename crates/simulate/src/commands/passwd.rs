//! passwd and chpasswd.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::account_files::edit_line;
use super::accounts::{etc_file, users};
use super::input::is_busybox;
use super::options::{Options, parse};
use super::usage::usage;

/// A hash as long as yescrypt's; it is salted at random, so that its bytes are not those of a real build.
const HASH: &str = "$y$j9T$simulated.simulated.sim$simulatedsimulatedsimulatedsimulated0000000";

fn is_user(machine: &Machine, name: &str) -> bool {
    users(machine).iter().any(|user| user.name == name)
}

fn set(machine: &mut Machine, process: &Process, name: &str, edit: impl Fn(&str) -> String) -> Result<(), Errno> {
    edit_line(machine, process, "/etc/shadow", name, |line| {
        if let Some(field) = line.get_mut(1) {
            *field = edit(field);
        }
    })
}

/// Changes the password's field.
pub fn passwd(machine: &mut Machine, process: &mut Process) -> i32 {
    if is_busybox(machine) {
        return busybox(machine, process);
    }
    if process.name() == "chpasswd" {
        return chpasswd(machine, process);
    }
    let long = [
        ("all", 'a'),
        ("delete", 'd'),
        ("expire", 'e'),
        ("keep-tokens", 'k'),
        ("inactive=", 'i'),
        ("lock", 'l'),
        ("mindays=", 'n'),
        ("quiet", 'q'),
        ("repository=", 'r'),
        ("root=", 'R'),
        ("status", 'S'),
        ("unlock", 'u'),
        ("warndays=", 'w'),
        ("maxdays=", 'x'),
    ];
    let options = match parse(machine, process, "adeki:ln:qr:R:Suw:x:", &long) {
        Ok(options) => options,
        Err(_) => return 6,
    };
    if options.has('S') && options.has('a') {
        let names: Vec<String> = users(machine).into_iter().map(|user| user.name).collect();
        let text: String = names.iter().map(|name| status(machine, name)).collect();
        process.out(machine, &text);
        return 0;
    }
    let caller = users(machine).into_iter().find(|user| user.uid == process.cred.uid).map(|user| user.name);
    let name = options.operands.first().cloned().or(caller.clone()).unwrap_or_else(|| "root".to_string());
    if !is_user(machine, &name) {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 1;
    }
    if process.cred.uid != 0 && caller.is_none_or(|caller| caller != name) {
        process.complain(machine, &format!("You may not view or modify password information for {name}."));
        return 1;
    }
    if options.has('S') {
        let text = status(machine, &name);
        process.out(machine, &text);
        return 0;
    }
    if options.any("deluinwx") {
        let done = changed(machine, process, &options, &name);
        if !options.has('q') {
            process.complain(machine, "password changed.");
        }
        return i32::from(done.is_err());
    }
    ask(machine, process, &name)
}

fn changed(machine: &mut Machine, process: &Process, options: &Options, name: &str) -> Result<(), Errno> {
    set(machine, process, name, |field| {
        let bare = field.trim_start_matches('!');
        match options.last_of("dlu") {
            Some('d') if options.has('l') => "!".to_string(),
            Some('d') => String::new(),
            Some('l') => format!("!{bare}"),
            Some('u') if !bare.is_empty() => bare.to_string(),
            _ => field.to_string(),
        }
    })?;
    let fields = [('n', 3), ('x', 4), ('w', 5), ('i', 6)];
    edit_line(machine, process, "/etc/shadow", name, |line| {
        for (letter, at) in fields {
            if let (Some(value), Some(field)) = (options.value(letter), line.get_mut(at)) {
                *field = value.to_string();
            }
        }
        if let Some(field) = line.get_mut(2).filter(|_| options.has('e')) {
            *field = "0".to_string();
        }
    })
}

/// A line of `passwd -S`.
fn status(machine: &Machine, name: &str) -> String {
    let (text, start) = (etc_file(machine, "/etc/shadow"), format!("{name}:"));
    let line = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default();
    let fields: Vec<&str> = line.split(':').collect();
    let field = |at: usize, none: &str| match fields.get(at) {
        Some(text) if !text.is_empty() => (*text).to_string(),
        _ => none.to_string(),
    };
    let state = match field(0, "").chars().next() {
        None => "NP",
        Some('!' | '*') => "L",
        Some(_) => "P",
    };
    let day = field(1, "").parse::<i64>().unwrap_or(-1);
    let date = super::calendar::format_time("%Y-%m-%d", day.saturating_mul(86_400));
    format!("{name} {state} {date} {} {} {} {}\n", field(2, "-1"), field(3, "-1"), field(4, "-1"), field(5, "-1"))
}

/// The dialogue that a pipe answers.
fn ask(machine: &mut Machine, process: &mut Process, name: &str) -> i32 {
    let text = process.stdin_text(machine);
    let mut lines = text.lines();
    process.err(machine, "New password: ");
    let first = lines.next();
    let second = first.and_then(|_| {
        process.err(machine, "Retype new password: ");
        lines.next()
    });
    if first.is_some_and(|first| !first.is_empty() && second == Some(first)) {
        let _ = set(machine, process, name, |_| HASH.to_string());
        process.complain(machine, "password updated successfully");
        return 0;
    }
    let text =
        if second.is_some() { "Sorry, passwords do not match.\n" } else { "Password change has been aborted.\n" };
    process.err(machine, text);
    process.complain(machine, "Authentication token manipulation error");
    process.complain(machine, "password unchanged");
    10
}

fn chpasswd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("crypt-method=", 'c'), ("encrypted", 'e'), ("md5", 'm'), ("root=", 'R'), ("sha-rounds=", 's')];
    let options = match parse(machine, process, "c:emR:s:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    if !options.operands.is_empty() {
        usage(machine, process);
        return 2;
    }
    let text = process.stdin_text(machine);
    let mut failed = false;
    for (at, line) in text.lines().enumerate() {
        let at = at + 1;
        let Some((name, password)) = line.split_once(':') else {
            process.complain(machine, &format!("line {at}: missing new password"));
            failed = true;
            continue;
        };
        let known = is_user(machine, name);
        let encrypted = options.has('e');
        if encrypted && !known {
            process.complain(machine, &format!("line {at}: user '{name}' does not exist"));
            failed = true;
        } else if !known || process.cred.uid != 0 || password.is_empty() && !encrypted {
            if known && process.cred.uid == 0 {
                process.err(machine, &"No password has been supplied.\n".repeat(3));
            }
            process.complain(machine, &format!("(user {name}) pam_chauthtok() failed, error:"));
            process.err(machine, "Authentication token manipulation error\n");
            process.complain(machine, &format!("(line {at}, user {name}) password not changed"));
            failed = true;
        } else {
            let hash = if encrypted { password } else { HASH };
            failed |= set(machine, process, name, |_| hash.to_string()).is_err();
        }
    }
    i32::from(failed)
}

fn busybox(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().iter().rev().find(|word| !word.starts_with('-')).cloned();
    let names: Vec<String> = if process.name() == "chpasswd" {
        let text = process.stdin_text(machine);
        text.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_string()).collect()
    } else {
        let _ = process.stdin(machine);
        vec![name.unwrap_or_else(|| "root".to_string())]
    };
    for name in names {
        if !is_user(machine, &name) {
            process.complain(machine, &format!("unknown user {name}"));
            return 1;
        }
        let hash = "$6$simulated$".to_string();
        if let Err(errno) = set(machine, process, &name, |_| hash.clone()) {
            return super::account_files::denied(machine, process, "/etc/shadow", errno);
        }
    }
    0
}
