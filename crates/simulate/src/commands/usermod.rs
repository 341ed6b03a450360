//! usermod of the shadow tools.

use super::account_files::{add_member, denied, write_etc};
use super::accounts::{etc_file, group_id, users};
use super::input::missing_operand;
use super::node::exists;
use super::options::parse;
use crate::process::{Machine, Process};
use filesystem::{Cred, Errno};

pub fn usermod(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("append", 'a'),
        ("groups=", 'G'),
        ("shell=", 's'),
        ("home=", 'd'),
        ("move-home", 'm'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("login=", 'l'),
        ("comment=", 'c'),
        ("non-unique", 'o'),
        ("lock", 'L'),
        ("unlock", 'U'),
        ("password=", 'p'),
    ];
    let options = match parse(machine, process, "aG:s:d:mu:g:l:c:oLUp:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let mut known = users(machine);
    let Some(user) = known.iter_mut().find(|user| user.name == name) else {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 6;
    };
    let old = user.clone();
    let text = |letter: char, default: &str| options.value(letter).unwrap_or(default).to_string();
    user.shell = text('s', &old.shell);
    user.home = text('d', &old.home);
    user.comment = text('c', &old.comment);
    user.name = text('l', &old.name);
    user.uid = options.value('u').and_then(|text| text.parse().ok()).unwrap_or(old.uid);
    if let Some(group) = options.value('g') {
        let Some(gid) = group_id(machine, group) else {
            process.complain(machine, &format!("group '{group}' does not exist"));
            return 6;
        };
        user.gid = gid;
    }
    let user = user.clone();
    let line = format!("{}:x:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.comment, user.home, user.shell);
    let passwd = etc_file(machine, "/etc/passwd");
    let start = format!("{name}:");
    let new: String =
        passwd.lines().map(|old| if old.starts_with(&start) { line.clone() } else { old.to_string() } + "\n").collect();
    let done = (|| {
        if user != old {
            write_etc(machine, process, "/etc/passwd", &new)?;
        }
        if options.has('m') && user.home != old.home {
            machine.fs.rename(&old.home, &user.home, &Cred::root())?;
        }
        if user.uid != old.uid && exists(machine.fs, &user.home, &Cred::root()) {
            for path in machine.fs.walk(&user.home).into_iter().map(|(path, _)| path).collect::<Vec<_>>() {
                machine.fs.chown(&path, Some(user.uid), None, false, &Cred::root())?;
            }
        }
        for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
            if group_id(machine, group).is_none() {
                return Err(Errno::NoEnt);
            }
            add_member(machine, process, &user.name, group)?;
        }
        Ok(())
    })();
    match done {
        Ok(()) => 0,
        Err(Errno::NoEnt) => {
            process.complain(machine, &format!("group '{}' does not exist", options.value('G').unwrap_or_default()));
            6
        }
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}
