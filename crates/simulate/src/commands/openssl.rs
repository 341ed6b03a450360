//! openssl: keys, requests, certificates and random bytes are of the size that they have, and of bytes that nobody knows.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::input::not_modelled;

/// A PEM file with a private RSA key of so many bits, as OpenSSL 3 writes it (PKCS#8).
fn key_bytes(bits: u64) -> u64 {
    match bits {
        0..=1024 => 916,
        1025..=2048 => 1_704,
        2049..=3072 => 2_484,
        3073..=4096 => 3_272,
        _ => 6_400,
    }
}

/// A self-signed certificate with a key of so many bits and a short subject, in PEM.
fn certificate_bytes(bits: u64) -> u64 {
    if bits > 2048 { 1_960 } else { 1_280 }
}

/// A key on an elliptic curve, its certificate, and a request with an RSA key of 2048 bits.
const CURVE_KEY_BYTES: u64 = 241;
const CURVE_CERTIFICATE_BYTES: u64 = 570;
const REQUEST_BYTES: u64 = 900;
/// How long a prime of 2048 bits for `dhparam` takes on average, and a key.
const DHPARAM_MS: u64 = 15_000;
const KEY_MS: u64 = 150;

/// The value behind an option: openssl's have one dash and stand apart.
fn value<'a>(words: &'a [String], option: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| word == option || word.strip_prefix('-') == Some(option))?;
    words.get(at + 1).map(String::as_str)
}

fn has(words: &[String], option: &str) -> bool {
    words.iter().any(|word| word == option)
}

/// The number that stands last without an option: bits, bytes.
fn last_number(words: &[String]) -> Option<u64> {
    words.last()?.parse().ok()
}

pub fn openssl(machine: &mut Machine, process: &mut Process) -> i32 {
    let words = process.operands().to_vec();
    let Some((command, rest)) = words.split_first() else { return 0 };
    let bits = value(rest, "-newkey").and_then(|text| text.rsplit(':').next()?.parse().ok()).unwrap_or(2048);
    let curve = rest.iter().any(|word| {
        let word = word.to_lowercase();
        ["ec", "ed25519", "prime256v1", "ec:", "secp384r1"].iter().any(|name| word == *name || word.starts_with("ec_"))
    });
    let key = |bits| if curve { CURVE_KEY_BYTES } else { key_bytes(bits) };
    match command.as_str() {
        "rand" => random(machine, process, rest),
        "genrsa" => {
            machine.spend(KEY_MS);
            put(machine, process, value(rest, "-out"), "key", key_bytes(last_number(rest).unwrap_or(2048)), 0o600)
        }
        "genpkey" => {
            let bits = rest.iter().find_map(|word| word.strip_prefix("rsa_keygen_bits:")?.parse().ok());
            machine.spend(KEY_MS);
            put(machine, process, value(rest, "-out"), "key", key(bits.unwrap_or(2048)), 0o600)
        }
        "ecparam" => put(machine, process, value(rest, "-out"), "key", CURVE_KEY_BYTES, 0o600),
        "dhparam" => {
            let bits = last_number(rest).unwrap_or(2048);
            machine.spend(DHPARAM_MS);
            put(machine, process, value(rest, "-out"), "dh", if bits > 2048 { 773 } else { 424 }, 0o644)
        }
        "req" => {
            machine.spend(KEY_MS);
            if has(rest, "-newkey") || has(rest, "-new") && !has(rest, "-key") {
                let file = value(rest, "-keyout").unwrap_or("privkey.pem").to_owned();
                let status = put(machine, process, Some(&file), "key", key(bits), 0o600);
                if status != 0 {
                    return status;
                }
            }
            let size = match (has(rest, "-x509"), curve) {
                (true, true) => CURVE_CERTIFICATE_BYTES,
                (true, false) => certificate_bytes(bits),
                (false, _) => REQUEST_BYTES,
            };
            put(machine, process, value(rest, "-out"), "certificate", size, 0o644)
        }
        "x509" if has(rest, "-noout") => 0,
        "x509" | "ca" => put(machine, process, value(rest, "-out"), "certificate", certificate_bytes(bits), 0o644),
        "rsa" | "pkey" | "ec" | "pkcs8" => put(machine, process, value(rest, "-out"), "key", key(2048), 0o600),
        "pkcs12" => put(machine, process, value(rest, "-out"), "bundle", 2_600, 0o600),
        "passwd" => {
            estimated(machine);
            // $1$, $5$ or $6$, a salt and the digest
            let size = if has(rest, "-6") {
                107
            } else if has(rest, "-5") {
                64
            } else {
                35
            };
            process.out_content(machine, &Content::opaque("openssl/passwd", size));
            0
        }
        "verify" | "version" | "ciphers" | "list" | "s_client" => {
            machine.writes_nothing(&format!("openssl {command}"));
            0
        }
        "dgst" | "sha256" | "sha1" | "md5" if !has(rest, "-sign") => {
            machine.writes_nothing(&format!("openssl {command}"));
            0
        }
        other => {
            not_modelled(machine, process, other);
            0
        }
    }
}

/// `openssl rand [-hex|-base64] [-out FILE] N`
fn random(machine: &mut Machine, process: &mut Process, rest: &[String]) -> i32 {
    let Some(count) = last_number(rest) else {
        process.err(machine, "rand: Use -help for summary.\n");
        return 1;
    };
    let base64 = count.div_ceil(3).saturating_mul(4);
    let size = if has(rest, "-hex") {
        count.saturating_mul(2).saturating_add(1)
    } else if has(rest, "-base64") {
        // a line end behind each 64 characters
        base64.saturating_add(base64.div_ceil(64))
    } else {
        count
    };
    put(machine, process, value(rest, "-out"), "random", size, 0o600)
}

/// Writes unknown bytes to the file of `-out`, or to standard output.
fn put(machine: &mut Machine, process: &mut Process, file: Option<&str>, what: &str, size: u64, mode: u32) -> i32 {
    estimated(machine);
    let content = Content::opaque(&format!("openssl/{what}/{}", file.unwrap_or("-")), size);
    let Some(file) = file else {
        process.out_content(machine, &content);
        return 0;
    };
    let path = process.path(file);
    match machine.fs.write(&path, content, process.mode(mode), &process.cred) {
        Ok(()) => 0,
        Err(errno) => {
            process.err(machine, &format!("Can't open \"{file}\" for writing, {errno}\n"));
            1
        }
    }
}
