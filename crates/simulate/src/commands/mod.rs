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
mod cat;
mod chgrp;
mod chmod;
mod chown;
mod chroot;
mod cksum;
mod clear;
mod cmp;
mod comm;
mod composer;
mod conda;
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
mod input;
mod install;
mod json;
mod kill;
mod line_counts;
mod ln;
mod locales;
mod ls;
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

/// A command's model: does its work and gives its exit status.
pub type CommandFn = fn(&mut Machine<'_>, &mut Process) -> i32;

/// The models by the name that the command is called by, sorted.
const COMMANDS: &[(&str, CommandFn)] = &[
    ("a2disconf", apache::a2en),
    ("a2dismod", apache::a2en),
    ("a2dissite", apache::a2en),
    ("a2enconf", apache::a2en),
    ("a2enmod", apache::a2en),
    ("a2ensite", apache::a2en),
    ("add-apt-repository", apt::add_apt_repository),
    ("addgroup", adduser::adduser),
    ("adduser", adduser::adduser),
    ("alternatives", alternatives::update_alternatives),
    ("apk", apk::apk),
    ("apt", apt::apt),
    ("apt-add-repository", apt::add_apt_repository),
    ("apt-cache", apt::apt_cache),
    ("apt-get", apt::apt),
    ("apt-key", apt::apt_key),
    ("apt-mark", apt::apt_mark),
    ("arch", arch::arch),
    ("awk", awk::awk),
    ("base64", base64::base64),
    ("basename", basename::basename),
    ("black", pip::python_program),
    ("bundle", gem::bundle),
    ("bundler", gem::bundle),
    ("bunzip2", squeeze::squeeze),
    ("bzcat", squeeze::squeeze),
    ("bzip2", squeeze::squeeze),
    ("cat", cat::cat),
    ("chgrp", chgrp::chgrp),
    ("chmod", chmod::chmod),
    ("chown", chown::chown),
    ("chpasswd", passwd::passwd),
    ("chroot", chroot::chroot),
    ("cksum", cksum::cksum),
    ("clear", clear::clear),
    ("cmp", cmp::cmp),
    ("comm", comm::comm),
    ("composer", composer::composer),
    ("conda", conda::conda),
    ("corepack", npm::corepack),
    ("cp", cp::cp),
    ("crontab", crontab::crontab),
    ("curl", curl::curl),
    ("cut", cut::cut),
    ("date", date::date),
    ("dd", dd::dd),
    ("debconf-set-selections", debconf::debconf_set_selections),
    ("delgroup", userdel::delete),
    ("deluser", userdel::delete),
    ("df", df::df),
    ("diff", diff::diff),
    ("dirname", dirname::dirname),
    ("dnf", dnf::dnf),
    ("docker-php-ext-configure", composer::php_extension),
    ("docker-php-ext-enable", composer::php_extension),
    ("docker-php-ext-install", composer::php_extension),
    ("dpkg", apt::dpkg),
    ("dpkg-architecture", debconf::dpkg_architecture),
    ("dpkg-query", apt::dpkg_query),
    ("dpkg-reconfigure", debconf::dpkg_reconfigure),
    ("du", du::du),
    ("echo", echo::echo),
    ("egrep", grep::grep),
    ("env", env::env),
    ("envsubst", answers::envsubst),
    ("expand", expand::expand),
    ("expr", expr::expr),
    ("false", r#false::fails),
    ("fc-cache", system_caches::fc_cache),
    ("fgrep", grep::grep),
    ("find", find::find),
    ("flake8", pip::python_program),
    ("fold", fold::fold),
    ("gawk", awk::awk),
    ("gem", gem::gem),
    ("getconf", answers::getconf),
    ("getent", getent::getent),
    ("git", git::git),
    ("go", go::go),
    ("gosu", gosu::gosu),
    ("gpg", apt::gpg),
    ("gpg2", apt::gpg),
    ("grep", grep::grep),
    ("groupadd", groupadd::groupadd),
    ("groupdel", userdel::delete),
    ("groups", groups::groups),
    ("gunzip", gzip::gzip),
    ("gzip", gzip::gzip),
    ("hd", hexdump::hexdump),
    ("head", head::head),
    ("hexdump", hexdump::hexdump),
    ("hostname", hostname::hostname),
    ("id", id::id),
    ("install", install::install),
    ("isort", pip::python_program),
    ("kill", kill::kill),
    ("ldconfig", system_caches::ldconfig),
    ("link", ln::ln),
    ("ln", ln::ln),
    ("locale", locales::locale),
    ("locale-gen", apt::locale_gen),
    ("localedef", apt::localedef),
    ("ls", ls::ls),
    ("lsb_release", answers::lsb_release),
    ("mamba", conda::conda),
    ("mawk", awk::awk),
    ("md5sum", digests::sum),
    ("microdnf", dnf::dnf),
    ("micromamba", conda::conda),
    ("mix", mix::mix),
    ("mkdir", mkdir::mkdir),
    ("mkfifo", mkfifo::mkfifo),
    ("mktemp", mktemp::mktemp),
    ("mv", mv::mv),
    ("mypy", pip::python_program),
    ("newaliases", system_caches::small_database),
    ("nice", nice::nice),
    ("nl", nl::nl),
    ("node", npm::node),
    ("nodejs", npm::node),
    ("nohup", nohup::nohup),
    ("npm", npm::npm),
    ("nproc", nproc::nproc),
    ("npx", npm::npx),
    ("od", od::od),
    ("openssl", openssl::openssl),
    ("pacman", pacman::pacman),
    ("passwd", passwd::passwd),
    ("paste", paste::paste),
    ("pecl", composer::pecl),
    ("pip", pip::pip),
    ("pip3", pip::pip),
    ("pip3.10", pip::pip),
    ("pip3.11", pip::pip),
    ("pip3.12", pip::pip),
    ("pip3.13", pip::pip),
    ("pip3.9", pip::pip),
    ("pipenv", pip::pipenv),
    ("pnpm", npm::pnpm),
    ("pnpx", npm::npx),
    ("poetry", pip::poetry),
    ("postalias", system_caches::small_database),
    ("postmap", system_caches::small_database),
    ("pre-commit", pip::python_program),
    ("printenv", printenv::printenv),
    ("printf", printf::printf),
    ("pwd", pwd::pwd),
    ("pylint", pip::python_program),
    ("pytest", pip::python_program),
    ("python", pip::python),
    ("python3", pip::python),
    ("python3.10", pip::python),
    ("python3.11", pip::python),
    ("python3.12", pip::python),
    ("python3.13", pip::python),
    ("python3.9", pip::python),
    ("readlink", readlink::readlink),
    ("realpath", realpath::realpath),
    ("rev", rev::rev),
    ("rm", rm::rm),
    ("rmdir", rmdir::rmdir),
    ("rpm", dnf::rpm),
    ("ruff", pip::python_program),
    ("runuser", su::su),
    ("sed", sed::sed),
    ("seq", seq::seq),
    ("setcap", system_caches::setcap),
    ("sha1sum", digests::sum),
    ("sha256sum", digests::sum),
    ("sha384sum", digests::sum),
    ("sha512sum", digests::sum),
    ("sleep", sleep::sleep),
    ("sort", sort::sort),
    ("split", split::split),
    ("ssh-keygen", ssh_keygen::ssh_keygen),
    ("ssh-keyscan", ssh_keygen::ssh_keyscan),
    ("stat", stat::stat),
    ("strings", strings::strings),
    ("su", su::su),
    ("su-exec", gosu::gosu),
    ("sudo", sudo::sudo),
    ("sync", sync::sync),
    ("tac", tac::tac),
    ("tail", tail::tail),
    ("tar", tar::tar),
    ("tee", tee::tee),
    ("time", time::time),
    ("timeout", timeout::timeout),
    ("touch", touch::touch),
    ("tox", pip::python_program),
    ("tr", tr::tr),
    ("true", r#true::succeeds),
    ("truncate", truncate::truncate),
    ("tty", tty::tty),
    ("uname", uname::uname),
    ("unexpand", unexpand::unexpand),
    ("uniq", uniq::uniq),
    ("unlink", unlink::unlink),
    ("unxz", squeeze::squeeze),
    ("unzip", unzip::unzip),
    ("unzstd", squeeze::squeeze),
    ("update-alternatives", alternatives::update_alternatives),
    ("update-ca-certificates", system_caches::update_ca_certificates),
    ("update-ca-trust", system_caches::update_ca_trust),
    ("update-locale", locales::update_locale),
    ("useradd", useradd::useradd),
    ("userdel", userdel::delete),
    ("usermod", usermod::usermod),
    ("usleep", usleep::usleep),
    ("uv", pip::uv),
    ("uvx", pip::uvx),
    ("virtualenv", pip::virtualenv),
    ("wc", wc::wc),
    ("wget", wget::wget),
    ("which", which::which),
    ("whoami", whoami::whoami),
    ("xargs", xargs::xargs),
    ("xxd", hexdump::hexdump),
    ("xz", squeeze::squeeze),
    ("xzcat", squeeze::squeeze),
    ("yarn", npm::yarn),
    ("yarnpkg", npm::yarn),
    ("yes", yes::yes),
    ("yum", dnf::dnf),
    ("yum-config-manager", dnf::config_manager),
    ("zcat", gzip::gzip),
    ("zstd", squeeze::squeeze),
    ("zstdcat", squeeze::squeeze),
    ("zypper", zypper::zypper),
];

/// The model of a command by its name without a path.
#[must_use]
pub fn lookup(name: &str) -> Option<CommandFn> {
    let found = COMMANDS.binary_search_by(|(other, _)| (*other).cmp(name));
    match found {
        Ok(at) => COMMANDS.get(at).map(|&(_, function)| function),
        Err(_) => npm::programs::lookup(name).or_else(|| tools::lookup(name)),
    }
}

/// What an extended regular expression and its groups find in a text; nothing where it does not fit.
pub(crate) fn regex_captures(pattern: &str, text: &str) -> Vec<String> {
    let syntax = regex::Syntax { extended: true, ..regex::Syntax::default() };
    let Ok(regex) = regex::Regex::new(pattern.as_bytes(), syntax) else { return Vec::new() };
    let Some(found) = regex.find(text.as_bytes(), 0) else { return Vec::new() };
    let group = |index| String::from_utf8_lossy(found.get(text.as_bytes(), index)).into_owned();
    (0..=regex.groups()).map(group).collect()
}

/// The names of all commands that have a model.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name).chain(npm::programs::names()).chain(tools::names())
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
