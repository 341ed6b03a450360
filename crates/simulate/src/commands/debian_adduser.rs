//! adduser and addgroup of Debian's adduser 3.134.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::account_files::{
    AGING, Numbering, add_group, add_member, add_subordinate, add_user, denied, edit_line, free_id, make_home,
};
use super::accounts::{Group, User, etc_file, groups, users};
use super::node::is_dir;
use super::options::{Options, read};
use super::useradd::is_name;

/// The arguments as Perl's Getopt::Long reads them: a long name may follow one dash too.
pub fn words(process: &Process) -> Vec<String> {
    let single = |word: &String| word.len() > 1 && word.starts_with('-') && !word.starts_with("--");
    process.operands().iter().map(|word| if single(word) { format!("-{word}") } else { word.clone() }).collect()
}

/// What stops the script: a sentence, and the exit status.
type Stop = (String, i32);

/// `adduser` and `addgroup` of Debian.
pub fn adduser(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("system", 'S'),
        ("disabled-password", 'D'),
        ("disabled-login", 'L'),
        ("gecos=", 'c'),
        ("comment=", 'c'),
        ("home=", 'h'),
        ("shell=", 's'),
        ("uid=", 'u'),
        ("gid=", 'i'),
        ("ingroup=", 'G'),
        ("group", 'P'),
        ("no-create-home", 'H'),
        ("quiet", 'q'),
        ("allow-bad-names", 'B'),
        ("allow-badname", 'B'),
        ("force-badname", 'B'),
        ("allow-all-names", 'B'),
        ("add-extra-groups", 'e'),
        ("conf=", 'C'),
        ("firstuid=", 'f'),
        ("lastuid=", 'l'),
        ("firstgid=", 'f'),
        ("lastgid=", 'l'),
        ("verbose", 'v'),
        ("debug", 'v'),
        ("version", 'V'),
    ];
    let options = match read(&words(process), "", &long) {
        Ok(options) => options,
        Err(message) => {
            let name = message.split("'--").nth(1).unwrap_or_default().trim_end_matches('\'');
            // One letter is the beginning of long names, in small letters.
            let short = if name.is_empty() { message.split('\'').nth(1).unwrap_or_default() } else { name };
            let small = short.to_lowercase();
            let mut begun: Vec<&str> = long.iter().map(|(long, _)| long.trim_end_matches('=')).collect();
            begun.retain(|long| !small.is_empty() && long.starts_with(&small) && !matches!(*long, "version"));
            begun.sort_unstable();
            let text = if begun.len() > 1 {
                format!("Option {small} is ambiguous ({})", begun.join(", "))
            } else {
                format!("Unknown option: {short}")
            };
            process.err(machine, &format!("{text}\n{}", include_str!("usage/adduser.txt")));
            return 1;
        }
    };
    if options.has('V') {
        process.out(machine, "adduser version 3.134\n\nAdds a user or group to the system.\n");
        return 0;
    }
    match carry_out(machine, process, &options) {
        Ok(Ok(())) => 0,
        Ok(Err(errno)) => denied(machine, process, "/etc/passwd", errno),
        Err((message, status)) => {
            if !message.is_empty() {
                process.complain(machine, &message);
            }
            status
        }
    }
}

fn carry_out(machine: &mut Machine, process: &Process, options: &Options) -> Result<Result<(), Errno>, Stop> {
    let refuse = |text: String| Err((text, 1));
    if process.cred.uid != 0 {
        return refuse("Only root may add a user or group to the system.".to_string());
    }
    let group_command = process.name() == "addgroup";
    let (name, into) = match options.operands.as_slice() {
        [name] if !name.is_empty() => (name.clone(), None),
        [_, _] if group_command => {
            return refuse("addgroup with two arguments is an unspecified operation.".to_string());
        }
        [_, _] if options.any("SP") => return refuse("Specify only one name in this mode.".to_string()),
        [name, group] => (name.clone(), Some(group.clone())),
        _ => return refuse("Only one or two names allowed.".to_string()),
    };
    if let Some(group) = into {
        return join(machine, process, options, &name, &group);
    }
    let makes_group = group_command || options.has('P') && !options.has('S');
    let ways = [options.has('P'), options.has('G'), options.has('i')].into_iter().filter(|way| *way).count();
    if !makes_group && ways > 1 {
        return refuse("The --group, --ingroup, and --gid options are mutually exclusive.".to_string());
    }
    if let Some(home) = options.value('h') {
        if !home.starts_with('/') {
            return refuse("The home dir must be an absolute path.".to_string());
        }
        let there = is_dir(machine.fs, home, &Cred::root());
        if !options.has('q') && there && !options.has('H') {
            process.complain(machine, &format!("Warning: The home dir {home} you specified already exists."));
        } else if !options.has('q') && !there && options.has('H') {
            let text = "you specified can't be accessed: No such file or directory";
            process.complain(machine, &format!("Warning: The home dir {home} {text}"));
        }
    }
    check_name(machine, process, options, &name)?;
    if makes_group {
        return new_group(machine, process, options, &name);
    }
    if options.has('S') {
        system_user(machine, process, options, &name)
    } else {
        user(machine, process, options, &name)
    }
}

