//! What the options of ls ask for that more than one of them can say.

use crate::process::{Machine, Process};

use super::glob::glob;
use super::input::is_busybox;
use super::misuse::{choice, misuse};
use super::options::Options;
use super::quoting::{STYLES, Style};
use super::sizes::Unit;

/// How names, sizes and times are written.
#[derive(Default)]
pub struct Look {
    pub style: Style,
    /// The units of -s, where they are not 1024 bytes.
    pub blocks: Option<Unit>,
    /// The units of sizes, where they are not bytes.
    pub sizes: Option<Unit>,
    /// The format of times; where there are two lines, that of old files and that of recent ones.
    pub time: Option<String>,
    pub author: bool,
    pub end: char,
    without_backups: bool,
    ignored: Vec<String>,
    hidden: Vec<String>,
}

impl Look {
    /// Reads them; words that stand for letters become those letters. The status after a complaint.
    pub fn of(machine: &mut Machine, process: &Process, mut options: Options) -> Result<(Options, Look), i32> {
        let mut look = Look { end: '\n', ..Look::default() };
        if is_busybox(machine) {
            if options.has('Q') {
                look.style = Style::C(true);
            }
            return Ok((options, look));
        }
        let given = std::mem::take(&mut options.given);
        for (letter, value) in given {
            let value = value.unwrap_or_default();
            // What GNU's tools say where a word is none of theirs.
            let mut word = |option: &str, words: &[&[&'static str]]| {
                choice(machine, process, option, &value, words).map_err(|_| 1)
            };
            let letter = match letter {
                'O' => {
                    match word("--sort", &[&["none"], &["time"], &["size"], &["extension"], &["version"], &["width"]])?
                    {
                        "none" => 'U',
                        "time" => 't',
                        "size" => 'S',
                        "extension" => 'X',
                        "version" => 'v',
                        _ => {
                            options.given.push(('O', None));
                            'v'
                        }
                    }
                }
                'W' => {
                    let times: [&[&str]; 4] = [
                        &["atime", "access", "use"],
                        &["ctime", "status"],
                        &["mtime", "modification"],
                        &["birth", "creation"],
                    ];
                    word("--time", &times)?;
                    continue;
                }
                '6' => {
                    let formats: [&[&str]; 5] = [
                        &["verbose", "long"],
                        &["commas"],
                        &["horizontal", "across"],
                        &["vertical"],
                        &["single-column"],
                    ];
                    match word("--format", &formats)? {
                        "verbose" => 'l',
                        "commas" => 'm',
                        "horizontal" => 'x',
                        "vertical" => 'C',
                        _ => '1',
                    }
                }
                '8' => match word("--indicator-style", &[&["none"], &["slash"], &["file-type"], &["classify"]])? {
                    "slash" => 'p',
                    "file-type" => '5',
                    "classify" => 'F',
                    _ => continue,
                },
                'K' if !value.is_empty() => {
                    word(
                        "--color",
                        &[&["always", "yes", "force"], &["never", "no", "none"], &["auto", "tty", "if-tty"]],
                    )?;
                    'K'
                }
                '9' => {
                    let words: Vec<[&str; 1]> = STYLES.iter().map(|(name, _)| [*name]).collect();
                    let words: Vec<&[&str]> = words.iter().map(|word| word.as_slice()).collect();
                    let name = word("--quoting-style", &words)?;
                    look.style =
                        STYLES.iter().find(|(known, _)| *known == name).map(|(_, style)| *style).unwrap_or_default();
                    continue;
                }
                '4' => {
                    let Some(unit) = Unit::read(&value) else {
                        process.complain(machine, &format!("invalid --block-size argument '{value}'"));
                        return Err(2);
                    };
                    (look.blocks, look.sizes) = (Some(unit), Some(unit));
                    continue;
                }
                'E' => {
                    look.time = Some(time_style(machine, process, &value)?);
                    continue;
                }
                letter => letter,
            };
            match letter {
                'h' => (look.blocks, look.sizes) = (Some(Unit::Human(1024)), Some(Unit::Human(1024))),
                '2' => (look.blocks, look.sizes) = (Some(Unit::Human(1000)), Some(Unit::Human(1000))),
                'Q' => look.style = Style::C(true),
                'b' => look.style = Style::Escape,
                'q' => look.style = Style::Shown,
                'N' => look.style = Style::Literal,
                'I' => look.ignored.push(value.clone()),
                '7' => look.hidden.push(value.clone()),
                '3' => look.author = true,
                'B' => look.without_backups = true,
                '0' => look.end = '\0',
                'w' | 'T' if value.parse::<u64>().is_err() => {
                    let what = if letter == 'w' { "line width" } else { "tab size" };
                    process.complain(machine, &format!("invalid {what}: '{value}'"));
                    return Err(2);
                }
                // -f: all of them, as they are there.
                'f' => options.given.extend([('a', None), ('U', None)]),
                _ => {}
            }
            options.given.push((letter, Some(value)));
        }
        Ok((options, look))
    }

    /// Whether a name in a directory is shown.
    pub fn shows(&self, options: &Options, name: &str) -> bool {
        let fits = |globs: &[String]| globs.iter().any(|pattern| glob(pattern, name, false));
        let hidden = !options.any("aA") && fits(&self.hidden);
        let backup = self.without_backups && name.ends_with('~');
        !(fits(&self.ignored) || hidden || backup)
    }
}

fn time_style(machine: &mut Machine, process: &Process, value: &str) -> Result<String, i32> {
    if let Some(format) = value.strip_prefix('+') {
        return Ok(format.to_string());
    }
    Ok(match value.strip_prefix("posix-").unwrap_or(value) {
        "full-iso" => "%F %T.000000000 %z",
        "long-iso" => "%F %H:%M",
        "iso" => "%F \n%m-%d %H:%M",
        "locale" => "%b %e  %Y\n%b %e %H:%M",
        _ => {
            process.complain(machine, &format!("invalid argument '{value}' for 'time style'"));
            process.err(
                machine,
                "Valid arguments are:\n  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n  - \
                 [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format\n",
            );
            return Err(misuse(machine, process));
        }
    }
    .to_string())
}
