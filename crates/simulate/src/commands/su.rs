//! su and runuser.

use filesystem::Cred;

use crate::process::{Machine, Process};

use super::accounts::{group_id, users};
use super::as_user::as_user;
use super::input::is_busybox;
use super::options::{Options, parse};
use super::start::start_child;

/// The variables that a login keeps.
const KEPT: &[&str] = &["TERM", "COLORTERM", "NO_COLOR"];
/// PATH of a login as Debian's /etc/login.defs has it, for root and for others.
const LOGIN_PATHS: (&str, &str) = (
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games",
);

/// `su [-] [USER] [-c COMMAND]`.
pub fn su(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("command=", 'c'),
        ("session-command=", 'c'),
        ("login", 'l'),
        ("shell=", 's'),
        ("preserve-environment", 'm'),
        ("user=", 'u'),
        ("group=", 'g'),
        ("supp-group=", 'G'),
        ("pty", 'P'),
        ("fast", 'f'),
        ("whitelist-environment=", 'w'),
    ];
    let gnu = !is_busybox(machine);
    let options = match parse(machine, process, if gnu { "c:fg:G:lmpPs:u:w:" } else { "c:ls:mpu:" }, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let login = options.has('l') || operands.iter().any(|word| word == "-");
    operands.retain(|word| word != "-");
    let name = options
        .value('u')
        .map(str::to_string)
        .unwrap_or_else(|| if operands.is_empty() { "root".to_string() } else { operands.remove(0) });
    let Some(mut child) = as_user(machine, process, &name) else {
        let text = if gnu {
            format!("user {name} does not exist or the user entry does not contain all the required fields")
        } else {
            format!("unknown user {name}")
        };
        process.complain(machine, &text);
        return 1;
    };
    if process.cred.uid != 0 && child.cred.uid != process.cred.uid {
        if gnu {
            process.err(machine, "Password: ");
        }
        process.complain(machine, if gnu { "Authentication failure" } else { "incorrect password" });
        return 1;
    }
    if gnu && let Err(status) = take_groups(machine, process, &options, &mut child) {
        return status;
    }
    // runuser -u starts a program as it is, in the environment as it is.
    if gnu && options.has('u') && !operands.is_empty() {
        child.env = process.env.clone();
        child.args = operands;
        return start_child(machine, process, child);
    }
    let user = users(machine).into_iter().find(|user| user.uid == child.cred.uid);
    let preserved = options.any("mp") && gnu && !login;
    let shell = options.value('s').map(str::to_string).or_else(|| {
        let kept = process.env.get("SHELL").filter(|_| preserved).cloned();
        kept.or(user.as_ref().map(|user| user.shell.clone()))
    });
    let shell = shell.filter(|shell| !shell.is_empty()).unwrap_or_else(|| "/bin/sh".to_string());
    if gnu {
        set_environment(process, &mut child, &shell, login, preserved);
    }
    if login {
        let home = child.env.get("HOME").cloned().unwrap_or_else(|| "/".to_string());
        if gnu && !super::node::is_dir(machine.fs, &home, &child.cred) {
            let text = format!("warning: cannot change directory to {home}: No such file or directory");
            process.complain(machine, &text);
        } else {
            child.cwd = home;
        }
    }
    child.args = vec![if gnu { called(machine, &child, &shell) } else { shell }];
    if let Some(command) = options.value('c') {
        child.args.extend(["-c".to_string(), command.to_string()]);
    }
    child.args.extend(operands);
    start_child(machine, process, child)
}

/// Takes the groups of -g and -G instead of the user's own, as root may.
fn take_groups(machine: &mut Machine, process: &Process, options: &Options, child: &mut Process) -> Result<(), i32> {
    let mut ids = Vec::new();
    for name in options.values('G').chain(options.values('g')) {
        let Some(id) = group_id(machine, name) else {
            process.complain(machine, &format!("group {name} does not exist"));
            return Err(1);
        };
        ids.push(id);
    }
    if let Some(first) = options.value('g').and(ids.last()).or(ids.first()) {
        child.cred.gid = *first;
        child.cred.groups = ids.clone();
    }
    Ok(())
}

/// What util-linux's su makes of the environment.
fn set_environment(process: &Process, child: &mut Process, shell: &str, login: bool, preserved: bool) {
    let home = child.env.get("HOME").cloned();
    let name = child.env.get("USER").cloned().filter(|_| child.cred.uid != 0 || login);
    child.env = process.env.clone();
    if preserved {
        return;
    }
    if login {
        child.env.retain(|name, _| KEPT.contains(&name.as_str()));
        let path = if child.cred.uid == 0 { LOGIN_PATHS.0 } else { LOGIN_PATHS.1 };
        child.env.insert("PATH".to_string(), path.to_string());
    }
    let set = [("HOME", home), ("SHELL", Some(shell.to_string())), ("USER", name.clone()), ("LOGNAME", name)];
    for (variable, value) in set {
        if let Some(value) = value {
            child.env.insert(variable.to_string(), value);
        }
    }
}

/// What the shell is called: by its name alone, where PATH finds it by that.
fn called(machine: &Machine, child: &Process, shell: &str) -> String {
    let name = super::input::last_part(shell);
    let real = |path: &str| machine.fs.resolve(path, true, &Cred::root()).ok();
    match super::pace::program(machine, child, name).and_then(|found| real(&found)) {
        Some(found) if real(shell).as_ref() == Some(&found) => name.to_string(),
        _ => shell.to_string(),
    }
}

/// nologin, the shell of accounts that are none to log in to.
pub fn nologin(machine: &mut Machine, process: &mut Process) -> i32 {
    let text =
        if is_busybox(machine) { "This account is not available" } else { "This account is currently not available." };
    process.out(machine, &format!("{text}\n"));
    1
}
