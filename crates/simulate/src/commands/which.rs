//! which.

use crate::process::{Machine, Process};

use super::options::parse;

pub fn which(machine: &mut Machine, process: &mut Process) -> i32 {
    // Debian's is a shell script with getopts.
    let unknown = process.operands().iter().take_while(|word| word.starts_with('-') && *word != "--");
    let unknown = unknown.flat_map(|word| word.chars().skip(1)).find(|letter| !"as".contains(*letter));
    if let Some(letter) = unknown.filter(|_| !super::input::is_busybox(machine)) {
        process.err(machine, &format!("Illegal option -{letter}\nUsage: /usr/bin/which [-a] args\n"));
        return 2;
    }
    let options = match parse(machine, process, "as", &[("all", 'a')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let path = process.env.get("PATH").cloned().unwrap_or_else(|| "/sbin:/usr/sbin:/bin:/usr/bin".to_string());
    let mut status = i32::from(options.operands.is_empty() && !super::input::is_busybox(machine));
    for name in &options.operands {
        let candidates: Vec<String> = if name.contains('/') {
            vec![name.clone()]
        } else {
            path.split(':').map(|directory| super::input::join(directory, name)).collect()
        };
        let mut found = candidates.into_iter().filter(|candidate| {
            let path = process.path(candidate);
            let is_file = machine
                .fs
                .stat(&path, true, &process.cred)
                .is_ok_and(|stat| !matches!(stat.kind, filesystem::Kind::Dir));
            is_file && machine.fs.access(&path, false, false, true, &process.cred)
        });
        let text: String = if options.has('a') {
            found.map(|file| file + "\n").collect()
        } else {
            found.next().map(|file| file + "\n").unwrap_or_default()
        };
        if text.is_empty() {
            status = 1;
        }
        process.out(machine, &text);
    }
    status
}
