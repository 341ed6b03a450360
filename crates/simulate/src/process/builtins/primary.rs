//! What test asks of one word or of two: the same in every shell.

use filesystem::{Kind, Special};

use super::super::{Machine, Process};

/// The operators before one word, without their dash.
pub(in super::super) const UNARY: &str = "bcdefghkLNOprstuwxzGnS";
/// The operators between two words.
pub(in super::super) const BINARY: &[&str] =
    &["=", "==", "!=", "<", ">", "-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-nt", "-ot", "-ef"];

/// `-e file` and the like.
pub(in super::super) fn unary(machine: &Machine<'_>, process: &Process, operator: &str, operand: &str) -> bool {
    match operator {
        "n" => return !operand.is_empty(),
        "z" => return operand.is_empty(),
        "t" => return false,
        _ => {}
    }
    let path = process.path(operand);
    let cred = &process.cred;
    let follow = !matches!(operator, "h" | "L");
    let Ok(stat) = machine.fs.stat(&path, follow, cred) else { return false };
    let may = |read, write, execute| machine.fs.access(&path, read, write, execute, cred);
    match operator {
        "e" | "a" => true,
        "f" => stat.is_file(),
        "d" => stat.is_dir(),
        "h" | "L" => stat.is_symlink(),
        "c" => matches!(stat.kind, Kind::Device(_) | Kind::Special(Special::Char(..))),
        "b" => matches!(stat.kind, Kind::Special(Special::Block(..))),
        "p" => matches!(stat.kind, Kind::Special(Special::Fifo)),
        "s" => stat.size > 0 || stat.is_dir(),
        "r" => may(true, false, false),
        "w" => may(false, true, false),
        "x" => may(false, false, true) && (stat.is_dir() || stat.attr.mode & 0o111 != 0),
        "u" => stat.attr.mode & 0o4000 != 0,
        "g" => stat.attr.mode & 0o2000 != 0,
        "k" => stat.attr.mode & 0o1000 != 0,
        "O" => stat.attr.uid == cred.uid,
        "G" => stat.attr.gid == cred.gid,
        _ => false,
    }
}

/// `-nt`, `-ot`, `-ef`. `missing_counts`: a file that is there is newer than one that is not, as in bash and GNU's test;
/// ash and dash want both.
pub(in super::super) fn files(
    machine: &Machine<'_>,
    process: &Process,
    left: &str,
    operator: &str,
    right: &str,
    missing_counts: bool,
) -> bool {
    let stat = |path: &str| {
        let stat = machine.fs.stat(&process.path(path), true, &process.cred).ok()?;
        Some((stat.attr.mtime, stat.inode))
    };
    match (stat(left), stat(right), operator) {
        (Some(left), Some(right), "-nt") => left.0 > right.0,
        (Some(left), Some(right), "-ot") => left.0 < right.0,
        (Some(left), Some(right), _) => left.1 == right.1,
        (Some(_), None, "-nt") | (None, Some(_), "-ot") => missing_counts,
        _ => false,
    }
}

/// `-eq` and the like.
pub(in super::super) fn compares(left: i64, operator: &str, right: i64) -> bool {
    match operator {
        "-eq" => left == right,
        "-ne" => left != right,
        "-gt" => left > right,
        "-ge" => left >= right,
        "-lt" => left < right,
        _ => left <= right,
    }
}

/// A whole number with blanks around it.
pub(in super::super) fn whole(text: &str) -> Option<i64> {
    let trimmed = text.trim_ascii();
    trimmed.strip_prefix('+').unwrap_or(trimmed).parse().ok()
}
