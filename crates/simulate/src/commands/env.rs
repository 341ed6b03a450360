//! env.

use crate::process::{Machine, Process};

use super::options::parse;
use super::start::start_child;

pub fn env(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("ignore-environment", 'i'), ("unset=", 'u'), ("chdir=", 'C'), ("split-string=", 'S'), ("null", '0')];
    let options = match parse(machine, process, "+iu:C:S:0", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut child = process.clone();
    if options.has('i') || options.operands.first().is_some_and(|first| first == "-") {
        child.env.clear();
    }
    for name in options.values('u') {
        child.env.remove(name);
    }
    if let Some(directory) = options.value('C') {
        child.cwd = process.path(directory);
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
        let text: String = child.env.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        process.out(machine, &text);
        return 0;
    }
    child.args = words;
    start_child(machine, process, child)
}
