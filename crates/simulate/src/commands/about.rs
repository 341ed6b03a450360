//! What GNU's tools say to --help and --version.

use crate::process::{Machine, Process};

use super::input::not_modelled;
use super::usage::usage_text;

/// The line that says how a command is called, behind `Usage: NAME `, as Debian 12's tools print it.
const SYNOPSES: &[(&str, &str)] = &[
    ("basename", "NAME [SUFFIX]"),
    ("chmod", "[OPTION]... MODE[,MODE]... FILE..."),
    ("chown", "[OPTION]... [OWNER][:[GROUP]] FILE..."),
    ("chroot", "[OPTION] NEWROOT [COMMAND [ARG]...]"),
    ("cmp", "[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]"),
    ("comm", "[OPTION]... FILE1 FILE2"),
    ("cp", "[OPTION]... [-T] SOURCE DEST"),
    ("cut", "OPTION... [FILE]..."),
    ("date", "[OPTION]... [+FORMAT]"),
    ("dd", "[OPERAND]..."),
    ("diff", "[OPTION]... FILES"),
    ("dirname", "[OPTION] NAME..."),
    ("echo", "[SHORT-OPTION]... [STRING]..."),
    ("env", "[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]"),
    ("expr", "EXPRESSION"),
    ("find", "[-H] [-L] [-P] [-Olevel] [-D debugopts] [path...] [expression]"),
    ("grep", "[OPTION]... PATTERNS [FILE]..."),
    ("id", "[OPTION]... [USER]..."),
    ("install", "[OPTION]... [-T] SOURCE DEST"),
    ("join", "[OPTION]... FILE1 FILE2"),
    ("ln", "[OPTION]... [-T] TARGET LINK_NAME"),
    ("mkdir", "[OPTION]... DIRECTORY..."),
    ("mktemp", "[OPTION]... [TEMPLATE]"),
    ("mv", "[OPTION]... [-T] SOURCE DEST"),
    ("nice", "[OPTION] [COMMAND [ARG]...]"),
    ("nohup", "COMMAND [ARG]..."),
    ("nproc", "[OPTION]..."),
    ("printenv", "[OPTION]... [VARIABLE]..."),
    ("printf", "FORMAT [ARGUMENT]..."),
    ("pwd", "[OPTION]..."),
    ("readlink", "[OPTION]... FILE..."),
    ("realpath", "[OPTION]... FILE..."),
    ("rmdir", "[OPTION]... DIRECTORY..."),
    ("seq", "[OPTION]... LAST"),
    ("sleep", "NUMBER[SUFFIX]..."),
    ("split", "[OPTION]... [FILE [PREFIX]]"),
    ("stat", "[OPTION]... FILE..."),
    ("sync", "[OPTION] [FILE]..."),
    ("tar", "[OPTION...] [FILE]..."),
    ("timeout", "[OPTION] DURATION COMMAND [ARG]..."),
    ("touch", "[OPTION]... FILE..."),
    ("tr", "[OPTION]... STRING1 [STRING2]"),
    ("true", "[ignored command line arguments]"),
    ("truncate", "OPTION... FILE..."),
    ("uname", "[OPTION]..."),
    ("uniq", "[OPTION]... [INPUT [OUTPUT]]"),
    ("whoami", "[OPTION]..."),
    ("xargs", "[OPTION]... COMMAND [INITIAL-ARGS]..."),
    ("yes", "[STRING]..."),
];

/// Prints what an option for help or the version asks for; `None` if the option is another.
pub fn about(machine: &mut Machine, process: &Process, option: &str) -> Option<i32> {
    match option {
        "--help" => Some(help(machine, process)),
        "--version" if usage_text(process.name()).is_none() || process.name() == "sed" => {
            Some(version(machine, process))
        }
        _ => None,
    }
}

/// The commands of util-linux.
const UTIL_LINUX: [&str; 10] =
    ["cal", "fallocate", "flock", "getopt", "hexdump", "more", "rev", "runuser", "setsid", "su"];

fn help(machine: &mut Machine, process: &Process) -> i32 {
    let name = process.name();
    if let Some(text) = usage_text(name) {
        process.out(machine, text);
        return 0;
    }
    let synopsis = SYNOPSES.binary_search_by(|(known, _)| (*known).cmp(name)).ok().and_then(|at| SYNOPSES.get(at));
    let synopsis = synopsis.map_or("[OPTION]... [FILE]...", |(_, synopsis)| synopsis);
    let called = process.args.first().map_or(name, String::as_str);
    process.out(machine, &format!("Usage: {called} {synopsis}\n"));
    not_modelled(machine, process, "--help");
    0
}

/// Prints the version of Debian 12's tool; the exit status.
pub fn version(machine: &mut Machine, process: &Process) -> i32 {
    let name = process.name();
    if UTIL_LINUX.contains(&name) {
        process.out(machine, &format!("{name} from util-linux 2.38.1\n"));
        return 0;
    }
    let (name, package, version, year) = match name {
        "sed" => (name, "GNU sed", "4.9", 2022),
        "grep" | "egrep" | "fgrep" => ("grep", "GNU grep", "3.8", 2022),
        "find" | "xargs" => (name, "GNU findutils", "4.9.0", 2022),
        "tar" => (name, "GNU tar", "1.34", 2021),
        "diff" | "cmp" => (name, "GNU diffutils", "3.8", 2021),
        _ => (name, "GNU coreutils", "9.1", 2022),
    };
    process.out(
        machine,
        &format!(
            "{name} ({package}) {version}\nCopyright (C) {year} Free Software Foundation, Inc.\nLicense GPLv3+: GNU GPL \
             version 3 or later <https://gnu.org/licenses/gpl.html>.\nThis is free software: you are free to change and \
             redistribute it.\nThere is NO WARRANTY, to the extent permitted by law.\n"
        ),
    );
    not_modelled(machine, process, "--version");
    0
}

#[cfg(test)]
mod tests {
    #[test]
    fn synopses_are_sorted() {
        assert!(super::SYNOPSES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
