//! useradd of the shadow tools.

use filesystem::{Cred, Errno};

use crate::process::{Machine, Process};

use super::account_files::{
    AGING, Numbering, add_group, add_member, add_subordinate, add_user, denied, edit_line, free_id, make_home,
};
use super::accounts::{Group, User, group_id, groups, users};
use super::calendar::read_date;
use super::node::exists;
use super::options::{Options, parse};
use super::usage::usage;

/// What `useradd -D` prints on Debian.
const DEFAULTS: &str = "GROUP=100\nHOME=/home\nINACTIVE=-1\nEXPIRE=\nSHELL=/bin/sh\nSKEL=/etc/skel\nCREATE_MAIL_SPOOL=no\n\
                        LOG_INIT=yes\n";

/// `useradd` of the shadow tools.
pub fn useradd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("system", 'r'),
        ("create-home", 'm'),
        ("no-create-home", 'M'),
        ("home-dir=", 'd'),
        ("home=", 'd'),
        ("shell=", 's'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("groups=", 'G'),
        ("comment=", 'c'),
        ("user-group", 'U'),
        ("no-user-group", 'N'),
        ("non-unique", 'o'),
        ("no-log-init", 'l'),
        ("password=", 'p'),
        ("base-dir=", 'b'),
        ("expiredate=", 'e'),
        ("inactive=", 'f'),
        ("key=", 'K'),
        ("skel=", 'k'),
        ("badname", 'B'),
        ("badnames", 'B'),
        ("defaults", 'D'),
    ];
    let options = match parse(machine, process, "rmMd:s:u:g:G:c:UNolp:b:e:K:k:f:D", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    if options.has('D') && options.given.len() == 1 {
        process.out(machine, DEFAULTS);
        return 0;
    }
    let [name] = options.operands.as_slice() else {
        usage(machine, process);
        return 2;
    };
    let problem = complaint(name, &options);
    let new = match problem.map_or_else(|| account(machine, name, &options), Err) {
        Ok(new) => new,
        Err((message, status)) => {
            process.complain(machine, &message);
            return status;
        }
    };
    let shell = &new.user.shell;
    let missing = !shell.is_empty() && !exists(machine.fs, shell, &Cred::root());
    if missing && options.has('s') && !machine.is_unsure_of_programs() {
        process.complain(machine, &format!("Warning: missing or non-executable shell '{shell}'"));
    }
    match write(machine, process, &options, &new) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}

/// What useradd adds.
struct Account {
    user: User,
    group: Option<Group>,
    supplementary: Vec<String>,
}

/// Whether shadow takes a name: it may not look like an option or a number's sign, nor hold what separates fields.
pub fn is_name(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    let body = name.strip_suffix('$').unwrap_or(name);
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    first && name.len() <= 32 && body.chars().all(plain) && !matches!(name, "." | "..")
}

type Complaint = (String, i32);

fn complaint(name: &str, options: &Options) -> Option<Complaint> {
    let relative = |letter: char| options.value(letter).filter(|path| !path.is_empty() && !path.starts_with('/'));
    let text = if let Some(path) = relative('d') {
        format!("invalid home directory '{path}'")
    } else if let Some(path) = relative('b') {
        format!("invalid base directory '{path}'")
    } else if let Some(shell) = relative('s') {
        format!("invalid shell '{shell}'")
    } else if let Some(comment) = options.value('c').filter(|text| text.contains(':') || text.contains('\n')) {
        format!("invalid comment '{comment}'")
    } else if let Some(id) = options.value('u').filter(|text| text.parse::<u32>().is_err()) {
        format!("invalid user ID '{id}'")
    } else if !is_name(name) && !options.has('B') {
        format!("invalid user name '{name}': use --badname to ignore")
    } else {
        return None;
    };
    Some((text, 3))
}

fn account(machine: &Machine, name: &str, options: &Options) -> Result<Account, Complaint> {
    let (known, known_groups) = (users(machine), groups(machine));
    let no_group = |group: &str| (format!("group '{group}' does not exist"), 6);
    let listed =
        |group: &str| group_id(machine, group).filter(|gid| known_groups.iter().any(|known| known.gid == *gid));
    let gid = options.value('g').map(|group| listed(group).ok_or_else(|| no_group(group))).transpose()?;
    let mut supplementary = Vec::new();
    for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
        let gid = listed(group).ok_or_else(|| no_group(group))?;
        supplementary.extend(known_groups.iter().find(|known| known.gid == gid).map(|known| known.name.clone()));
    }
    if known.iter().any(|user| user.name == name) {
        return Err((format!("user '{name}' already exists"), 9));
    }
    let makes_group = gid.is_none() && !options.has('N');
    if makes_group && known_groups.iter().any(|group| group.name == name) {
        let text = format!("group {name} exists - if you want to add this user to that group, use -g.");
        return Err((text, 9));
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let used_groups: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
    let system = options.has('r');
    let uid = match options.value('u').and_then(|text| text.parse().ok()) {
        Some(uid) if used.contains(&uid) && !options.has('o') => return Err((format!("UID {uid} is not unique"), 4)),
        Some(uid) => uid,
        None => {
            let least = options.values('K').find_map(|setting| setting.strip_prefix("UID_MIN=")?.parse::<u32>().ok());
            free_id(&used, system, Numbering::Shadow).max(least.filter(|_| !system).unwrap_or(0))
        }
    };
    let group = makes_group.then(|| {
        let gid = if used_groups.contains(&uid) { free_id(&used_groups, system, Numbering::Shadow) } else { uid };
        Group { name: name.to_string(), gid, members: Vec::new() }
    });
    let gid = gid.or(group.as_ref().map(|group| group.gid)).unwrap_or(100);
    let home =
        options.value('d').map_or_else(|| format!("{}/{name}", options.value('b').unwrap_or("/home")), str::to_string);
    let shell = options.value('s').unwrap_or("/bin/sh").to_string();
    let comment = options.value('c').unwrap_or_default().to_string();
    Ok(Account { user: User { name: name.to_string(), uid, gid, comment, home, shell }, group, supplementary })
}

fn write(machine: &mut Machine, process: &Process, options: &Options, new: &Account) -> Result<(), Errno> {
    let Account { user, group, supplementary } = new;
    let system = options.has('r');
    // System users' passwords do not age.
    add_user(machine, process, user, if system { ":::::" } else { AGING })?;
    let days = |date: &str| read_date(date, false, 0).map_or(String::new(), |time| time.div_euclid(86_400).to_string());
    let fields = [
        (1, options.value('p').map(str::to_string)),
        (6, options.value('f').map(str::to_string)),
        (7, options.value('e').map(days)),
    ];
    edit_line(machine, process, "/etc/shadow", &user.name, |line| {
        for (at, value) in &fields {
            if let (Some(field), Some(value)) = (line.get_mut(*at), value) {
                field.clone_from(value);
            }
        }
    })?;
    if let Some(group) = group {
        add_group(machine, process, group)?;
    }
    for group in supplementary {
        add_member(machine, process, &user.name, group)?;
    }
    if !system {
        add_subordinate(machine, process, &user.name)?;
    }
    // Debian makes no home without -m, and leaves HOME_MODE to the umask.
    if !options.has('m') || options.has('M') {
        return Ok(());
    }
    if exists(machine.fs, &user.home, &Cred::root()) {
        process.complain(machine, &format!("warning: the home directory {} already exists.", user.home));
        process.complain(machine, "Not copying any file from skel directory into it.");
        return Ok(());
    }
    make_home(machine, process, user, 0o755, options.value('k').is_none_or(|skeleton| skeleton == "/etc/skel"))
}
