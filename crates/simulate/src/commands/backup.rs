//! The backups that cp, mv, ln and install of GNU make of what they replace.

use filesystem::Errno;

use crate::process::{Machine, Process};

use super::input::last_part;
use super::misuse::choice;
use super::node::exists;
use super::options::Options;

/// The long options of those that make backups; `b` and `S` are the short ones.
pub const LONG: [(&str, char); 2] = [("backup=", '9'), ("suffix=", 'S')];

/// The highest number of a backup that is looked for.
const NUMBER_LIMIT: u32 = 10_000;

/// How what is replaced is kept.
#[derive(Clone, Debug)]
pub struct Backup {
    suffix: String,
    /// Numbered: always, or where there are numbered ones already.
    always: bool,
    existing: bool,
}

impl Backup {
    /// What the options ask for; `None` for no backup.
    pub fn of(machine: &mut Machine, process: &Process, options: &Options) -> Result<Option<Backup>, i32> {
        if !options.any("b9S") {
            return Ok(None);
        }
        let control = options.value('9').map(str::to_string).or_else(|| process.env.get("VERSION_CONTROL").cloned());
        let kinds: [&[&str]; 4] = [&["none", "off"], &["simple", "never"], &["existing", "nil"], &["numbered", "t"]];
        let kind = match &control {
            Some(control) => choice(machine, process, "backup type", control, &kinds).map_err(|_| 1)?,
            None => "existing",
        };
        let suffix = options.value('S').map(str::to_string);
        let suffix = suffix.or_else(|| process.env.get("SIMPLE_BACKUP_SUFFIX").cloned());
        Ok((kind != "none").then(|| Backup {
            suffix: suffix.unwrap_or_else(|| "~".to_string()),
            always: kind == "numbered",
            existing: kind == "existing",
        }))
    }

    /// Moves what is at a path out of the way; the name that it got, if there was something.
    pub fn make(&self, machine: &mut Machine, process: &Process, name: &str) -> Result<Option<String>, Errno> {
        let path = process.path(name);
        let path = path.trim_end_matches('/');
        if !exists(machine.fs, path, &process.cred) {
            return Ok(None);
        }
        let base = last_part(path);
        let folder = path.rsplit_once('/').map_or("/", |(folder, _)| if folder.is_empty() { "/" } else { folder });
        let names = machine.fs.read_dir(folder, &process.cred).unwrap_or_default();
        let number_of =
            |other: &String| other.strip_prefix(base)?.strip_prefix(".~")?.strip_suffix('~')?.parse::<u32>().ok();
        let highest = names.iter().filter_map(number_of).max();
        let suffix = match highest {
            _ if self.always => format!(".~{}~", highest.unwrap_or(0).min(NUMBER_LIMIT) + 1),
            Some(highest) if self.existing => format!(".~{}~", highest.min(NUMBER_LIMIT) + 1),
            _ => self.suffix.clone(),
        };
        machine.fs.rename(path, &format!("{path}{suffix}"), &process.cred)?;
        Ok(Some(format!("{}{suffix}", name.trim_end_matches('/'))))
    }
}
