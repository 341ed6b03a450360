//! a2enmod, a2dismod, a2ensite, a2dissite, a2enconf, a2disconf: links of Debian's Apache.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::node::exists;

/// What the command's name says: whether it makes links, the folder, the word of its messages.
fn kind(name: &str) -> (bool, &'static str, &'static str) {
    let enables = name.starts_with("a2en");
    match name.get(4..).or(name.get(5..)) {
        _ if name.ends_with("mod") => (enables, "mods", "Module"),
        _ if name.ends_with("site") => (enables, "sites", "Site"),
        _ => (enables, "conf", "Conf"),
    }
}

pub fn a2en(machine: &mut Machine, process: &mut Process) -> i32 {
    let (enables, folder, word) = kind(process.name());
    let root = Cred::root();
    let base = process.env.get("APACHE_CONFDIR").cloned().unwrap_or_else(|| "/etc/apache2".to_string());
    let mut status = 0;
    for name in process.operands().to_vec() {
        if name.starts_with('-') {
            continue;
        }
        let name = name.trim_end_matches(".load").trim_end_matches(".conf").to_string();
        let available = format!("{base}/{folder}-available");
        let enabled = format!("{base}/{folder}-enabled");
        let endings: &[&str] = if folder == "mods" { &["load", "conf"] } else { &["conf"] };
        let there: Vec<&&str> =
            endings.iter().filter(|end| exists(machine.fs, &format!("{available}/{name}.{end}"), &root)).collect();
        // an Apache that is known in outline has its modules all the same
        let known = machine.fs.read_dir(&available, &root).is_ok_and(|names| !names.is_empty());
        if there.is_empty() && known && !machine.is_unsure() {
            process.err(machine, &format!("ERROR: {word} {name} does not exist!\n"));
            status = 1;
            continue;
        }
        let wanted: Vec<&str> = if there.is_empty() {
            endings.iter().take(1).copied().collect()
        } else {
            there.into_iter().copied().collect()
        };
        for end in wanted {
            let link = format!("{enabled}/{name}.{end}");
            let done = if enables {
                let _ = machine.fs.mkdir_all(&enabled, 0o755, &root);
                match machine.fs.symlink(&format!("../{folder}-available/{name}.{end}"), &link, &process.cred) {
                    Err(Errno::Exist) => Ok(()),
                    other => other,
                }
            } else {
                match machine.fs.remove_file(&link, &process.cred) {
                    Err(Errno::NoEnt) => Ok(()),
                    other => other,
                }
            };
            if let Err(errno) = done {
                process.err(machine, &format!("ERROR: Could not change {link}: {errno}\n"));
                status = 1;
            }
        }
        let text = if enables {
            format!("Enabling {} {name}.\n", word.to_lowercase())
        } else {
            format!("{word} {name} disabled.\n")
        };
        process.out(machine, &text);
    }
    status
}
