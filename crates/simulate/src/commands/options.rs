//! Options of commands, as getopt reads them: combined letters, values attached or apart, long names, `--`.

use crate::process::{Machine, Process};

use super::applet_options;
use super::input::{is_busybox, not_modelled};

/// The options and operands of one call, in order.
#[derive(Debug, Default)]
pub struct Options {
    /// Each option's letter with its value, if it takes one.
    pub given: Vec<(char, Option<String>)>,
    /// What is left.
    pub operands: Vec<String>,
}

impl Options {
    /// Whether the option was given.
    pub fn has(&self, letter: char) -> bool {
        self.given.iter().any(|(given, _)| *given == letter)
    }

    /// Whether any of the options was given.
    pub fn any(&self, letters: &str) -> bool {
        letters.chars().any(|letter| self.has(letter))
    }

    /// The value of the last time the option was given.
    pub fn value(&self, letter: char) -> Option<&str> {
        self.given.iter().rev().find(|(given, _)| *given == letter).and_then(|(_, value)| value.as_deref())
    }

    /// The values of all the times the option was given.
    pub fn values(&self, letter: char) -> impl Iterator<Item = &str> {
        self.given.iter().filter(move |(given, _)| *given == letter).filter_map(|(_, value)| value.as_deref())
    }

    /// Which of the letters was given last.
    pub fn last_of(&self, letters: &str) -> Option<char> {
        self.given.iter().rev().map(|(given, _)| *given).find(|given| letters.contains(*given))
    }
}

/// Reads the arguments of `process` by a getopt specification, or prints the complaint and returns the exit status.
///
/// In `short` a letter with `:` takes a value, with `::` an optional one that is attached; a leading `+` ends options at
/// the first operand. `long` maps long names to letters; a name that ends in `=` takes a value.
pub fn parse(machine: &mut Machine, process: &Process, short: &str, long: &[(&str, char)]) -> Result<Options, i32> {
    let arguments = process.operands().to_vec();
    let applet = is_busybox(machine) && super::applets::is_applet(process.name());
    // Other builds of busybox, as Alpine's, take more.
    let letters = applet_options::of(process.name()).filter(|_| applet && super::find::is_small_busybox(machine));
    let (short, without_model) =
        letters.map_or((short.to_string(), String::new()), |(letters, _)| applet_options::restricted(short, letters));
    match read(&arguments, &short, &long_options(machine, process, long)) {
        Ok(mut options) => {
            for (letter, _) in options.given.extract_if(.., |(letter, _)| without_model.contains(*letter)) {
                not_modelled(machine, process, &format!("-{letter}"));
            }
            if let Some(operand) = super::misuse::most_operands(process.name())
                .and_then(|most| options.operands.get(most))
                .filter(|_| !is_busybox(machine))
            {
                return Err(super::misuse::extra_operand(machine, process, operand));
            }
            Ok(options)
        }
        Err(message) => {
            let asked = message.strip_prefix("unrecognized option '").and_then(|rest| rest.strip_suffix('\''));
            if let Some(option) = asked.filter(|_| !is_busybox(machine))
                && let Some(status) = super::about::about(machine, process, option)
            {
                return Err(status);
            }
            process.complain(machine, &message);
            if is_busybox(machine) {
                return Err(if process.name() == "sort" { 2 } else { 1 });
            }
            Err(super::misuse::misuse(machine, process))
        }
    }
}

/// The applets of busybox that know long options; the others refuse them.
const APPLETS_WITH_LONG: &[&str] = &[
    "addgroup", "adduser", "chgrp", "chown", "cp", "date", "deluser", "diff", "env", "expand", "install", "mkdir",
    "mktemp", "mv", "nl", "od", "rmdir", "runuser", "sed", "su", "tar", "touch", "unexpand",
];

/// The long options that the command knows on this image.
pub fn long_options<'l>(machine: &Machine, process: &Process, long: &[(&'l str, char)]) -> Vec<(&'l str, char)> {
    let applet = is_busybox(machine) && super::applets::is_applet(process.name());
    if !applet || APPLETS_WITH_LONG.contains(&process.name()) {
        let small = applet && super::find::is_small_busybox(machine);
        let refused = applet_options::of(process.name()).filter(|_| small).map_or("", |(_, refused)| refused);
        let refuses = |name: &str| refused.split(' ').any(|refused| refused == name.trim_end_matches('='));
        return long.iter().filter(|(name, _)| !refuses(name)).copied().collect();
    }
    let kept = ["color=", "full-time", "group-directories-first"];
    long.iter().filter(|(name, _)| matches!(process.name(), "ls" | "grep") && kept.contains(name)).copied().collect()
}

