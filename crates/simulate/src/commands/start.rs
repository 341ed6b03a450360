//! Starting another command: env, xargs, find -exec, timeout, nice, nohup, time, su, chroot.

use crate::process::{Machine, Process, StartError, execute};

use super::accounts::{groups, user_id, users};
use super::date::duration_ms;
use super::input::{count_in, is_busybox, missing_operand, not_modelled};
use super::options::parse;

/// Runs `arguments` as a child of `process`; complains in the words of the calling command if it cannot.
pub fn start(machine: &mut Machine, process: &Process, arguments: Vec<String>) -> i32 {
    let mut child = process.clone();
    child.args = arguments;
    start_child(machine, process, child)
}

/// As [`start`], with a child that was prepared.
pub fn start_child(machine: &mut Machine, process: &Process, mut child: Process) -> i32 {
    let program = child.args.first().cloned().unwrap_or_default();
    if !machine.step() {
        return 125;
    }
    match execute(machine, &mut child) {
        Ok(status) => status,
        Err(error) => {
            let (reason, status) = match error {
                StartError::NotFound => ("No such file or directory", 127),
                StartError::NotExecutable => ("Permission denied", 126),
            };
            let text = match (process.name(), is_busybox(machine)) {
                ("xargs" | "find", true) | ("xargs", false) => format!("{program}: {reason}"),
                (_, true) => format!("can't execute '{program}': {reason}"),
                ("find" | "env", false) => format!("'{program}': {reason}"),
                (_, false) => format!("failed to run command '{program}': {reason}"),
            };
            process.complain(machine, &text);
            status
        }
    }
}

pub fn env(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("ignore-environment", 'i'), ("unset=", 'u'), ("chdir=", 'C'), ("split-string=", 'S'), ("null", '0')];
    let options = match parse(machine, process, "+iu:C:S:0", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut child = process.clone();
    if options.has('i') || options.operands.first().is_some_and(|first| first == "-") {
        child.env.clear();
    }
    for name in options.values('u') {
        child.env.remove(name);
    }
    if let Some(directory) = options.value('C') {
        child.cwd = process.path(directory);
    }
    let mut words: Vec<String> = options.values('S').flat_map(str::split_whitespace).map(str::to_string).collect();
    words.extend(options.operands.iter().filter(|word| *word != "-").cloned());
    let assignments = words.iter().take_while(|word| word.contains('=')).count();
    for word in words.drain(..assignments) {
        if let Some((name, value)) = word.split_once('=') {
            child.env.insert(name.to_string(), value.to_string());
        }
    }
    if words.is_empty() {
        let text: String = child.env.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        process.out(machine, &text);
        return 0;
    }
    child.args = words;
    start_child(machine, process, child)
}

pub fn printenv(machine: &mut Machine, process: &mut Process) -> i32 {
    let names = process.operands().to_vec();
    if names.is_empty() {
        let text: String = process.env.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        process.out(machine, &text);
        return 0;
    }
    let mut status = 0;
    for name in names {
        match process.env.get(&name).cloned() {
            Some(value) => {
                process.out(machine, &format!("{value}\n"));
            }
            None => status = 1,
        }
    }
    status
}

