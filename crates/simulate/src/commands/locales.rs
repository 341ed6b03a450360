//! update-locale and locale.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::accounts::etc_file;

/// `update-locale NAME=VALUE...`: writes /etc/default/locale.
pub fn update_locale(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let old = etc_file(machine, "/etc/default/locale");
    let mut lines: Vec<String> = old.lines().map(str::to_string).collect();
    for word in words.iter().filter(|word| !word.starts_with("--")) {
        let name = word.split('=').next().unwrap_or(word);
        lines.retain(|line| line.split('=').next() != Some(name));
        if word.contains('=') {
            lines.push(word.clone());
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let made = machine.fs.mkdir_all("/etc/default", 0o755, &process.cred);
    let written =
        made.and_then(|()| machine.fs.write("/etc/default/locale", Content::text(&text), 0o644, &process.cred));
    i32::from(written.is_err())
}

/// `locale -a`, `locale`: what is compiled in.
pub fn locale(machine: &mut Machine, process: &mut Process) -> i32 {
    if process.operands().iter().any(|word| word == "-a") {
        process.out(machine, "C\nC.utf8\nPOSIX\n");
        return 0;
    }
    let lang = process.env.get("LANG").cloned().unwrap_or_default();
    process.out(machine, &format!("LANG={lang}\nLC_ALL={}\n", process.env.get("LC_ALL").cloned().unwrap_or_default()));
    0
}
