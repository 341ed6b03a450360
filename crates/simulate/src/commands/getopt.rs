//! getopt: the options of scripts, put in order and quoted (util-linux).

use crate::process::{Machine, Process};

use super::input::is_busybox;
use super::misuse::refuse;

/// How an option takes its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Value,
    Attached,
}

#[derive(Default)]
struct Settings {
    short: Option<String>,
    long: Vec<(String, u8)>,
    name: Option<String>,
    alternative: bool,
    quiet: bool,
    no_output: bool,
    unquoted: bool,
    csh: bool,
}

pub fn getopt(machine: &mut Machine, process: &mut Process) -> i32 {
    let arguments = process.operands().to_vec();
    let mut settings = Settings::default();
    let first = arguments.first();
    let mut rest = arguments.clone();
    if first.is_some_and(|first| !first.starts_with('-')) {
        // The old way: the options first, and nothing is quoted.
        settings.unquoted = true;
    } else {
        let long = [
            ("alternative", 'a'),
            ("help", 'h'),
            ("longoptions=", 'l'),
            ("name=", 'n'),
            ("options=", 'o'),
            ("quiet", 'q'),
            ("quiet-output", 'Q'),
            ("shell=", 's'),
            ("test", 'T'),
            ("unquoted", 'u'),
        ];
        let read = match super::options::parse(machine, process, "+ao:l:n:qQs:TuhV", &long) {
            Ok(read) => read,
            Err(_) => return 2,
        };
        for (letter, value) in read.given {
            let value = value.unwrap_or_default();
            match letter {
                'a' => settings.alternative = true,
                'l' => {
                    let names = value.split([',', ' ', '\t', '\n']).filter(|name| !name.is_empty());
                    settings.long.extend(names.map(|name| {
                        let plain = name.trim_end_matches(':');
                        (plain.to_string(), u8::try_from(name.len() - plain.len()).unwrap_or(2))
                    }));
                }
                'n' => settings.name = Some(value),
                'o' => settings.short = Some(value),
                'q' => settings.quiet = true,
                'Q' => settings.no_output = true,
                's' => match value.as_str() {
                    "sh" | "bash" => settings.csh = false,
                    "csh" | "tcsh" => settings.csh = true,
                    _ => {
                        refuse(machine, process, "unknown shell after -s or --shell argument");
                        return 2;
                    }
                },
                'T' => return 4,
                'u' => settings.unquoted = true,
                _ => {}
            }
        }
        rest = read.operands;
    }
    let short = match settings.short.take() {
        Some(short) => short,
        None if rest.is_empty() => {
            if first.is_none() && is_busybox(machine) {
                return super::input::missing_operand(machine, process);
            }
            refuse(machine, process, "missing optstring argument");
            return 2;
        }
        None => rest.remove(0),
    };
    if settings.unquoted
        && rest.first().is_some_and(|first| first == "--")
        && settings.long.is_empty()
        && first != Some(&short)
    {
        rest.remove(0);
    }
    let mut reading = Reading { settings: &settings, short: &short, output: String::new(), wrong: Vec::new() };
    let operands = reading.all(&rest);
    reading.output.push_str(" --");
    for operand in operands {
        reading.put(&operand);
    }
    let Reading { output, wrong, .. } = reading;
    if !settings.quiet {
        for message in &wrong {
            let name = settings.name.as_deref().unwrap_or("getopt");
            process.err(machine, &format!("{name}: {message}\n"));
        }
    }
    if !settings.no_output {
        process.out(machine, &format!("{output}\n"));
    }
    i32::from(!wrong.is_empty())
}

struct Reading<'s> {
    settings: &'s Settings,
    short: &'s str,
    output: String,
    wrong: Vec<String>,
}

