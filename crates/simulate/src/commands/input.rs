//! What commands read, and how they complain when they cannot.

use filesystem::{Content, Errno};

use crate::process::{Flavour, Machine, Process, flavour};

/// The most bytes that a text command looks at; a longer or unknown content passes as it is, with a note.
pub const TEXT_LIMIT: usize = 8 << 20;

/// The most entries that one command walks through, against trees that grow in a loop.
pub const WALK_LIMIT: usize = 200_000;

/// Whether the image's tools are busybox's, which says how their messages read.
pub fn is_busybox(machine: &Machine) -> bool {
    flavour(machine) == Flavour::Busybox
}

/// Says that a part of the command has no model.
pub fn not_modelled(machine: &mut Machine, process: &Process, part: &str) {
    machine.not_modelled(format!("{} {part}", process.name()).trim_end());
}

/// The content of an operand; `-` is standard input.
pub fn open(machine: &mut Machine, process: &Process, operand: &str) -> Result<Content, Errno> {
    if operand != "-" {
        return process.read_file(machine, operand);
    }
    match process.read(machine, 0, u64::MAX) {
        Err(Errno::IsDir) => Err(Errno::IsDir),
        read => Ok(read.unwrap_or_default()),
    }
}

/// Complains that an operand cannot be read, in the words of the image's tools.
pub fn cannot_open(machine: &mut Machine, process: &Process, operand: &str, errno: Errno) {
    let shown = if operand == "-" { "standard input" } else { operand };
    let says_open = matches!(process.name(), "cat" | "zcat" | "tail" | "uniq" | "tr" | "md5sum");
    let message = match (is_busybox(machine), errno) {
        // busybox opens directories, and each applet finds out in its own way when it reads.
        (true, Errno::IsDir) => match process.name() {
            "wc" => format!("{shown}: {errno}"),
            "head" => format!("{shown}: Input/output error"),
            "uniq" => format!("{operand}: I/O error"),
            "od" => format!("{shown}: read error"),
            name if name.ends_with("sum") => format!("can't read '{operand}': {errno}"),
            _ => "read error: Is a directory".to_string(),
        },
        (true, _) if says_open => format!("can't open '{operand}': {errno}"),
        (false, _) => match process.name() {
            "sed" if errno == Errno::IsDir => format!("read error on {shown}: {errno}"),
            "sed" => format!("can't read {shown}: {errno}"),
            "sort" => format!("cannot read: {operand}: {errno}"),
            "awk" | "mawk" if errno == Errno::IsDir => format!("read error ({errno})"),
            "awk" | "mawk" => format!("cannot open {operand} ({errno})"),
            "rev" => format!("cannot open {operand}: {errno}"),
            "csplit" | "fmt" | "split" => format!("cannot open '{operand}' for reading: {errno}"),
            "tac" if errno == Errno::IsDir => format!("{operand}: read error: {errno}"),
            "tac" => format!("failed to open '{operand}' for reading: {errno}"),
            _ => format!("{}: {errno}", super::quoting::named(machine, operand)),
        },
        _ => format!("{operand}: {errno}"),
    };
    process.complain(machine, &message);
}

/// All operands that can be read (none: standard input), with complaints about the others; `true` if there were any.
pub fn open_all(machine: &mut Machine, process: &Process, operands: &[String]) -> (Vec<(String, Content)>, bool) {
    let mut contents = Vec::new();
    let mut failed = false;
    let stdin = ["-".to_string()];
    for operand in if operands.is_empty() { &stdin } else { operands } {
        match open(machine, process, operand) {
            Ok(content) => contents.push((operand.clone(), content)),
            Err(Errno::IsDir)
                if is_busybox(machine) && matches!(process.name(), "grep" | "sort" | "sed" | "cut" | "nl") =>
            {
                contents.push((operand.clone(), Content::default()));
            }
            Err(errno) => {
                failed = true;
                cannot_open(machine, process, operand, errno);
                // busybox's wc counts what it could read.
                if errno == Errno::IsDir && is_busybox(machine) && process.name() == "wc" {
                    contents.push((operand.clone(), Content::default()));
                }
            }
        }
    }
    (contents, failed)
}

