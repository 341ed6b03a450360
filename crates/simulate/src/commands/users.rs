//! useradd, adduser, groupadd, addgroup, usermod, userdel, groupdel, passwd, chpasswd.

use filesystem::{Content, Cred, Errno};

use crate::process::{Machine, Process};

use super::accounts::{Group, User, etc_file, group_id, groups, users};
use super::input::{is_busybox, missing_operand};
use super::node::exists;
use super::options::parse;

/// Where the numbers of ordinary users begin, and those of system users.
const FIRST_ID: u32 = 1000;
const FIRST_SYSTEM_ID: u32 = 100;

/// Which of the two ways of numbering: shadow counts system users down from 999, busybox and Debian's adduser up from 100.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Down,
    Up,
}

fn free_id(used: &[u32], system: bool, numbering: Numbering) -> u32 {
    match (system, numbering) {
        (false, _) => (FIRST_ID..60_000).find(|id| !used.contains(id)).unwrap_or(60_000),
        (true, Numbering::Up) => (FIRST_SYSTEM_ID..FIRST_ID).find(|id| !used.contains(id)).unwrap_or(FIRST_ID),
        (true, Numbering::Down) => (FIRST_SYSTEM_ID..FIRST_ID).rev().find(|id| !used.contains(id)).unwrap_or(FIRST_ID),
    }
}

/// Rewrites a file of /etc; other names of the old file keep the old text, as the tools write a new one.
fn write_etc(machine: &mut Machine, process: &Process, path: &str, text: &str) -> Result<(), Errno> {
    let mode = if path.ends_with("shadow") { 0o640 } else { 0o644 };
    if process.cred.uid != 0 {
        return Err(Errno::Access);
    }
    machine.fs.write(path, Content::text(text), mode, &Cred::root())
}

fn append_line(machine: &mut Machine, process: &Process, path: &str, line: &str) -> Result<(), Errno> {
    let mut text = etc_file(machine, path);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
    write_etc(machine, process, path, &text)
}

fn add_group(machine: &mut Machine, process: &Process, group: &Group) -> Result<(), Errno> {
    append_line(machine, process, "/etc/group", &format!("{}:x:{}:{}", group.name, group.gid, group.members.join(",")))?;
    if exists(machine.fs, "/etc/gshadow", &Cred::root()) {
        append_line(machine, process, "/etc/gshadow", &format!("{}:!::{}", group.name, group.members.join(",")))?;
    }
    Ok(())
}

fn add_user(machine: &mut Machine, process: &Process, user: &User) -> Result<(), Errno> {
    let line = format!("{}:x:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.comment, user.home, user.shell);
    append_line(machine, process, "/etc/passwd", &line)?;
    if exists(machine.fs, "/etc/shadow", &Cred::root()) {
        let days = machine.fs.now().div_euclid(86_400);
        append_line(machine, process, "/etc/shadow", &format!("{}:!:{days}:0:99999:7:::", user.name))?;
    }
    Ok(())
}

/// Writes the members of a group anew.
fn add_member(machine: &mut Machine, process: &Process, user: &str, group: &str) -> Result<(), Errno> {
    for file in ["/etc/group", "/etc/gshadow"] {
        let text = etc_file(machine, file);
        let new: String = text
            .lines()
            .map(|line| {
                let mut fields: Vec<&str> = line.split(':').collect();
                let mut members: Vec<&str> = fields.get(3).map_or("", |list| list).split(',').filter(|name| !name.is_empty()).collect();
                if fields.first() == Some(&group) && !members.contains(&user) {
                    members.push(user);
                }
                let list = members.join(",");
                if let Some(last) = fields.get_mut(3) {
                    *last = &list;
                }
                fields.join(":") + "\n"
            })
            .collect();
        if new != text {
            write_etc(machine, process, file, &new)?;
        }
    }
    Ok(())
}

fn make_home(machine: &mut Machine, process: &Process, user: &User, mode: u32, skeleton: bool) -> Result<(), Errno> {
    let root = Cred::root();
    if exists(machine.fs, &user.home, &root) {
        return Ok(());
    }
    if let Some((parent, _)) = user.home.trim_end_matches('/').rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) {
        machine.fs.mkdir_all(parent, 0o755, &root)?;
    }
    machine.fs.mkdir(&user.home, mode, &root)?;
    machine.fs.chown(&user.home, Some(user.uid), Some(user.gid), true, &root)?;
    if skeleton {
        for name in machine.fs.read_dir("/etc/skel", &root).unwrap_or_default() {
            let mut how = super::cp::Copying { recursive: true, preserve: true, ..super::cp::Copying::default() };
            let target = super::input::join(&user.home, &name);
            super::cp::copy(machine, process, &mut how, &format!("/etc/skel/{name}"), &target, true);
            for (path, _) in machine.fs.walk(&target).into_iter().map(|(path, stat)| (path, stat.size)).collect::<Vec<_>>() {
                machine.fs.chown(&path, Some(user.uid), Some(user.gid), false, &root)?;
            }
        }
    }
    Ok(())
}

