//! su and runuser.

use crate::process::{Machine, Process};

use super::accounts::users;
use super::as_user::as_user;
use super::input::is_busybox;
use super::options::parse;
use super::start::start_child;

/// `su [-] [USER] [-c COMMAND]`.
pub fn su(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("command=", 'c'), ("login", 'l'), ("shell=", 's'), ("preserve-environment", 'm'), ("user=", 'u')];
    let options = match parse(machine, process, "c:ls:mpu:", &long) {
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
        let text =
            if is_busybox(machine) { format!("unknown user {name}") } else { format!("user {name} does not exist") };
        process.complain(machine, &text);
        return 1;
    };
    if process.cred.uid != 0 && child.cred.uid != process.cred.uid {
        process.complain(machine, "incorrect password");
        return 1;
    }
    let user = users(machine).into_iter().find(|user| user.uid == child.cred.uid);
    let shell = options.value('s').map(str::to_string).or(user.as_ref().map(|user| user.shell.clone()));
    let shell = shell.filter(|shell| !shell.is_empty()).unwrap_or_else(|| "/bin/sh".to_string());
    if login {
        child.cwd = child.env.get("HOME").cloned().unwrap_or_else(|| "/".to_string());
    }
    child.args = vec![shell];
    if let Some(command) = options.value('c') {
        child.args.extend(["-c".to_string(), command.to_string()]);
    }
    child.args.extend(operands);
    start_child(machine, process, child)
}
