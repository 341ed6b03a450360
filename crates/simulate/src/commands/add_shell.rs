//! add-shell and remove-shell of Debian: the lines of /etc/shells.

use filesystem::{Content, Cred};

use crate::process::{Machine, Process};

use super::accounts::etc_file;

const FILE: &str = "/etc/shells";

pub fn add_shell(machine: &mut Machine, process: &mut Process) -> i32 {
    let names = process.operands().to_vec();
    if names.is_empty() {
        process.err(machine, &format!("Usage: {} shellname [shellname ...]\n", process.name()));
        return 1;
    }
    let mut lines: Vec<String> = etc_file(machine, FILE).lines().map(str::to_string).collect();
    // /bin is a link to /usr/bin: both names of a shell are there or not.
    let both = |name: &String| match name.strip_prefix("/bin/") {
        Some(base)
            if super::node::Node::at(machine.fs, "/bin", false, &Cred::root()).is_ok_and(|node| node.is_symlink()) =>
        {
            vec![name.clone(), format!("/usr/bin/{base}")]
        }
        _ => vec![name.clone()],
    };
    let names: Vec<String> = names.iter().flat_map(both).collect();
    if process.name() == "add-shell" {
        let new: Vec<String> = names.into_iter().filter(|name| !lines.contains(name)).collect();
        lines.extend(new);
    } else {
        lines.retain(|line| !names.contains(line));
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    match machine.fs.write(FILE, Content::text(&text), 0o644, &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.complain(machine, &format!("{FILE}: {errno}"));
            1
        }
    }
}