fn denied(machine: &mut Machine, process: &Process, file: &str, errno: Errno) -> i32 {
    let text = if process.cred.uid != 0 && is_busybox(machine) {
        "must be suid to work properly".to_string()
    } else {
        format!("cannot lock {file}; try again later. ({errno})")
    };
    process.complain(machine, &text);
    1
}

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
        ("key=", 'K'),
        ("skel=", 'k'),
    ];
    let options = match parse(machine, process, "rmMd:s:u:g:G:c:UNolp:b:e:K:k:f:D", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let (known, known_groups) = (users(machine), groups(machine));
    if known.iter().any(|user| user.name == name) {
        process.complain(machine, &format!("user '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let system = options.has('r');
    let uid = match options.value('u') {
        None => free_id(&used, system, Numbering::Down),
        Some(text) => match text.parse() {
            Ok(uid) if used.contains(&uid) && !options.has('o') => {
                process.complain(machine, &format!("UID {uid} is not unique"));
                return 4;
            }
            Ok(uid) => uid,
            Err(_) => {
                process.complain(machine, &format!("invalid user ID '{text}'"));
                return 3;
            }
        },
    };
    let mut supplementary = Vec::new();
    for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
        let found = known_groups.iter().find(|known| known.name == group || Some(known.gid) == group.parse().ok());
        match found {
            Some(found) => supplementary.push(found.name.clone()),
            None => {
                process.complain(machine, &format!("group '{group}' does not exist"));
                return 6;
            }
        }
    }
    let mut new_group = None;
    let gid = match options.value('g') {
        Some(group) => match group_id(machine, group).filter(|gid| known_groups.iter().any(|known| known.gid == *gid)) {
            Some(gid) => gid,
            None => {
                process.complain(machine, &format!("group '{group}' does not exist"));
                return 6;
            }
        },
        None if options.has('N') => 100,
        None => {
            if known_groups.iter().any(|group| group.name == name) {
                process.complain(machine, &format!("group {name} exists - if you want to add this user to that group, use -g."));
                return 9;
            }
            let used: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
            let gid = if used.contains(&uid) { free_id(&used, system, Numbering::Down) } else { uid };
            new_group = Some(Group { name: name.clone(), gid, members: Vec::new() });
            gid
        }
    };
    let home = options.value('d').map_or_else(|| format!("{}/{name}", options.value('b').unwrap_or("/home")), str::to_string);
    let shell = options.value('s').unwrap_or("/bin/sh").to_string();
    let user = User { name, uid, gid, comment: options.value('c').unwrap_or_default().to_string(), home, shell };
    let done = (|| {
        if let Some(group) = &new_group {
            add_group(machine, process, group)?;
        }
        add_user(machine, process, &user)?;
        for group in &supplementary {
            add_member(machine, process, &user.name, group)?;
        }
        // Debian's default: no home without -m, mode 0755 (HOME_MODE 0700 since bookworm's login.defs is commented out).
        if options.has('m') { make_home(machine, process, &user, 0o755, true) } else { Ok(()) }
    })();
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}

/// `adduser` and `addgroup`: busybox's on busybox images, Debian's script elsewhere.
pub fn adduser(machine: &mut Machine, process: &mut Process) -> i32 {
    let busybox = is_busybox(machine);
    let group_command = process.name() == "addgroup";
    let long = [
        ("system", 'S'),
        ("disabled-password", 'D'),
        ("disabled-login", 'D'),
        ("gecos=", 'g'),
        ("comment=", 'g'),
        ("home=", 'h'),
        ("shell=", 's'),
        ("uid=", 'u'),
        ("gid=", if group_command { 'g' } else { 'i' }),
        ("ingroup=", 'G'),
        ("group", 'P'),
        ("no-create-home", 'H'),
        ("quiet", 'q'),
        ("allow-bad-names", 'q'),
        ("force-badname", 'q'),
        ("skel=", 'k'),
    ];
    let short = if group_command { "g:Sq" } else { "h:g:s:G:SDHu:k:qPi:" };
    let options = match parse(machine, process, short, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let Some(name) = options.operands.first().cloned() else { return missing_operand(machine, process) };
    let system = options.has('S');
    // Debian's script prints what it does.
    let say = |machine: &mut Machine, text: &str| {
        if !busybox && !options.has('q') {
            process.out(machine, text);
        }
    };
    let (known, known_groups) = (users(machine), groups(machine));
    if let Some(group) = options.operands.get(1) {
        let (user_known, group_known) = (known.iter().any(|user| user.name == name), known_groups.iter().any(|known| known.name == *group));
        if !user_known || !group_known {
            let text = if user_known { format!("unknown group {group}") } else { format!("unknown user {name}") };
            process.complain(machine, &text);
            return 1;
        }
        say(machine, &format!("Adding user `{name}' to group `{group}' ...\nDone.\n"));
        return match add_member(machine, process, &name, group) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    let used_groups: Vec<u32> = known_groups.iter().map(|group| group.gid).collect();
    if group_command || !busybox && options.has('P') && !system {
        if known_groups.iter().any(|group| group.name == name) {
            let text = if busybox { format!("group '{name}' in use") } else { format!("The group `{name}' already exists.") };
            process.complain(machine, &text);
            return i32::from(busybox || !system);
        }
        let gid = options.value('g').and_then(|text| text.parse().ok()).unwrap_or_else(|| free_id(&used_groups, system, Numbering::Up));
        if used_groups.contains(&gid) {
            let text = if busybox { format!("gid '{gid}' in use") } else { format!("The GID `{gid}' is already in use.") };
            process.complain(machine, &text);
            return 1;
        }
        say(machine, &format!("Adding group `{name}' (GID {gid}) ...\nDone.\n"));
        return match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
            Ok(()) => 0,
            Err(errno) => denied(machine, process, "/etc/group", errno),
        };
    }
    if known.iter().any(|user| user.name == name) {
        let text = if busybox { format!("user '{name}' in use") } else { format!("The user `{name}' already exists.") };
        process.complain(machine, &text);
        return i32::from(busybox || !system);
    }
    let used: Vec<u32> = known.iter().map(|user| user.uid).collect();
    let uid = match options.value('u').map(str::parse::<u32>) {
        Some(Ok(uid)) if used.contains(&uid) => {
            let text = if busybox { format!("uid '{uid}' in use") } else { format!("The UID {uid} is already in use.") };
            process.complain(machine, &text);
            return 1;
        }
        Some(Ok(uid)) => uid,
        _ => free_id(&used, system, Numbering::Up),
    };
    let group = options.value('G').or(options.value('i'));
    let mut new_group = None;
    let gid = match group {
        Some(group) => match known_groups.iter().find(|known| known.name == group || Some(known.gid) == group.parse().ok()) {
            Some(found) => found.gid,
            None => {
                let text = if busybox { format!("unknown group {group}") } else { format!("The group `{group}' does not exist.") };
                process.complain(machine, &text);
                return 1;
            }
        },
        // A system user without a group belongs to nogroup.
        None if system && !options.has('P') => known_groups.iter().find(|group| group.name == "nogroup").map_or(65_534, |group| group.gid),
        None => {
            if known_groups.iter().any(|group| group.name == name) && busybox {
                process.complain(machine, &format!("group name '{name}' is in use"));
                return 1;
            }
            let gid = if used_groups.contains(&uid) { free_id(&used_groups, system, Numbering::Up) } else { uid };
            new_group = Some(Group { name: name.clone(), gid, members: Vec::new() });
            gid
        }
    };
    let home = options.value('h').map_or_else(
        || if system && !busybox { "/nonexistent".to_string() } else { format!("/home/{name}") },
        str::to_string,
    );
    let default_shell = match (system, busybox) {
        (true, true) => "/sbin/nologin",
        (true, false) => "/usr/sbin/nologin",
        (false, true) => "/bin/sh",
        (false, false) => "/bin/bash",
    };
    let comment = options.value('g').map(str::to_string).unwrap_or_else(|| if busybox { "Linux User,,,".to_string() } else { String::new() });
    let user = User { name, uid, gid, comment, home, shell: options.value('s').unwrap_or(default_shell).to_string() };
    say(machine, &format!("Adding user `{}' ...\n", user.name));
    let done = (|| {
        if let Some(group) = &new_group {
            add_group(machine, process, group)?;
        }
        add_user(machine, process, &user)?;
        let wanted = !options.has('H') && user.home != "/nonexistent" && !(system && busybox && !options.has('h'));
        if wanted { make_home(machine, process, &user, if busybox { 0o2755 } else { 0o700 }, !system) } else { Ok(()) }
    })();
    match done {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}

pub fn groupadd(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("system", 'r'), ("gid=", 'g'), ("force", 'f'), ("non-unique", 'o')];
    let options = match parse(machine, process, "rg:foK:p:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let known = groups(machine);
    if known.iter().any(|group| group.name == name) {
        if options.has('f') {
            return 0;
        }
        process.complain(machine, &format!("group '{name}' already exists"));
        return 9;
    }
    let used: Vec<u32> = known.iter().map(|group| group.gid).collect();
    let gid = match options.value('g').map(str::parse::<u32>) {
        Some(Ok(gid)) if used.contains(&gid) && !options.has('o') && !options.has('f') => {
            process.complain(machine, &format!("GID '{gid}' already exists"));
            return 4;
        }
        Some(Ok(gid)) => gid,
        Some(Err(_)) => {
            process.complain(machine, &format!("invalid group ID '{}'", options.value('g').unwrap_or_default()));
            return 3;
        }
        None => free_id(&used, options.has('r'), Numbering::Down),
    };
    match add_group(machine, process, &Group { name, gid, members: Vec::new() }) {
        Ok(()) => 0,
        Err(errno) => denied(machine, process, "/etc/group", errno),
    }
}

pub fn usermod(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("append", 'a'),
        ("groups=", 'G'),
        ("shell=", 's'),
        ("home=", 'd'),
        ("move-home", 'm'),
        ("uid=", 'u'),
        ("gid=", 'g'),
        ("login=", 'l'),
        ("comment=", 'c'),
        ("non-unique", 'o'),
        ("lock", 'L'),
        ("unlock", 'U'),
        ("password=", 'p'),
    ];
    let options = match parse(machine, process, "aG:s:d:mu:g:l:c:oLUp:", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else {
        missing_operand(machine, process);
        return 2;
    };
    let mut known = users(machine);
    let Some(user) = known.iter_mut().find(|user| user.name == name) else {
        process.complain(machine, &format!("user '{name}' does not exist"));
        return 6;
    };
    let old = user.clone();
    let text = |letter: char, default: &str| options.value(letter).unwrap_or(default).to_string();
    user.shell = text('s', &old.shell);
    user.home = text('d', &old.home);
    user.comment = text('c', &old.comment);
    user.name = text('l', &old.name);
    user.uid = options.value('u').and_then(|text| text.parse().ok()).unwrap_or(old.uid);
    if let Some(group) = options.value('g') {
        let Some(gid) = group_id(machine, group) else {
            process.complain(machine, &format!("group '{group}' does not exist"));
            return 6;
        };
        user.gid = gid;
    }
    let user = user.clone();
    let line = format!("{}:x:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.comment, user.home, user.shell);
    let passwd = etc_file(machine, "/etc/passwd");
    let start = format!("{name}:");
    let new: String = passwd.lines().map(|old| if old.starts_with(&start) { line.clone() } else { old.to_string() } + "\n").collect();
    let done = (|| {
        if user != old {
            write_etc(machine, process, "/etc/passwd", &new)?;
        }
        if options.has('m') && user.home != old.home {
            machine.fs.rename(&old.home, &user.home, &Cred::root())?;
        }
        if user.uid != old.uid && exists(machine.fs, &user.home, &Cred::root()) {
            for path in machine.fs.walk(&user.home).into_iter().map(|(path, _)| path).collect::<Vec<_>>() {
                machine.fs.chown(&path, Some(user.uid), None, false, &Cred::root())?;
            }
        }
        for group in options.value('G').unwrap_or_default().split(',').filter(|group| !group.is_empty()) {
            if group_id(machine, group).is_none() {
                return Err(Errno::NoEnt);
            }
            add_member(machine, process, &user.name, group)?;
        }
        Ok(())
    })();
    match done {
        Ok(()) => 0,
        Err(Errno::NoEnt) => {
            process.complain(machine, &format!("group '{}' does not exist", options.value('G').unwrap_or_default()));
            6
        }
        Err(errno) => denied(machine, process, "/etc/passwd", errno),
    }
}

/// userdel, deluser, groupdel, delgroup.
pub fn delete(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("remove", 'r'), ("force", 'f'), ("remove-home", 'r'), ("system", 'S'), ("quiet", 'q')];
    let options = match parse(machine, process, "rfSq", &long) {
        Ok(options) => options,
        Err(_) => return 2,
    };
    let Some(name) = options.operands.first().cloned() else { return missing_operand(machine, process) };
    let is_group = process.name().contains("group");
    let home = users(machine).into_iter().find(|user| user.name == name).map(|user| user.home);
    let found = if is_group { groups(machine).iter().any(|group| group.name == name) } else { home.is_some() };
    if !found {
        let kind = if is_group { "group" } else { "user" };
        let text = if is_busybox(machine) { format!("unknown {kind} {name}") } else { format!("{kind} '{name}' does not exist") };
        process.complain(machine, &text);
        return if is_busybox(machine) { 1 } else { 6 };
    }
    let start = format!("{name}:");
    let files: &[&str] = if is_group { &["/etc/group", "/etc/gshadow"] } else { &["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow"] };
    for file in files {
        let text = etc_file(machine, file);
        let new: String = text.lines().filter(|line| !line.starts_with(&start)).map(|line| format!("{line}\n")).collect();
        if new != text
            && let Err(errno) = write_etc(machine, process, file, &new)
        {
            return denied(machine, process, file, errno);
        }
    }
    if let Some(home) = home.filter(|_| options.has('r')) {
        let _ = machine.fs.remove_all(&home, &Cred::root());
    }
    0
}

/// Changes the password's field: the bytes of a hash that is salted at random are not those of a real build.
pub fn passwd(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().iter().rev().find(|word| !word.starts_with('-')).cloned();
    let names: Vec<String> = if process.name() == "chpasswd" {
        let text = process.stdin_text(machine);
        text.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_string()).collect()
    } else {
        let _ = process.stdin(machine);
        vec![name.unwrap_or_else(|| "root".to_string())]
    };
    for name in names {
        if !users(machine).iter().any(|user| user.name == name) {
            process.complain(machine, &format!("unknown user {name}"));
            return 1;
        }
        let start = format!("{name}:");
        let text = etc_file(machine, "/etc/shadow");
        let new: String = text
            .lines()
            .map(|line| match line.strip_prefix(&start).and_then(|rest| rest.split_once(':')) {
                Some((_, rest)) => format!("{start}$6$simulated$:{rest}\n"),
                None => format!("{line}\n"),
            })
            .collect();
        if new != text
            && let Err(errno) = write_etc(machine, process, "/etc/shadow", &new)
        {
            return denied(machine, process, "/etc/shadow", errno);
        }
    }
    0
}
