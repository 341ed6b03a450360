//! sed.

mod parse;
mod run;
mod script;

use filesystem::Content;

use crate::process::{Machine, Process};

use super::input::{cannot_open, filter_text, is_busybox, missing_operand, open, text};
use super::options::parse as parse_options;

/// A replacement as `s/…/…/` writes it, for other programs that take one.
pub struct Rewrite {
    script: script::Script,
}

impl Rewrite {
    /// Reads it; the error is sed's sentence.
    pub fn read(text: &str, extended: bool) -> Result<Rewrite, String> {
        parse::parse(text, extended, false).map(|script| Rewrite { script })
    }

    /// What it makes of a text.
    pub fn of(&self, text: &str) -> String {
        String::from_utf8_lossy(&run::rewritten(&self.script, text.as_bytes())).into_owned()
    }
}

pub fn sed(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("quiet", 'n'),
        ("silent", 'n'),
        ("expression=", 'e'),
        ("file=", 'f'),
        ("in-place=", 'i'),
        ("regexp-extended", 'E'),
        ("separate", 's'),
        ("null-data", 'z'),
        ("posix", 'p'),
        ("unbuffered", 'u'),
        ("follow-symlinks", 'F'),
    ];
    let options = match parse_options(machine, process, "ne:f:i::Ersuzp", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let mut script = String::new();
    for (letter, value) in &options.given {
        let value = value.clone().unwrap_or_default();
        match letter {
            'e' => script.push_str(&format!("{value}\n")),
            'f' => match open(machine, process, &value) {
                Ok(content) => {
                    let bytes = text(machine, process, &content).unwrap_or_default();
                    script.push_str(&String::from_utf8_lossy(&bytes));
                    script.push('\n');
                }
                Err(errno) => {
                    process.complain(machine, &format!("{value}: {errno}"));
                    return 1;
                }
            },
            _ => {}
        }
    }
    if !options.any("ef") {
        if operands.is_empty() {
            return missing_operand(machine, process);
        }
        script = operands.remove(0);
    }
    let script = match parse::parse(&script, options.any("Er"), is_busybox(machine)) {
        Ok(script) => script,
        Err(message) => {
            let text = if is_busybox(machine) { message } else { format!("-e expression #1, char 0: {message}") };
            process.complain(machine, &text);
            return 1;
        }
    };
    let quiet = options.has('n') || script.quiet;
    if !options.has('i') {
        if options.has('s') {
            let mut status = 0;
            for operand in operands {
                let (bytes, failed) = filter_text(machine, process, &[operand]);
                let (output, exit) = run::run(machine, process, &script, &bytes, quiet);
                process.out_bytes(machine, &output);
                status = exit.unwrap_or(status.max(failed));
            }
            return status;
        }
        let (bytes, failed) = filter_text(machine, process, &operands);
        let (output, exit) = run::run(machine, process, &script, &bytes, quiet);
        process.out_bytes(machine, &output);
        return exit.unwrap_or(if failed != 0 && !is_busybox(machine) { 2 } else { failed });
    }
    let mut status = 0;
    for operand in operands {
        let path = process.path(&operand);
        let (node, content) = match super::node::Node::at(machine.fs, &path, true, &process.cred)
            .and_then(|node| open(machine, process, &operand).map(|content| (node, content)))
        {
            Ok(found) => found,
            Err(errno) => {
                if is_busybox(machine) {
                    cannot_open(machine, process, &operand, errno);
                } else {
                    process.complain(machine, &format!("can't read {operand}: {errno}"));
                }
                status = if is_busybox(machine) { 1 } else { 2 };
                continue;
            }
        };
        if !content.is_known() {
            // an edit of a settings file changes little of its size
            machine.typical_size(&format!("sed -i {operand}"), content.size());
            let id = format!(
                "sed/{}/{}",
                options.operands.first().map_or("", String::as_str),
                content.digest().iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>()
            );
            let edited = Content::opaque(&id, content.size());
            if let Err(errno) = machine.fs.write(&path, edited, node.attr.mode, &process.cred) {
                process.complain(machine, &format!("couldn't open temporary file {operand}XXXXXX: {errno}"));
                return if is_busybox(machine) { 1 } else { 4 };
            }
            continue;
        }
        let Some(bytes) = text(machine, process, &content) else { continue };
        let (output, exit) = run::run(machine, process, &script, &bytes, quiet);
        let (backup, keep) = match options.value('i').filter(|suffix| !suffix.is_empty()) {
            Some(suffix) if suffix.contains('*') => (suffix.replace('*', &operand), true),
            Some(suffix) => (format!("{path}{suffix}"), true),
            None => (path.clone(), false),
        };
        // A new file takes the place of the old one: other names of the old one keep the old text.
        let who = &process.cred;
        let replaced = if keep { machine.fs.rename(&path, &backup, who) } else { machine.fs.remove_file(&path, who) };
        let written = replaced.and_then(|()| {
            machine.fs.write(&path, Content::from_bytes(&output), node.attr.mode, who)?;
            let _ = machine.fs.chown(&path, Some(node.attr.uid), Some(node.attr.gid), true, who);
            machine.fs.chmod(&path, node.attr.mode, true, who)
        });
        if let Err(errno) = written {
            process.complain(machine, &format!("couldn't open temporary file {operand}XXXXXX: {errno}"));
            return if is_busybox(machine) { 1 } else { 4 };
        }
        if let Some(exit) = exit {
            return exit;
        }
    }
    status
}
