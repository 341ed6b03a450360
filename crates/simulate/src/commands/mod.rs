//! The models of commands: one file per command, or per family that is one program.
//!
//! A command is a function of a machine and a process to an exit status. It knows nothing of shells. Commands work on
//! the simulated file system as the real ones do: option parsing, exit codes and messages are those of busybox where the
//! image is busybox's, else of GNU. What needs a network or a compiler is estimated from measured figures.
//!
//! They do not model: terminals, locales other than C (texts are bytes), access times, extended attributes.
//!
//! Invariants: no panic and bounded work on any arguments and files; limits are noted in the machine's meter.

use crate::process::{Machine, Process};

pub use added::may_be_added;

mod account_files;
mod accounts;
mod added;
mod adduser;
mod alternatives;
mod answers;
mod apache;
mod apk;
pub(crate) mod applets;
mod apt;
mod arch;
mod as_user;
mod awk;
mod base64;
mod basename;
mod calendar;
mod cargo;
mod cat;
mod cc;
mod chgrp;
mod chmod;
mod chown;
mod chroot;
mod cksum;
mod clear;
mod cmp;
mod comm;
pub(crate) mod compiled;
mod composer;
mod conda;
mod configure;
mod copying;
mod cp;
mod crontab;
mod curl;
mod cut;
mod date;
mod dd;
mod debconf;
mod df;
mod diff;
mod digests;
mod dirname;
mod dnf;
mod dotnet;
mod du;
pub(crate) mod echo;
mod env;
mod escapes;
mod estimate;
mod expand;
mod expr;
mod r#false;
mod fetch;
mod find;
mod fold;
mod foreign;
mod format;
mod gem;
mod getent;
mod git;
mod glob;
mod go;
mod gosu;
mod grep;
mod groupadd;
mod groups;
mod gzip;
mod head;
mod hexdump;
mod hostname;
mod id;
mod indented;
mod init;
mod input;
mod install;
pub(crate) mod installers;
mod java;
mod json;
mod kill;
mod line_counts;
mod ln;
mod locales;
mod ls;
mod make;
mod mix;
mod mkdir;
mod mkfifo;
mod mktemp;
mod mode;
mod mv;
mod nice;
mod nl;
mod node;
mod nohup;
mod npm;
mod nproc;
mod od;
mod openssl;
mod options;
mod pace;
mod pacman;
mod passwd;
mod paste;
mod pip;
mod printenv;
pub(crate) mod printf;
mod pwd;
mod readlink;
mod realpath;
mod regex;
mod rev;
mod rm;
mod rmdir;
mod rustup;
mod sed;
mod seq;
mod sleep;
mod sort;
mod split;
mod squeeze;
mod ssh_keygen;
mod start;
mod stat;
mod strings;
mod su;
mod sudo;
mod sync;
mod system_caches;
mod table;
mod tac;
mod tail;
mod tar;
mod tee;
mod time;
mod timeout;
pub(crate) mod tools;
mod touch;
mod tr;
mod tree;
mod r#true;
mod truncate;
mod tty;
mod uname;
mod unexpand;
mod uniq;
mod unlink;
mod unzip;
mod useradd;
mod userdel;
mod usermod;
mod usleep;
mod wc;
mod wget;
mod which;
mod whoami;
mod words;
mod xargs;
mod yes;
mod zypper;

pub use table::{lookup, names};

/// A command's model: does its work and gives its exit status.
pub type CommandFn = fn(&mut Machine<'_>, &mut Process) -> i32;

/// What an extended regular expression and its groups find in a text; nothing where it does not fit.
pub(crate) fn regex_captures(pattern: &str, text: &str) -> Vec<String> {
    let syntax = regex::Syntax { extended: true, ..regex::Syntax::default() };
    let Ok(regex) = regex::Regex::new(pattern.as_bytes(), syntax) else { return Vec::new() };
    let Some(found) = regex.find(text.as_bytes(), 0) else { return Vec::new() };
    let group = |index| String::from_utf8_lossy(found.get(text.as_bytes(), index)).into_owned();
    (0..=regex.groups()).map(group).collect()
}