fn say(machine: &mut Machine, process: &Process, options: &Options, text: &str) {
    if !options.has('q') {
        process.out(machine, &format!("{text}\n"));
    }
}

/// NAME_REGEX and SYS_NAME_REGEX, as Debian sets them.
fn check_name(machine: &mut Machine, process: &Process, options: &Options, name: &str) -> Result<(), Stop> {
    let system = options.has('S');
    let first = |c: char| c.is_ascii_lowercase() || c == '_' || system && c.is_ascii_uppercase();
    let body =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c) || system && c.is_ascii_uppercase();
    let usual = name.strip_suffix('$').unwrap_or(name);
    if usual.starts_with(first) && usual.chars().all(body) && name.len() <= 32 {
        return Ok(());
    }
    if !is_name(name) || name.chars().all(|c| c.is_ascii_digit()) {
        return Err(("To avoid problems, the username should consist only of\n            letters, digits, underscores, \
                     periods, at signs and dashes, and\n            not start with a dash (as defined by IEEE Std \
                     1003.1-2001). For\n            compatibility with Samba machine accounts, $ is also \
                     supported\n            at the end of the username.  (Use the `--allow-all-names' option\n            \
                     to bypass this restriction.)"
            .to_string(), 1));
    }
    if options.has('B') {
        say(machine, process, options, "Allowing use of questionable username.");
        return Ok(());
    }
    let regex = if system { "SYS_NAME_REGEX" } else { "NAME_REGEX" };
    Err((
        format!(
            "Please enter a username matching the regular expression\n            configured via the {regex} \
             configuration variable.  Use the\n            `--allow-bad-names' option to relax this check or \
             reconfigure\n            {regex} in configuration."
        ),
        1,
    ))
}

fn join(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    name: &str,
    group: &str,
) -> Result<Result<(), Errno>, Stop> {
    if !users(machine).iter().any(|known| known.name == name) {
        return Err((format!("The user `{name}' does not exist."), 1));
    }
    let Some(found) = groups(machine).into_iter().find(|known| known.name == group) else {
        return Err((format!("The group `{group}' does not exist."), 1));
    };
    if found.members.iter().any(|member| member == name) {
        if !options.has('q') {
            process.complain(machine, &format!("The user `{name}' is already a member of `{group}'."));
        }
        return Ok(Ok(()));
    }
    say(machine, process, options, &format!("Adding user `{name}' to group `{group}' ..."));
    let done = add_member(machine, process, name, group);
    say(machine, process, options, "Done.");
    Ok(done)
}

/// The number that an option gives.
fn number(options: &Options, letter: char) -> Option<u32> {
    options.value(letter).and_then(|text| text.parse().ok())
}

fn new_group(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    name: &str,
) -> Result<Result<(), Errno>, Stop> {
    let known = groups(machine);
    let system = options.has('S');
    let used: Vec<u32> = known.iter().map(|group| group.gid).collect();
    let asked = number(options, 'i');
    if let Some(found) = known.iter().find(|group| group.name == name) {
        if !system {
            return Err((format!("The group `{name}' already exists."), 1));
        }
        let (text, status) = if asked.is_some_and(|gid| gid != found.gid) {
            ("already exists, but has a different GID. Exiting.", 1)
        } else if (100..=999).contains(&found.gid) {
            ("already exists as a system group. Exiting.", 0)
        } else {
            ("already exists and is not a system group. Exiting.", 1)
        };
        let text = if status == 0 && options.has('q') { String::new() } else { format!("The group `{name}' {text}") };
        return Err((text, status));
    }
    let gid = asked.unwrap_or_else(|| free_id(&used, system, Numbering::FirstFree));
    if used.contains(&gid) {
        return Err((format!("The GID `{gid}' is already in use."), 1));
    }
    say(machine, process, options, &format!("Adding group `{name}' (GID {gid}) ..."));
    let done = add_group(machine, process, &Group { name: name.to_string(), gid, members: Vec::new() });
    say(machine, process, options, "Done.");
    Ok(done)
}

