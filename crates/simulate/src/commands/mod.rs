//! The models of commands: one file per command or close family.
//!
//! A command is a function of a machine and a process to an exit status. It knows nothing of shells. Commands work on
//! the simulated file system as the real ones do: option parsing, exit codes and messages are those of busybox where the
//! image is busybox's, else of GNU. What needs a network or a compiler is estimated from measured figures.
//!
//! They do not model: terminals, locales other than C (texts are bytes), access times, extended attributes.
//!
//! Invariants: no panic and bounded work on any arguments and files; limits are noted in the machine's meter.

use crate::process::{Machine, Process};

mod account_files;
mod accounts;
mod adduser;
mod apk;
pub(crate) mod applets;
mod apt;
mod awk;
mod base64;
mod basename;
mod cat;
mod chmod;
mod cp;
mod cut;
mod date;
mod dd;
mod diff;
mod digests;
mod du;
pub(crate) mod echo;
mod escapes;
mod estimate;
mod expr;
mod fetch;
mod find;
mod format;
mod glob;
mod go;
mod grep;
mod gzip;
mod head;
mod id;
mod input;
mod json;
mod ln;
mod ls;
mod mkdir;
mod mktemp;
mod mode;
mod mv;
mod node;
mod npm;
mod npm_prune;
mod options;
mod pip;
pub(crate) mod printf;
mod readlink;
mod regex;
mod rm;
mod sed;
mod sort;
mod start;
mod stat;
mod tar;
mod tee;
mod touch;
mod tr;
mod tree;
mod r#true;
mod uname;
mod uniq;
mod useradd;
mod userdel;
mod wc;

/// A command's model: does its work and gives its exit status.
pub type CommandFn = fn(&mut Machine<'_>, &mut Process) -> i32;

/// The models by the name that the command is called by, sorted.
const COMMANDS: &[(&str, CommandFn)] = &[
    ("addgroup", adduser::adduser),
    ("adduser", adduser::adduser),
    ("apk", apk::apk),
    ("apt", apt::apt),
    ("apt-get", apt::apt),
    ("arch", uname::arch),
    ("awk", awk::awk),
    ("base64", base64::base64),
    ("basename", basename::basename),
    ("cat", cat::cat),
    ("chgrp", chmod::chgrp),
    ("chmod", chmod::chmod),
    ("chown", chmod::chown),
    ("chpasswd", userdel::passwd),
    ("chroot", start::chroot),
    ("cksum", digests::cksum),
    ("clear", uname::clear),
    ("cmp", diff::cmp),
    ("comm", uniq::comm),
    ("cp", cp::cp),
    ("curl", fetch::curl),
    ("cut", cut::cut),
    ("date", date::date),
    ("dd", dd::dd),
    ("delgroup", userdel::delete),
    ("deluser", userdel::delete),
    ("df", du::df),
    ("diff", diff::diff),
    ("dirname", basename::dirname),
    ("du", du::du),
    ("echo", echo::echo),
    ("egrep", grep::grep),
    ("env", start::env),
    ("expand", tr::expand_tabs),
    ("expr", expr::expr),
    ("false", r#true::fails),
    ("fgrep", grep::grep),
    ("find", find::find),
    ("fold", tr::fold),
    ("gawk", awk::awk),
    ("getent", id::getent),
    ("git", fetch::git),
    ("go", go::go),
    ("gosu", start::gosu),
    ("grep", grep::grep),
    ("groupadd", useradd::groupadd),
    ("groupdel", userdel::delete),
    ("groups", id::groups),
    ("gunzip", gzip::gzip),
    ("gzip", gzip::gzip),
    ("hd", base64::hexdump),
    ("head", head::head),
    ("hexdump", base64::hexdump),
    ("hostname", uname::hostname),
    ("id", id::id),
    ("install", mktemp::install),
    ("kill", uname::kill),
    ("link", ln::ln),
    ("ln", ln::ln),
    ("ls", ls::ls),
    ("mawk", awk::awk),
    ("md5sum", digests::sum),
    ("mkdir", mkdir::mkdir),
    ("mkfifo", touch::mkfifo),
    ("mktemp", mktemp::mktemp),
    ("mv", mv::mv),
    ("nice", start::nice),
    ("nl", tr::nl),
    ("node", npm::node),
    ("nohup", start::nohup),
    ("npm", npm::npm),
    ("nproc", uname::nproc),
    ("npx", npm::npx),
    ("od", base64::od),
    ("passwd", userdel::passwd),
    ("paste", cut::paste),
    ("pip", pip::pip),
    ("pip3", pip::pip),
    ("pnpm", npm::npm),
    ("printenv", start::printenv),
    ("printf", printf::printf),
    ("pwd", basename::pwd),
    ("python", pip::python),
    ("python3", pip::python),
    ("readlink", readlink::readlink),
    ("realpath", readlink::realpath),
    ("rev", cat::rev),
    ("rm", rm::rm),
    ("rmdir", rm::rmdir),
    ("runuser", start::su),
    ("sed", sed::sed),
    ("seq", tee::seq),
    ("sha1sum", digests::sum),
    ("sha256sum", digests::sum),
    ("sha384sum", digests::sum),
    ("sha512sum", digests::sum),
    ("sleep", date::sleep),
    ("sort", sort::sort),
    ("split", head::split),
    ("stat", stat::stat),
    ("strings", base64::strings),
    ("su", start::su),
    ("su-exec", start::gosu),
    ("sudo", start::sudo),
    ("sync", mktemp::sync),
    ("tac", cat::tac),
    ("tail", head::tail),
    ("tar", tar::tar),
    ("tee", tee::tee),
    ("time", start::time),
    ("timeout", start::timeout),
    ("touch", touch::touch),
    ("tr", tr::tr),
    ("true", r#true::succeeds),
    ("truncate", touch::truncate),
    ("tty", uname::tty),
    ("uname", uname::uname),
    ("unexpand", tr::unexpand),
    ("uniq", uniq::uniq),
    ("unlink", rm::unlink),
    ("useradd", useradd::useradd),
    ("userdel", userdel::delete),
    ("usermod", useradd::usermod),
    ("usleep", date::usleep),
    ("wc", wc::wc),
    ("wget", fetch::wget),
    ("which", uname::which),
    ("whoami", id::whoami),
    ("xargs", start::xargs),
    ("xxd", base64::hexdump),
    ("yarn", npm::npm),
    ("yes", tee::yes),
    ("zcat", gzip::gzip),
];

/// The model of a command by its name without a path.
#[must_use]
pub fn lookup(name: &str) -> Option<CommandFn> {
    let at = COMMANDS.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
    COMMANDS.get(at).map(|&(_, function)| function)
}

/// The names of all commands that have a model, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_sorted_and_found() {
        assert!(COMMANDS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(lookup("true").is_some() && lookup("no-such").is_none());
    }
}
