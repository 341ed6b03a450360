//! cksum.

use crate::process::{Machine, Process};

use super::digests::{Algorithm, LONG, contradiction, print_sums};
use super::input::{is_busybox, not_modelled, open_all};
use super::misuse::{choice, refuse};
use super::options::parse;

/// The algorithms of GNU's cksum, in its order.
const ALGORITHMS: &[&[&str]] = &[
    &["bsd"],
    &["sysv"],
    &["crc"],
    &["md5"],
    &["sha1"],
    &["sha224"],
    &["sha256"],
    &["sha384"],
    &["sha512"],
    &["blake2b"],
    &["sm3"],
];

pub fn cksum(machine: &mut Machine, process: &mut Process) -> i32 {
    let mut long = LONG.to_vec();
    long.extend([("algorithm=", 'a'), ("untagged", 'u'), ("debug", 'D')]);
    let short = if is_busybox(machine) { "" } else { "a:cl:wz" };
    let mut options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let given = options.value('a').map(str::to_string);
    let algorithm = match choice(machine, process, "--algorithm", given.as_deref().unwrap_or("crc"), ALGORITHMS) {
        Ok(algorithm) => algorithm,
        Err(status) => return status,
    };
    let is_old = matches!(algorithm, "bsd" | "sysv" | "crc");
    if options.has('c') && given.is_some() && is_old {
        process.complain(machine, "--check is not supported with --algorithm={bsd,sysv,crc}");
        return 1;
    }
    if algorithm == "sm3" {
        not_modelled(machine, process, "-a sm3");
    }
    let bits = options.value('l').and_then(|bits| bits.parse().ok());
    let digest = Algorithm::named(algorithm, bits);
    let operands = if options.operands.is_empty() { vec!["-".to_string()] } else { options.operands.clone() };
    if let Some(message) = contradiction(&options).filter(|_| !is_busybox(machine)) {
        return refuse(machine, process, message);
    }
    if options.has('c') {
        let algorithm = given.is_some().then_some(&digest);
        return super::checked_sums::check(machine, process, &options, algorithm, &operands);
    }
    if !is_old {
        if !options.has('u') {
            options.given.push(('T', None));
        }
        return print_sums(machine, process, &options, &digest, &operands);
    }
    let (contents, failed) = open_all(machine, process, &options.operands);
    for (name, content) in contents {
        let bytes = super::input::text(machine, process, &content).unwrap_or_default();
        let sum = match algorithm {
            "bsd" => super::sum::of_bsd(&bytes),
            "sysv" => super::sum::of_system_v(&bytes),
            _ => format!("{} {}", crc(&bytes), content.size()),
        };
        let is_stdin = options.operands.is_empty() || is_busybox(machine) && name == "-";
        let shown = if is_stdin { String::new() } else { format!(" {name}") };
        process.out(machine, &format!("{sum}{shown}\n"));
    }
    i32::from(failed)
}

/// The cyclic redundancy check of POSIX, over the bytes and their number.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = 0u32;
    let mut length = bytes.len();
    let mut tail = Vec::new();
    while length > 0 {
        tail.push((length & 0xff) as u8);
        length >>= 8;
    }
    for byte in bytes.iter().chain(&tail) {
        crc ^= u32::from(*byte) << 24;
        for _ in 0..8 {
            crc = if crc & 0x8000_0000 != 0 { crc << 1 ^ 0x04c1_1db7 } else { crc << 1 };
        }
    }
    !crc
}
