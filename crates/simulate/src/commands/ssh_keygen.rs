//! ssh-keygen and ssh-keyscan: key files of their size and of unknown bytes.

use filesystem::Content;

use crate::process::{Machine, Process};

use super::estimate::{download, estimated, place_as};
use super::input::not_modelled;
use super::node::exists;
use super::options::parse;

/// Kinds of keys with the bytes of the private file (as OpenSSH 9 writes it, without a passphrase) and of the public one
/// with a short comment.
const KINDS: [(&str, u64, u64); 3] = [("rsa", 2_602, 567), ("ecdsa", 513, 175), ("ed25519", 411, 95)];
/// A private RSA key of 4096 bits and its public one.
const LONG_RSA: (u64, u64) = (3_389, 739);
/// What a host answers to ssh-keyscan: its three keys.
const HOST_KEYS_BYTES: u64 = 900;

pub fn ssh_keygen(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "At:b:f:N:C:qylR:F:m:P:a:p", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    estimated(machine);
    if options.has('A') {
        for (kind, private, public) in KINDS {
            let path = format!("/etc/ssh/ssh_host_{kind}_key");
            if !exists(machine.fs, &path, &process.cred) {
                let status = put(machine, process, &path, private, public);
                if status != 0 {
                    return status;
                }
            }
        }
        process.out(machine, "ssh-keygen: generating new host keys: RSA ECDSA ED25519 \n");
        return 0;
    }
    if options.any("ylRFp") {
        not_modelled(machine, process, "of an existing key");
        return 0;
    }
    let kind = options.value('t').unwrap_or("ed25519").to_string();
    let Some((_, private, public)) = KINDS.iter().find(|(name, _, _)| *name == kind).copied() else {
        process.err(machine, &format!("unknown key type {kind}\n"));
        return 255;
    };
    let long =
        kind == "rsa" && options.value('b').and_then(|bits| bits.parse::<u64>().ok()).is_some_and(|bits| bits > 3072);
    let (private, public) = if long { LONG_RSA } else { (private, public) };
    let home = process.env.get("HOME").cloned().unwrap_or_else(|| "/root".to_string());
    let file = options.value('f').map(str::to_string).unwrap_or_else(|| format!("{home}/.ssh/id_{kind}"));
    if !options.has('q') {
        process.out(machine, &format!("Generating public/private {kind} key pair.\n"));
    }
    let path = process.path(&file);
    if exists(machine.fs, &path, &process.cred) {
        // it asks whether to overwrite, and nobody answers
        process.out(machine, &format!("{file} already exists.\nOverwrite (y/n)? "));
        return 1;
    }
    put(machine, process, &path, private, public)
}

fn put(machine: &mut Machine, process: &mut Process, path: &str, private: u64, public: u64) -> i32 {
    let put = place_as(machine, path, &format!("ssh-keygen/{path}"), private, 0o600, &process.cred).and_then(|()| {
        let id = format!("ssh-keygen/{path}.pub");
        place_as(machine, &format!("{path}.pub"), &id, public, 0o644, &process.cred)
    });
    match put {
        Ok(()) => 0,
        Err(errno) => {
            process.err(machine, &format!("Saving key \"{path}\" failed: {errno}\n"));
            1
        }
    }
}

pub fn ssh_keyscan(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "Ht:p:T:4f:D", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    for host in &options.operands {
        if !machine.network {
            process.err(machine, &format!("getaddrinfo {host}: Temporary failure in name resolution\n"));
            return 1;
        }
        estimated(machine);
        machine.typical_size(&format!("ssh-keyscan {host}"), HOST_KEYS_BYTES);
        download(machine, HOST_KEYS_BYTES);
        process.out_content(machine, &Content::opaque(&format!("ssh-keyscan/{host}"), HOST_KEYS_BYTES));
    }
    0
}