/// The group that `--ingroup` or `--gid` names.
fn named_group(machine: &Machine, options: &Options) -> Result<Option<Group>, Stop> {
    let known = groups(machine);
    if let Some(name) = options.value('G') {
        let found = known.into_iter().find(|group| group.name == name);
        return found.map(Some).ok_or_else(|| (format!("The group `{name}' does not exist."), 1));
    }
    let Some(gid) = number(options, 'i') else { return Ok(None) };
    let found = known.into_iter().find(|group| group.gid == gid);
    found.map(Some).ok_or_else(|| (format!("The GID {gid} does not exist."), 1))
}

fn system_user(
    machine: &mut Machine,
    process: &Process,
    options: &Options,
    name: &str,
) -> Result<Result<(), Errno>, Stop> {
    let (known, known_groups) = (users(machine), groups(machine));
    let asked = number(options, 'u');
    if let Some(found) = known.iter().find(|user| user.name == name) {
        if !(100..=999).contains(&found.uid) {
            return Err((format!("The user `{name}' already exists, but is not a system user. Exiting."), 1));
        }
        if asked.is_some_and(|uid| uid != found.uid) {
            return Err((format!("The user `{name}' already exists with a different UID. Exiting."), 1));
        }
        say(machine, process, options, &format!("The system user `{name}' already exists. Exiting."));
        return Ok(Ok(()));
    }
    if let Some(uid) = asked.filter(|uid| known.iter().any(|user| user.uid == *uid)) {
        return Err((format!("The UID {uid} is already in use."), 1));
    }
    let free = |used: Vec<u32>| free_id(&used, true, Numbering::FirstFree);
    let uid = asked.unwrap_or_else(|| free(known.iter().map(|user| user.uid).collect()));
    let own = known_groups.iter().find(|group| group.name == name).cloned();
    let mut added = None;
    let group = if options.has('P') {
        let gid = asked.unwrap_or_else(|| free(known_groups.iter().map(|group| group.gid).collect()));
        let fresh = Group { name: name.to_string(), gid, members: Vec::new() };
        if own.is_none() {
            added = Some(fresh.clone());
        }
        own.unwrap_or(fresh)
    } else {
        let nogroup = || Group { name: "nogroup".to_string(), gid: 65_534, members: Vec::new() };
        named_group(machine, options)?.unwrap_or_else(nogroup)
    };
    say(machine, process, options, &format!("Adding system user `{name}' (UID {uid}) ..."));
    if let Some(added) = &added {
        say(machine, process, options, &format!("Adding new group `{name}' (GID {}) ...", added.gid));
    }
    let text = format!("Adding new user `{name}' (UID {uid}) with group `{}' ...", group.name);
    say(machine, process, options, &text);
    let user = User {
        name: name.to_string(),
        uid,
        gid: group.gid,
        comment: String::new(),
        home: options.value('h').unwrap_or("/nonexistent").to_string(),
        shell: options.value('s').unwrap_or("/usr/sbin/nologin").to_string(),
    };
    Ok((|| {
        if let Some(added) = &added {
            add_group(machine, process, added)?;
        }
        add_user(machine, process, &user, ":::::")?;
        comment(machine, process, options, name)?;
        home(machine, process, options, &user, false)
    })())
}

fn user(machine: &mut Machine, process: &Process, options: &Options, name: &str) -> Result<Result<(), Errno>, Stop> {
    let (known, known_groups) = (users(machine), groups(machine));
    if known.iter().any(|user| user.name == name) {
        return Err((format!("The user `{name}' already exists."), 1));
    }
    let asked = number(options, 'u');
    if let Some(uid) = asked.filter(|uid| known.iter().any(|user| user.uid == *uid)) {
        return Err((format!("The UID {uid} is already in use."), 1));
    }
    let given = named_group(machine, options)?;
    if given.is_none() {
        if known_groups.iter().any(|group| group.name == name) {
            return Err((format!("The group `{name}' already exists."), 1));
        }
        if let Some(uid) = asked.filter(|uid| known_groups.iter().any(|group| group.gid == *uid)) {
            return Err((format!("The GID {uid} is already in use."), 1));
        }
    }
    say(machine, process, options, &format!("Adding user `{name}' ..."));
    // A user and the group of the same name get the same number.
    let mut used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    if !options.has('G') {
        used.extend(known_groups.iter().map(|group| group.gid));
    }
    let uid = asked.unwrap_or_else(|| free_id(&used, false, Numbering::FirstFree));
    let fresh = Group { name: name.to_string(), gid: uid, members: Vec::new() };
    let group = given.clone().unwrap_or_else(|| fresh.clone());
    if given.is_none() {
        say(machine, process, options, &format!("Adding new group `{name}' ({uid}) ..."));
    }
    let text = format!("Adding new user `{name}' ({uid}) with group `{} ({})' ...", group.name, group.gid);
    say(machine, process, options, &text);
    let shell = if options.has('L') { "/usr/sbin/nologin" } else { "/bin/bash" };
    let user = User {
        name: name.to_string(),
        uid,
        gid: group.gid,
        comment: String::new(),
        home: options.value('h').map_or_else(|| format!("/home/{name}"), str::to_string),
        shell: options.value('s').unwrap_or(shell).to_string(),
    };
    Ok((|| {
        if given.is_none() {
            add_group(machine, process, &fresh)?;
        }
        add_user(machine, process, &user, AGING)?;
        add_subordinate(machine, process, name)?;
        home(machine, process, options, &user, true)?;
        ask(machine, process, options, name);
        comment(machine, process, options, name)?;
        if !joins_users(machine) || !known_groups.iter().any(|group| group.name == "users") {
            return Ok(());
        }
        let text = format!("Adding new user `{name}' to supplemental / extra groups `users' ...");
        say(machine, process, options, &text);
        say(machine, process, options, &format!("Adding user `{name}' to group `users' ..."));
        add_member(machine, process, name, "users")
    })())
}

