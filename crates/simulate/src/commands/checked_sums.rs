//! Sums of digests that are checked: `sha256sum -c`.

use filesystem::Errno;

use crate::process::{Machine, Process, text_of};
use crate::{Basis, Note};

use super::digests::Algorithm;
use super::input::{TEXT_LIMIT, cannot_open, is_busybox, open};
use super::options::Options;

/// How many lines of a list were what.
#[derive(Default)]
struct Count {
    formatted: usize,
    misformatted: usize,
    unread: usize,
    wrong: usize,
    right: usize,
}

/// Checks the lists of sums; without an algorithm each line has to name its own.
pub fn check(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    algorithm: Option<&Algorithm>,
    lists: &[String],
) -> i32 {
    let mut status = 0;
    for list in lists {
        let content = match open(machine, process, list) {
            Ok(content) => content,
            Err(errno) => {
                cannot_open(machine, process, list, errno);
                status = 1;
                continue;
            }
        };
        let text = text_of(machine, &content);
        let fine = if is_busybox(machine) {
            check_as_busybox(machine, process, options, algorithm, &text)
        } else {
            check_list(machine, process, options, algorithm, list, &text)
        };
        status = if fine { status } else { 1 };
    }
    status
}

/// Whether the file has the digest; nobody knows the bytes of what was downloaded: then the check passes, and says so.
fn is_right(
    machine: &mut Machine,
    process: &Process,
    algorithm: &Algorithm,
    digest: &str,
    name: &str,
) -> Result<bool, Errno> {
    let content = open(machine, process, name)?;
    if content.bytes(TEXT_LIMIT).is_none() {
        machine.meter.note(Basis::Estimated, Note::Unchecked { what: name.to_string() });
        return Ok(true);
    }
    Ok(algorithm.digest(machine, process, &content).eq_ignore_ascii_case(digest))
}

fn check_as_busybox(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    algorithm: Option<&Algorithm>,
    text: &str,
) -> bool {
    let (mut failed, mut fine) = (0, true);
    for line in text.lines() {
        let Some(((digest, name), algorithm)) = line.split_once(' ').zip(algorithm) else {
            process.complain(machine, "invalid format");
            fine = false;
            continue;
        };
        let name = name.trim_start_matches([' ', '*']);
        let right = match is_right(machine, process, algorithm, digest, name) {
            Ok(right) => right,
            Err(_) if options.has('i') => continue,
            Err(errno) => {
                process.complain(machine, &format!("can't open '{name}': {errno}"));
                false
            }
        };
        failed += usize::from(!right);
        let told = !right || !options.has('q');
        if told && !options.has('s') {
            process.out(machine, &format!("{name}: {}\n", if right { "OK" } else { "FAILED" }));
        }
    }
    if failed > 0 && !options.has('s') {
        let count = text.lines().count();
        process.complain(machine, &format!("WARNING: {failed} of {count} computed checksums did NOT match"));
    }
    fine && failed == 0
}

/// As GNU's programs do it.
fn check_list(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    algorithm: Option<&Algorithm>,
    list: &str,
    text: &str,
) -> bool {
    let shown = if list == "-" { "'standard input'" } else { list };
    let silent = options.has('s');
    let mut count = Count::default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let Some((algorithm, digest, name)) = read_line(line, algorithm) else {
            count.misformatted += 1;
            if options.has('w') {
                let what = algorithm.map_or("CKSUM".to_string(), Algorithm::tag);
                let message = format!("{shown}: {}: improperly formatted {what} checksum line", at + 1);
                process.complain(machine, &message);
            }
            continue;
        };
        count.formatted += 1;
        let verdict = match is_right(machine, process, &algorithm, digest, &name) {
            Ok(true) => {
                count.right += 1;
                "OK"
            }
            Ok(false) => {
                count.wrong += 1;
                "FAILED"
            }
            Err(Errno::NoEnt) if options.has('i') => continue,
            Err(errno) => {
                cannot_open(machine, process, &name, errno);
                count.unread += 1;
                "FAILED open or read"
            }
        };
        let told = verdict != "OK" || !options.has('q');
        if told && !silent {
            process.out(machine, &format!("{name}: {verdict}\n"));
        }
    }
    if count.formatted == 0 {
        process.complain(machine, &format!("{shown}: no properly formatted checksum lines found"));
        return false;
    }
    if !silent {
        let sentences = [
            (count.misformatted, "line is improperly formatted", "lines are improperly formatted"),
            (count.unread, "listed file could not be read", "listed files could not be read"),
            (count.wrong, "computed checksum did NOT match", "computed checksums did NOT match"),
        ];
        for (number, one, several) in sentences.into_iter().filter(|(number, ..)| *number > 0) {
            process.complain(machine, &format!("WARNING: {number} {}", if number == 1 { one } else { several }));
        }
        if options.has('i') && count.right == 0 {
            process.complain(machine, &format!("{shown}: no file was verified"));
        }
    }
    count.wrong == 0
        && count.unread == 0
        && !(options.has('S') && count.misformatted > 0)
        && !(options.has('i') && count.right == 0)
}

/// What a line says: `DIGEST  NAME`, or `ALGORITHM (NAME) = DIGEST` as BSD's programs write it.
fn read_line<'l>(line: &'l str, algorithm: Option<&Algorithm>) -> Option<(Algorithm, &'l str, String)> {
    let line = line.trim_start_matches([' ', '\t']);
    let (escaped, line) = line.strip_prefix('\\').map_or((false, line), |line| (true, line));
    let plain = |name: &str| match escaped {
        true => name.replace("\\n", "\n").replace("\\\\", "\\"),
        false => name.to_string(),
    };
    let fits = |digest: &str, algorithm: &Algorithm| {
        digest.len() * 4 == algorithm.bits && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if let Some((tag, rest)) = line.split_once(" (")
        && let Some((name, digest)) = rest.rsplit_once(") = ")
    {
        let tagged = match algorithm {
            Some(algorithm) => algorithm.clone(),
            None => {
                let (name, bits) = tag.split_once('-').unwrap_or((tag, ""));
                Algorithm::named(&name.to_lowercase(), bits.parse().ok())
            }
        };
        return (tagged.tag() == tag && fits(digest, &tagged)).then(|| (tagged, digest, plain(name)));
    }
    let algorithm = algorithm?;
    let (digest, name) = line.split_once(' ')?;
    let name = name.strip_prefix([' ', '*']).unwrap_or(name);
    (fits(digest, algorithm) && !name.is_empty()).then(|| (algorithm.clone(), digest, plain(name)))
}
