//! env.

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::options::parse;
use super::start::start_child;

pub fn env(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("ignore-environment", 'i'),
        ("unset=", 'u'),
        ("chdir=", 'C'),
        ("split-string=", 'S'),
        ("null", '0'),
        ("debug", 'v'),
    ];
    let options = match parse(machine, process, "+iu:C:S:0v", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut child = process.clone();
    if options.has('i') || options.operands.first().is_some_and(|first| first == "-") {
        child.env.clear();
    }
    for name in options.values('u') {
        if !is_busybox(machine) && (name.is_empty() || name.contains('=')) {
            process.complain(machine, &format!("cannot unset '{name}': Invalid argument"));
            return 125;
        }
        child.env.remove(name);
    }
    if let Some(directory) = options.value('C') {
        child.cwd = process.path(directory);
        if !super::node::is_dir(machine.fs, &child.cwd, &process.cred) {
            let errno = super::node::no_directory(machine, process, directory);
            process.complain(machine, &format!("cannot change directory to '{directory}': {errno}"));
            return 125;
        }
    }
    let mut words: Vec<String> = options.values('S').flat_map(str::split_whitespace).map(str::to_string).collect();
    words.extend(options.operands.iter().filter(|word| *word != "-").cloned());
    let assignments = words.iter().take_while(|word| word.contains('=')).count();
    for word in words.drain(..assignments) {
        if let Some((name, value)) = word.split_once('=') {
            child.env.insert(name.to_string(), value.to_string());
        }
    }
    if words.is_empty() {
        let end = if options.has('0') { '\0' } else { '\n' };
        let text: String = child.env.iter().map(|(name, value)| format!("{name}={value}{end}")).collect();
        process.out(machine, &text);
        return 0;
    }
    if options.has('v') && !is_busybox(machine) {
        let words: String = words.iter().enumerate().map(|(at, word)| format!("   arg[{at}]= '{word}'\n")).collect();
        let program = words.split('\'').nth(1).unwrap_or_default().to_string();
        process.err(machine, &format!("executing: {program}\n{words}"));
    }
    child.args = words;
    start_child(machine, process, child)
}