/// Whether new users become members of `users`: since adduser 3.122, so not in Debian 11 and in Ubuntu 22.04.
fn joins_users(machine: &Machine) -> bool {
    let release = etc_file(machine, "/etc/os-release");
    let value =
        |key: &str| release.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim_matches('"');
    let major = value("VERSION_ID=").split('.').next().and_then(|number| number.parse::<u32>().ok());
    let first = if value("ID=") == "ubuntu" { 23 } else { 12 };
    major.is_none_or(|major| major >= first)
}

/// The comment as chfn writes it: five fields.
fn comment(machine: &mut Machine, process: &Process, options: &Options, name: &str) -> Result<(), Errno> {
    let Some(text) = options.value('c') else { return Ok(()) };
    let mut fields: Vec<&str> = text.split(',').take(4).collect();
    fields.resize(4, "");
    let text = fields.join(",");
    edit_line(machine, process, "/etc/passwd", name, |line| {
        if let Some(field) = line.get_mut(4) {
            field.clone_from(&text);
        }
    })
}

/// What it asks for where the options do not say it: nobody answers, which the script in Perl complains of.
fn ask(machine: &mut Machine, process: &Process, options: &Options, name: &str) {
    if !joins_users(machine) {
        return;
    }
    let unanswered = |line: u32| {
        let at = |what: &str, line: u32| {
            format!("Use of uninitialized value $answer in {what} at /usr/sbin/adduser line {line}.\n")
        };
        at("chop", line) + &at("pattern match (m//)", line + 1) + &at("pattern match (m//)", line + 2)
    };
    if !options.any("DL") {
        let refused = "New password: Password change has been aborted.\npasswd: Authentication token manipulation \
                       error\npasswd: password unchanged\n";
        process.err(machine, &format!("{refused}{}", unanswered(740)));
        process.out(machine, "Try again? [y/N] ");
    }
    if !options.has('c') {
        let form = "Enter the new value, or press ENTER for the default\n\tFull Name []: \tRoom Number []: \tWork Phone \
                    []: \tHome Phone []: \tOther []: ";
        process.out(machine, &format!("Changing the user information for {name}\n{form}"));
        process.err(machine, &unanswered(766));
        process.out(machine, "Is the information correct? [Y/n] ");
    }
}

fn home(machine: &mut Machine, process: &Process, options: &Options, user: &User, skeleton: bool) -> Result<(), Errno> {
    let home = &user.home;
    if home.trim_start_matches('/').split('/').next() == Some("nonexistent") {
        say(machine, process, options, &format!("Not creating `{home}'."));
    } else if options.has('H') {
        say(machine, process, options, &format!("Not creating home directory `{home}'."));
    } else if let Ok(stat) = machine.fs.stat(home, true, &Cred::root()) {
        let foreign = (stat.attr.uid, stat.attr.gid) != (user.uid, user.gid);
        if !options.has('q') {
            process.complain(
                machine,
                &format!("The home directory `{home}' already exists.  Not touching this directory."),
            );
        }
        if foreign {
            let text = "does not belong to the user you are currently creating.";
            process.complain(machine, &format!("Warning: The home directory `{home}' {text}"));
        }
    } else {
        say(machine, process, options, &format!("Creating home directory `{home}' ..."));
        make_home(machine, process, user, if skeleton { 0o700 } else { 0o755 }, skeleton)?;
        if skeleton {
            say(machine, process, options, "Copying files from `/etc/skel' ...");
        }
    }
    Ok(())
}
