//! newgrp and sg of the shadow tools: a shell or a command with another group.

use crate::process::{Machine, Process};

use super::accounts::groups;
use super::start::start_child;

pub fn newgrp(machine: &mut Machine, process: &mut Process) -> i32 {
    let words: Vec<&str> = process.operands().iter().map(String::as_str).filter(|word| *word != "-").collect();
    let (name, command) = match words.as_slice() {
        [name, "-c", command] | [name, command] if process.name() == "sg" => (*name, (*command).to_string()),
        [name, ..] => (*name, String::new()),
        [] => ("root", String::new()),
    };
    let Some(group) = groups(machine).into_iter().find(|group| group.name == name || group.gid.to_string() == name)
    else {
        process.complain(machine, &format!("group '{name}' does not exist"));
        return 1;
    };
    let mut child = process.clone();
    child.cred.gid = group.gid;
    child.args = vec!["/bin/sh".to_string()];
    if !command.is_empty() {
        child.args.extend(["-c".to_string(), command]);
    }
    start_child(machine, process, child)
}
