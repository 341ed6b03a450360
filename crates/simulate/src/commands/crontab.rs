//! crontab: the table of a user in the spool.

use filesystem::{Content, Cred};

use crate::process::{Machine, Process};

use super::accounts::{user_id, user_name};
use super::estimate::estimated;
use super::input::{is_busybox, open};
use super::options::parse;

pub fn crontab(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "u:c:lerin", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let own = user_name(machine, process.cred.uid).unwrap_or_else(|| process.cred.uid.to_string());
    let user = options.value('u').map_or(own, str::to_string);
    let Some(uid) = user_id(machine, &user) else {
        process.complain(machine, &format!("user '{user}' unknown"));
        return 1;
    };
    let spool = options.value('c').unwrap_or("/var/spool/cron/crontabs").to_string();
    let path = format!("{spool}/{user}");
    if options.has('l') {
        return match machine.fs.read(&path, &Cred::root()) {
            Ok(content) => {
                process.out_content(machine, &content);
                0
            }
            Err(_) => {
                process.err(machine, &format!("no crontab for {user}\n"));
                1
            }
        };
    }
    if options.has('r') {
        let _ = machine.fs.remove_file(&path, &Cred::root());
        return 0;
    }
    if options.has('e') {
        process.complain(machine, "no editor in a build");
        return 1;
    }
    let operand = options.operands.first().map_or("-", String::as_str);
    let content = match open(machine, process, operand) {
        Ok(content) => content,
        Err(errno) => {
            process.complain(machine, &format!("{operand}: {errno}"));
            return 1;
        }
    };
    // Debian's cron owns the table by the group crontab, busybox by the user's own
    estimated(machine);
    let root = Cred::root();
    let made = machine.fs.mkdir_all(&spool, 0o1730, &root);
    let written = made.and_then(|()| write_table(machine, &path, content, uid));
    match written {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("{path}: {errno}"));
            1
        }
    }
}

fn write_table(machine: &mut Machine, path: &str, content: Content, uid: u32) -> Result<(), filesystem::Errno> {
    let root = Cred::root();
    let _ = machine.fs.remove_file(path, &root);
    machine.fs.write(path, content, 0o600, &root)?;
    if is_busybox(machine) { Ok(()) } else { machine.fs.chown(path, Some(uid), None, true, &root) }
}