/// How an option takes its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Value,
    Attached,
}

fn takes(short: &str, letter: char) -> Option<Takes> {
    if letter == ':' || letter == '+' {
        return None;
    }
    let (_, rest) = short.split_once(letter)?;
    Some(if rest.starts_with("::") {
        Takes::Attached
    } else if rest.starts_with(':') {
        Takes::Value
    } else {
        Takes::Nothing
    })
}

/// Reads arguments (without the command's name) as [`parse`] does; the error is getopt's sentence.
pub fn read(arguments: &[String], short: &str, long: &[(&str, char)]) -> Result<Options, String> {
    let in_order = short.starts_with('+');
    let mut options = Options::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            options.operands.extend(arguments.by_ref().cloned());
        } else if let Some(named) = argument.strip_prefix("--") {
            let (name, attached) = match named.split_once('=') {
                Some((name, value)) => (name, Some(value.to_string())),
                None => (named, None),
            };
            let (takes_value, letter) =
                long_option(name, long).map_err(|()| format!("unrecognized option '{argument}'"))?;
            let value = match (takes_value, attached) {
                (true, Some(value)) => Some(value),
                (true, None) if takes(short, letter) == Some(Takes::Attached) => None,
                (true, None) => {
                    Some(arguments.next().cloned().ok_or_else(|| format!("option '--{name}' requires an argument"))?)
                }
                (false, Some(_)) => return Err(format!("option '--{name}' doesn't allow an argument")),
                (false, None) => None,
            };
            options.given.push((letter, value));
        } else if argument.len() > 1 && argument.starts_with('-') {
            let mut letters = argument.chars();
            letters.next();
            while let Some(letter) = letters.next() {
                let value = match takes(short, letter) {
                    None => return Err(format!("invalid option -- '{letter}'")),
                    Some(Takes::Nothing) => None,
                    Some(takes) => {
                        let rest = letters.as_str().to_string();
                        letters = "".chars();
                        if !rest.is_empty() {
                            Some(rest)
                        } else if takes == Takes::Attached {
                            None
                        } else {
                            let next = arguments.next().cloned();
                            Some(next.ok_or_else(|| format!("option requires an argument -- '{letter}'"))?)
                        }
                    }
                };
                options.given.push((letter, value));
            }
        } else {
            options.operands.push(argument.clone());
            if in_order {
                options.operands.extend(arguments.by_ref().cloned());
            }
        }
    }
    Ok(options)
}

/// The letter of a long name; unique beginnings count, as getopt_long allows.
fn long_option(name: &str, long: &[(&str, char)]) -> Result<(bool, char), ()> {
    let plain = |entry: &str| entry.trim_end_matches('=').to_string();
    let exact = long.iter().find(|(entry, _)| plain(entry) == name);
    let found = match exact {
        Some(found) => found,
        None => {
            let mut starting = long.iter().filter(|(entry, _)| plain(entry).starts_with(name));
            let first = starting.next().ok_or(())?;
            if starting.any(|(_, letter)| *letter != first.1) {
                return Err(());
            }
            first
        }
    };
    Ok((found.0.ends_with('='), found.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(arguments: &str, short: &str, long: &[(&str, char)]) -> String {
        let arguments: Vec<String> = arguments.split_whitespace().map(str::to_string).collect();
        match read(&arguments, short, long) {
            Ok(options) => {
                let given: String = options
                    .given
                    .iter()
                    .map(|(letter, value)| match value {
                        Some(value) => format!("{letter}={value} "),
                        None => format!("{letter} "),
                    })
                    .collect();
                format!("{given}| {}", options.operands.join(" "))
            }
            Err(message) => message,
        }
    }

    #[test]
    fn options_are_read_as_getopt_does() {
        let long: &[(&str, char)] = &[("recursive", 'r'), ("lines=", 'n')];
        for (arguments, short, expected) in [
            ("-rf a -v b", "rfv", "r f v | a b"),
            ("-rf a -v b", "+rfv", "r f | a -v b"),
            ("-n5 -n 6 x", "n:", "n=5 n=6 | x"),
            ("-i.bak -i x", "i::", "i=.bak i | x"),
            ("--recursive --lines=3 --lines 4", "rn:", "r n=3 n=4 | "),
            ("--rec", "r", "r | "),
            ("-- -r", "r", "| -r"),
            ("-", "r", "| -"),
            ("-z", "r", "invalid option -- 'z'"),
            ("-n", "n:", "option requires an argument -- 'n'"),
            ("--none", "r", "unrecognized option '--none'"),
        ] {
            assert_eq!(given(arguments, short, long), expected, "{arguments}");
        }
    }
}