impl Reading<'_> {
    /// Adds a word, quoted for the shell.
    fn put(&mut self, word: &str) {
        self.output.push(' ');
        if self.settings.unquoted {
            self.output.push_str(word);
            return;
        }
        self.output.push('\'');
        for letter in word.chars() {
            match letter {
                '\'' => self.output.push_str("'\\''"),
                '!' if self.settings.csh => self.output.push_str("'\\!'"),
                '\n' if self.settings.csh => self.output.push_str("\\n"),
                '\\' if self.settings.csh => self.output.push_str("\\\\"),
                _ if self.settings.csh && letter.is_whitespace() => {
                    self.output.push('\'');
                    self.output.push('\\');
                    self.output.push(letter);
                    self.output.push('\'');
                }
                _ => self.output.push(letter),
            }
        }
        self.output.push('\'');
    }

    /// Reads all arguments; what is no option.
    fn all(&mut self, arguments: &[String]) -> Vec<String> {
        let in_order = self.short.starts_with('+');
        let in_place = self.short.starts_with('-');
        let mut operands = Vec::new();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            if argument == "--" {
                operands.extend(rest.by_ref().cloned());
            } else if let Some(name) = argument.strip_prefix("--") {
                self.long("--", name, &mut rest);
            } else if argument.len() > 1 && argument.starts_with('-') {
                let name = argument.get(1..).unwrap_or_default();
                let plain = name.split('=').next().unwrap_or_default();
                let known = self.settings.long.iter().any(|(long, _)| long.starts_with(plain));
                let lone_letter = plain.chars().count() == 1
                    && plain.chars().next().is_some_and(|letter| self.takes(letter).is_some());
                if self.settings.alternative && known && !lone_letter {
                    self.long("-", name, &mut rest);
                } else {
                    self.letters(name, &mut rest);
                }
            } else if in_place {
                self.put(argument);
            } else {
                operands.push(argument.clone());
                if in_order {
                    operands.extend(rest.by_ref().cloned());
                }
            }
        }
        operands
    }

    fn takes(&self, letter: char) -> Option<Takes> {
        let letters = self.short.trim_start_matches(['+', '-']);
        let (_, after) = letters.split_once(letter).filter(|_| letter != ':')?;
        Some(if after.starts_with("::") {
            Takes::Attached
        } else if after.starts_with(':') {
            Takes::Value
        } else {
            Takes::Nothing
        })
    }

    fn letters<'a>(&mut self, letters: &str, rest: &mut impl Iterator<Item = &'a String>) {
        let mut letters = letters.chars();
        while let Some(letter) = letters.next() {
            let attached = letters.as_str();
            match self.takes(letter) {
                None => self.wrong.push(format!("invalid option -- '{letter}'")),
                Some(Takes::Nothing) => self.output.push_str(&format!(" -{letter}")),
                Some(Takes::Attached) => {
                    self.output.push_str(&format!(" -{letter}"));
                    self.put(attached);
                    return;
                }
                Some(Takes::Value) => {
                    let next = if attached.is_empty() { rest.next().map(String::as_str) } else { Some(attached) };
                    match next {
                        Some(value) => {
                            self.output.push_str(&format!(" -{letter}"));
                            self.put(value);
                        }
                        None => self.wrong.push(format!("option requires an argument -- '{letter}'")),
                    }
                    return;
                }
            }
        }
    }

    fn long<'a>(&mut self, dashes: &str, text: &str, rest: &mut impl Iterator<Item = &'a String>) {
        let (name, attached) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let exact = self.settings.long.iter().find(|(long, _)| long == name);
        let beginning: Vec<&(String, u8)> =
            self.settings.long.iter().filter(|(long, _)| long.starts_with(name)).collect();
        let (found, takes) = match (exact, beginning.as_slice()) {
            (Some(found), _) => found,
            (None, [found]) => *found,
            (None, []) => {
                self.wrong.push(format!("unrecognized option '{dashes}{name}'"));
                return;
            }
            (None, several) => {
                let names: String = several.iter().map(|(long, _)| format!(" '{dashes}{long}'")).collect();
                self.wrong.push(format!("option '{dashes}{text}' is ambiguous; possibilities:{names}"));
                return;
            }
        };
        let value = match (takes, attached) {
            (0, Some(_)) => {
                self.wrong.push(format!("option '{dashes}{found}' doesn't allow an argument"));
                return;
            }
            (0, None) => None,
            (1, None) => match rest.next() {
                Some(value) => Some(value.as_str()),
                None => {
                    self.wrong.push(format!("option '{dashes}{found}' requires an argument"));
                    return;
                }
            },
            (_, attached) => Some(attached.unwrap_or_default()),
        };
        self.output.push_str(&format!(" --{found}"));
        if let Some(value) = value {
            self.put(value);
        }
    }
}
