//! md5sum, sha256sum and their kin: sums of digests.

use filesystem::Content;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::process::{Machine, Process};

use super::blake2b::blake2b;
use super::input::{TEXT_LIMIT, cannot_open, is_busybox, not_modelled, open};
use super::keccak::sha3;
use super::misuse::refuse;
use super::old_digests::{md5, sha1};
use super::options::{Options, parse};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A way to digest, by the name of its program without `sum`.
#[derive(Clone, Debug)]
pub struct Algorithm {
    pub name: String,
    /// The bits of the digest.
    pub bits: usize,
}

impl Algorithm {
    /// The algorithm of that name, with so many bits where it has a choice.
    pub fn named(name: &str, bits: Option<usize>) -> Algorithm {
        let fixed = match name {
            "md5" => 128,
            "sha1" => 160,
            "sha224" => 224,
            "sha384" => 384,
            "sha512" => 512,
            "sha3" => bits.unwrap_or(224),
            "b2" | "blake2b" => bits.filter(|bits| *bits > 0).unwrap_or(512),
            _ => 256,
        };
        Algorithm { name: name.to_string(), bits: fixed }
    }

    /// What `--tag` calls it.
    pub fn tag(&self) -> String {
        match self.name.as_str() {
            "b2" | "blake2b" if self.bits == 512 => "BLAKE2b".to_string(),
            "b2" | "blake2b" => format!("BLAKE2b-{}", self.bits),
            name => name.to_uppercase(),
        }
    }

    /// The digest. Of unknown bytes: a number that stands for them, the same each time.
    pub fn digest(&self, machine: &mut Machine, process: &Process, content: &Content) -> String {
        let Some(bytes) = content.bytes(TEXT_LIMIT) else {
            not_modelled(machine, process, "on unknown bytes");
            return hex(&content.digest()).repeat(2).get(..self.bits / 4).unwrap_or_default().to_string();
        };
        match self.name.as_str() {
            "md5" => hex(&md5(&bytes)),
            "sha1" => hex(&sha1(&bytes)),
            "sha3" => hex(&sha3(&bytes, self.bits)),
            "sha224" => hex(&Sha224::digest(&bytes)),
            "sha384" => hex(&Sha384::digest(&bytes)),
            "sha512" => hex(&Sha512::digest(&bytes)),
            "b2" | "blake2b" => hex(&blake2b(&bytes, self.bits / 8)),
            _ => hex(&Sha256::digest(&bytes)),
        }
    }
}

/// The long options of the programs; their letters are those of busybox where it has them.
pub const LONG: &[(&str, char)] = &[
    ("check", 'c'),
    ("status", 's'),
    ("quiet", 'q'),
    ("binary", 'b'),
    ("text", 't'),
    ("strict", 'S'),
    ("warn", 'w'),
    ("ignore-missing", 'i'),
    ("tag", 'T'),
    ("zero", 'z'),
    ("length=", 'l'),
];

pub fn sum(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let name = process.name().trim_end_matches("sum").to_string();
    let short = match name.as_str() {
        _ if busybox => "csbtwqSia:",
        "b2" => "bctwzl:",
        _ => "bctwz",
    };
    let options = match parse(machine, process, short, LONG) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let bits = match options.value(if name == "sha3" { 'a' } else { 'l' }).map(|bits| (bits, bits.parse())) {
        None => None,
        Some((_, Ok(bits))) if name != "sha3" && bits % 8 == 0 && bits <= 512 => Some(bits),
        Some((_, Ok(bits))) if [224, 256, 384, 512].contains(&bits) => Some(bits),
        Some((bits, _)) if name == "sha3" => {
            process.complain(machine, &format!("unknown algorithm '{bits}'"));
            return 1;
        }
        Some((bits, _)) => {
            process.complain(machine, &format!("invalid length: '{bits}'"));
            return 1;
        }
    };
    if let Some(message) = contradiction(&options).filter(|_| !busybox) {
        return refuse(machine, process, message);
    }
    let algorithm = Algorithm::named(&name, bits);
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    if options.has('c') {
        return super::checked_sums::check(machine, process, &options, Some(&algorithm), &operands);
    }
    print_sums(machine, process, &options, &algorithm, &operands)
}

/// What options say together that makes no sense.
pub fn contradiction(options: &Options) -> Option<&'static str> {
    let check = options.has('c');
    let only = [
        ('i', "the --ignore-missing option is meaningful only when verifying checksums"),
        ('s', "the --status option is meaningful only when verifying checksums"),
        ('w', "the --warn option is meaningful only when verifying checksums"),
        ('q', "the --quiet option is meaningful only when verifying checksums"),
        ('S', "the --strict option is meaningful only when verifying checksums"),
    ];
    if options.has('T') && options.last_of("bt") == Some('t') {
        return Some("--tag does not support --text mode");
    }
    if check && options.has('z') {
        return Some("the --zero option is not supported when verifying checksums");
    }
    if check && options.has('T') {
        return Some("the --tag option is meaningless when verifying checksums");
    }
    if check && options.any("bt") {
        return Some("the --binary and --text options are meaningless when verifying checksums");
    }
    only.into_iter().find(|(letter, _)| !check && options.has(*letter)).map(|(_, message)| message)
}

/// Prints the digest of each operand.
pub fn print_sums(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    algorithm: &Algorithm,
    operands: &[String],
) -> i32 {
    let busybox = is_busybox(machine);
    let mut status = 0;
    for operand in operands {
        let content = match open(machine, process, operand) {
            Ok(content) => content,
            Err(errno) => {
                if busybox {
                    process.complain(machine, &format!("can't open '{operand}': {errno}"));
                } else {
                    cannot_open(machine, process, operand, errno);
                }
                status = 1;
                continue;
            }
        };
        let digest = algorithm.digest(machine, process, &content);
        let escapes = !busybox && !options.has('z') && operand.contains(['\\', '\n', '\r']);
        let name = match escapes {
            true => operand.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"),
            false => operand.clone(),
        };
        let mark = if escapes { "\\" } else { "" };
        let sign = if options.last_of("bt") == Some('b') && !busybox { '*' } else { ' ' };
        let end = if options.has('z') { '\0' } else { '\n' };
        let line = if options.has('T') {
            format!("{mark}{} ({name}) = {digest}{end}", algorithm.tag())
        } else {
            format!("{mark}{digest} {sign}{name}{end}")
        };
        process.out(machine, &line);
    }
    status
}
