//! deluser and delgroup of Debian's adduser 3.134.

use crate::process::{Machine, Process};

use super::account_files::{denied, edit_members};
use super::accounts::{groups, users};
use super::debian_adduser::words;
use super::node::exists;
use super::options::read;
use super::start::start;

/// `deluser USER`, `deluser USER GROUP`, `delgroup GROUP`: what is to be done, in the words of the script.
pub fn deluser(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("system", 'S'),
        ("quiet", 'q'),
        ("group", 'g'),
        ("remove-home", 'r'),
        ("remove-all-files", 'r'),
        ("backup", 'r'),
        ("backup-to=", 'b'),
        ("only-if-empty", 'o'),
        ("force", 'f'),
        ("no-preserve-root", 'p'),
        ("conf=", 'c'),
    ];
    let options = match read(&words(process), "", &long) {
        Ok(options) => options,
        Err(message) => {
            process.complain(machine, &message);
            return 1;
        }
    };
    if process.cred.uid != 0 {
        process.complain(machine, "Only root may remove a user or group from the system.");
        return 1;
    }
    let quiet = options.has('q');
    let (user, group) = match options.operands.as_slice() {
        [group] if process.name() == "delgroup" || options.has('g') => (None, Some(group.clone())),
        [user] => (Some(user.clone()), None),
        [user, group] => (Some(user.clone()), Some(group.clone())),
        _ => {
            process.complain(machine, "Only one or two names allowed.");
            return 1;
        }
    };
    if options.any("rb") && !has_perl_modules(machine) {
        let text = "In order to use the --remove-home, --remove-all-files, and --backup features,\nyou need to install \
                    the `perl' package. To accomplish that, run\napt-get install perl.";
        process.complain(machine, text);
        return 8;
    }
    let found = user.as_ref().and_then(|name| users(machine).into_iter().find(|user| user.name == *name));
    if let (Some(name), None) = (&user, &found) {
        let more = if options.has('S') { ", but --system was given. Exiting" } else { "" };
        process.complain(machine, &format!("The user `{name}' does not exist{more}."));
        return if options.has('S') { 0 } else { 2 };
    }
    let listed = group.as_ref().and_then(|name| groups(machine).into_iter().find(|group| group.name == *name));
    if let (Some(name), None) = (&group, &listed) {
        process.complain(machine, &format!("The group `{name}' does not exist."));
        return if options.has('S') { 0 } else { 3 };
    }
    let say = |machine: &mut Machine, process: &Process, text: String| {
        if !quiet {
            process.out(machine, &text);
        }
    };
    match (found, listed) {
        (Some(user), Some(group)) => {
            if user.gid == group.gid {
                process.complain(machine, "You may not remove the user from their primary group.");
                return 7;
            }
            if !group.members.contains(&user.name) {
                let text = format!("The user `{}' is not a member of group `{}'.", user.name, group.name);
                process.complain(machine, &text);
                return 6;
            }
            say(machine, process, format!("Removing user `{}' from group `{}' ...\n", user.name, group.name));
            let done = edit_members(machine, process, &group.name, |members| {
                members.retain(|member| *member != user.name);
            });
            if let Err(errno) = done {
                return denied(machine, process, "/etc/group", errno);
            }
        }
        (Some(user), None) => {
            if options.has('S') && !(100..=999).contains(&user.uid) {
                process.complain(machine, &format!("The user `{}' is not a system user. Exiting.", user.name));
                return 1;
            }
            if user.uid == 0 && !options.has('p') {
                let text = "WARNING: You are just about to delete the root account (uid 0)\nUsually this is never \
                            required as it may render the whole system unusable\nIf you really want this, call \
                            deluser with parameter --no-preserve-root\nStopping now without having performed any \
                            action\n";
                process.out(machine, text);
                return 9;
            }
            if exists(machine.fs, "/usr/bin/crontab", &filesystem::Cred::root()) {
                say(machine, process, "Removing crontab ...\n".to_string());
            } else {
                let text = "`/usr/bin/crontab' not executed. Skipping crontab removal. Package `cron' required.";
                process.complain(machine, text);
            }
            say(machine, process, format!("Removing user `{}' ...\n", user.name));
            let mut words = vec!["userdel".to_string()];
            words.extend(options.has('r').then(|| "-r".to_string()));
            words.push(user.name);
            let status = start(machine, process, words);
            if status != 0 {
                return 1;
            }
        }
        (None, Some(group)) => {
            say(machine, process, format!("Removing group `{}' ...\n", group.name));
            let status = start(machine, process, vec!["groupdel".to_string(), group.name.clone()]);
            if status != 0 {
                let text = format!("`/sbin/groupdel {}' returned error code {status}. Exiting.", group.name);
                process.complain(machine, &text);
                return 1;
            }
        }
        (None, None) => {}
    }
    say(machine, process, "Done.\n".to_string());
    0
}

/// Whether the package perl is installed, not perl-base alone.
fn has_perl_modules(machine: &Machine) -> bool {
    machine.is_unsure_of_programs() || exists(machine.fs, "/usr/bin/perldoc", &filesystem::Cred::root())
}