pub fn xargs(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [
        ("null", '0'),
        ("max-args=", 'n'),
        ("replace=", 'i'),
        ("no-run-if-empty", 'r'),
        ("verbose", 't'),
        ("max-procs=", 'P'),
        ("delimiter=", 'd'),
        ("max-lines=", 'L'),
    ];
    let letters = if is_busybox(machine) { "+0n:I:i::rtP:s:e::E:pxa:o" } else { "+0n:I:i::rtP:d:L:s:e::E:pxa:o" };
    let options = match parse(machine, process, letters, &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut size = None;
    for (letter, what) in [('s', "-s"), ('L', "-L"), ('n', "-n")] {
        if let Some(text) = options.value(letter) {
            match count_in(machine, process, text, 1..=0x7fff_ffff, &format!("number for {what} option")) {
                Ok(count) if letter != 's' => size = Some(count),
                Ok(_) => {}
                Err(status) => return status,
            }
        }
    }
    let replaced = options.has('I').then(|| options.value('I').unwrap_or("{}").to_string());
    let replaced = replaced.or(options.has('i').then(|| options.value('i').unwrap_or("{}").to_string()));
    let text = process.stdin_text(machine);
    // One item is one word, or one line where lines are asked for.
    let separated = |separator: char| -> Vec<String> {
        let mut items: Vec<String> = text.split(separator).map(str::to_string).collect();
        items.pop_if(|last| last.is_empty());
        items
    };
    let items = if options.has('0') {
        separated('\0')
    } else if let Some(delimiter) = options.value('d') {
        separated(super::escapes::unescape(delimiter).chars().next().unwrap_or('\n'))
    } else if replaced.is_some() || options.has('L') {
        separated('\n').into_iter().map(|line| line.trim_start().to_string()).filter(|line| !line.is_empty()).collect()
    } else {
        match words(&text) {
            Ok(words) => words,
            Err(quote) => {
                process.complain(machine, &format!("unmatched {quote} quote"));
                return 1;
            }
        }
    };
    if items.is_empty() && (options.has('r') || replaced.is_some()) {
        return 0;
    }
    let command = if options.operands.is_empty() { vec!["echo".to_string()] } else { options.operands.clone() };
    let size = if replaced.is_some() { 1 } else { size.unwrap_or(usize::MAX) };
    let mut status = 0;
    let chunks: Vec<Vec<String>> = if items.is_empty() {
        vec![Vec::new()]
    } else {
        items.chunks(size.min(items.len())).map(<[String]>::to_vec).collect()
    };
    let mut child_input = process.clone();
    child_input.fds.insert(0, crate::process::Descriptor::null());
    for chunk in chunks {
        let arguments: Vec<String> = match &replaced {
            Some(mark) => {
                let item = chunk.first().cloned().unwrap_or_default();
                command.iter().map(|word| word.replace(mark.as_str(), &item)).collect()
            }
            None => {
                let lines = options.has('L') && !options.has('0');
                let chunk = chunk.iter().flat_map(|item| {
                    if lines { item.split_whitespace().map(str::to_string).collect() } else { vec![item.clone()] }
                });
                command.iter().cloned().chain(chunk).collect()
            }
        };
        if options.has('t') {
            process.err(machine, &format!("{}\n", arguments.join(" ")));
        }
        let program = arguments.first().cloned().unwrap_or_default();
        match start(machine, &child_input, arguments) {
            0 => {}
            255 => {
                process.complain(machine, &format!("{program}: exited with status 255; aborting"));
                return 124;
            }
            failed @ (126 | 127) => return failed,
            _ => status = 123,
        }
        if machine.steps_left == 0 {
            break;
        }
    }
    status
}

/// Words with quotes and backslashes, as xargs reads them; the error names the quote that does not end.
fn words(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next() {
                        Some(next) if next == letter => break,
                        Some('\n') | None => return Err(if letter == '"' { "double" } else { "single" }),
                        Some(next) => word.push(next),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(letters.next()),
            _ if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

pub fn timeout(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("signal=", 's'), ("kill-after=", 'k'), ("preserve-status", 'p'), ("foreground", 'f')];
    let options = match parse(machine, process, "+s:k:pfv", &long) {
        Ok(options) => options,
        Err(_) => return 125,
    };
    let Some((limit, command)) = options.operands.split_first() else { return missing_operand(machine, process) };
    let Some(limit) = duration_ms(limit) else {
        process.complain(machine, &format!("invalid number '{limit}'"));
        return if is_busybox(machine) { 1 } else { 125 };
    };
    if command.is_empty() {
        return missing_operand(machine, process);
    }
    let before = machine.meter.ms;
    let status = start(machine, process, command.to_vec());
    let spent = machine.meter.ms.saturating_sub(before);
    if limit > 0 && spent > limit {
        // What the command would have done after the limit was done: only the time and the status are put right.
        machine.meter.ms = before.saturating_add(limit);
        not_modelled(machine, process, "reached");
        return if options.has('p') || is_busybox(machine) { 143 } else { 124 };
    }
    status
}

pub fn nohup(machine: &mut Machine, process: &mut Process) -> i32 {
    let command = process.operands().to_vec();
    if command.is_empty() { missing_operand(machine, process) } else { start(machine, process, command) }
}

pub fn nice(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+n:c:p:", &[("adjustment=", 'n')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    if options.operands.is_empty() {
        process.out(machine, "0\n");
        return 0;
    }
    start(machine, process, options.operands.clone())
}

pub fn time(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+pvf:o:a", &[]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let before = machine.meter.ms;
    let status = start(machine, process, options.operands.clone());
    let ms = machine.meter.ms.saturating_sub(before);
    let text = if options.has('p') {
        format!("real {}.{:02}\nuser 0.00\nsys 0.00\n", ms / 1000, ms / 10 % 100)
    } else {
        format!("real\t{}m {}.{:02}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n", ms / 60_000, ms / 1000 % 60, ms / 10 % 100)
    };
    process.err(machine, &text);
    status
}

/// `su [-] [USER] [-c COMMAND]`, and gosu, su-exec, runuser, sudo as far as they run a command as somebody else.
pub fn su(machine: &mut Machine, process: &mut Process) -> i32 {
    let long = [("command=", 'c'), ("login", 'l'), ("shell=", 's'), ("preserve-environment", 'm'), ("user=", 'u')];
    let options = match parse(machine, process, "c:ls:mpu:", &long) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let mut operands = options.operands.clone();
    let login = options.has('l') || operands.iter().any(|word| word == "-");
    operands.retain(|word| word != "-");
    let name = options
        .value('u')
        .map(str::to_string)
        .unwrap_or_else(|| if operands.is_empty() { "root".to_string() } else { operands.remove(0) });
    let Some(mut child) = as_user(machine, process, &name) else {
        let text =
            if is_busybox(machine) { format!("unknown user {name}") } else { format!("user {name} does not exist") };
        process.complain(machine, &text);
        return 1;
    };
    if process.cred.uid != 0 && child.cred.uid != process.cred.uid {
        process.complain(machine, "incorrect password");
        return 1;
    }
    let user = users(machine).into_iter().find(|user| user.uid == child.cred.uid);
    let shell = options.value('s').map(str::to_string).or(user.as_ref().map(|user| user.shell.clone()));
    let shell = shell.filter(|shell| !shell.is_empty()).unwrap_or_else(|| "/bin/sh".to_string());
    if login {
        child.cwd = child.env.get("HOME").cloned().unwrap_or_else(|| "/".to_string());
    }
    child.args = vec![shell];
    if let Some(command) = options.value('c') {
        child.args.extend(["-c".to_string(), command.to_string()]);
    }
    child.args.extend(operands);
    start_child(machine, process, child)
}

/// `gosu USER[:GROUP] COMMAND...` and `su-exec`.
pub fn gosu(machine: &mut Machine, process: &mut Process) -> i32 {
    let operands = process.operands().to_vec();
    let Some((name, command)) = operands.split_first().filter(|(_, command)| !command.is_empty()) else {
        return missing_operand(machine, process);
    };
    let name = name.split(':').next().unwrap_or_default();
    let Some(mut child) = as_user(machine, process, name) else {
        process.complain(
            machine,
            &format!(
                "error: failed switching to \"{name}\": unable to find user {name}: no matching entries in passwd file"
            ),
        );
        return 1;
    };
    child.args = command.to_vec();
    start_child(machine, process, child)
}

/// `sudo [-u USER] COMMAND...`, as root.
pub fn sudo(machine: &mut Machine, process: &mut Process) -> i32 {
    let options = match parse(machine, process, "+u:EHnSg:", &[("user=", 'u'), ("preserve-env", 'E')]) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let name = options.value('u').unwrap_or("root").to_string();
    let Some(mut child) = as_user(machine, process, &name) else {
        process.complain(machine, &format!("unknown user {name}"));
        return 1;
    };
    if options.operands.is_empty() {
        return missing_operand(machine, process);
    }
    child.args = options.operands.clone();
    start_child(machine, process, child)
}

/// The process as it would be after changing to a user.
fn as_user(machine: &Machine, process: &Process, name: &str) -> Option<Process> {
    let uid = user_id(machine, name)?;
    let user = users(machine).into_iter().find(|user| user.uid == uid);
    let mut child = process.clone();
    child.cred.uid = uid;
    child.cred.gid = user.as_ref().map_or(0, |user| user.gid);
    let member = |group: &super::accounts::Group| user.as_ref().is_some_and(|user| group.members.contains(&user.name));
    child.cred.groups = groups(machine).into_iter().filter(member).map(|group| group.gid).collect();
    if let Some(user) = user {
        child.env.insert("HOME".to_string(), user.home);
        child.env.insert("USER".to_string(), user.name.clone());
        child.env.insert("LOGNAME".to_string(), user.name);
    }
    Some(child)
}

pub fn chroot(machine: &mut Machine, process: &mut Process) -> i32 {
    not_modelled(machine, process, "");
    i32::from(process.operands().is_empty())
}