/// The bytes of a content for a command that looks at them; `None`, with a note, if nobody knows them.
pub fn text(machine: &mut Machine, process: &Process, content: &Content) -> Option<Vec<u8>> {
    let bytes = content.bytes(TEXT_LIMIT);
    if bytes.is_none() {
        not_modelled(machine, process, "on unknown bytes");
    }
    bytes
}

/// All operands as one text, for filters; the status is 1 if one could not be read.
pub fn filter_text(machine: &mut Machine, process: &Process, operands: &[String]) -> (Vec<u8>, i32) {
    let (contents, failed) = open_all(machine, process, operands);
    let mut all = Vec::new();
    for (_, content) in contents {
        all.extend(text(machine, process, &content).unwrap_or_default());
    }
    (all, i32::from(failed))
}

/// The lines of a text, without their newlines; a last line without one counts.
pub fn lines(text: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    lines
}

/// A number as commands take it: digits with an optional multiplier (`b` 512, `k`, `m`, `g`, `kB` 1000 …).
pub fn number(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, suffix) = text.split_at_checked(digits)?;
    let factor: u64 = match suffix {
        "" | "c" => 1,
        "w" => 2,
        "b" => 512,
        "k" | "K" | "KiB" => 1 << 10,
        "kB" | "KB" | "kD" => 1000,
        "m" | "M" | "MiB" => 1 << 20,
        "MB" | "MD" => 1_000_000,
        "g" | "G" | "GiB" => 1 << 30,
        "GB" | "GD" => 1_000_000_000,
        "t" | "T" | "TiB" => 1 << 40,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

/// An option's count in a range; outside it a complaint, and the exit status. `what` names it as GNU's tools do.
pub fn count_in(
    machine: &mut Machine,
    process: &Process,
    text: &str,
    range: std::ops::RangeInclusive<u64>,
    what: &str,
) -> Result<usize, i32> {
    let count = text.parse::<u64>().ok();
    if let Some(count) = count.filter(|count| range.contains(count)) {
        return Ok(usize::try_from(count).unwrap_or(usize::MAX));
    }
    let message = match count {
        Some(_) if !is_busybox(machine) => format!("invalid {what}: '{text}': Numerical result out of range"),
        None if !is_busybox(machine) => format!("invalid {what}: '{text}'"),
        Some(count) => format!("number {count} is not in {}..{} range", range.start(), range.end()),
        None => format!("invalid number '{text}'"),
    };
    process.complain(machine, &message);
    Err(1)
}

/// The last part of a path, without trailing slashes.
pub fn last_part(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() && !path.is_empty() {
        return "/";
    }
    trimmed.rsplit('/').next().unwrap_or(trimmed)
}

/// `directory/name` with one slash between.
pub fn join(directory: &str, name: &str) -> String {
    let slash = if directory.is_empty() || directory.ends_with('/') { "" } else { "/" };
    [directory, slash, name].concat()
}

/// Complains that operands are missing.
pub fn missing_operand(machine: &mut Machine, process: &Process) -> i32 {
    missing_after(machine, process, &[])
}

/// Complains that operands are missing behind those that are there.
pub fn missing_after(machine: &mut Machine, process: &Process, operands: &[String]) -> i32 {
    if !is_busybox(machine) {
        return super::misuse::missing(machine, process, operands);
    }
    let name = process.name().to_string();
    process.err(machine, &format!("BusyBox multi-call binary.\n\nUsage: {name} [OPTION]... OPERAND...\n"));
    1
}

/// A name for what a text says: 64 digits.
pub fn hash(text: &str) -> String {
    Content::text(text).digest().iter().map(|byte| format!("{byte:02x}")).collect()
}
