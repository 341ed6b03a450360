//! What members are called: names rewritten by `--transform`, and made relative.

use crate::process::{Machine, Process};

use super::super::sed::Rewrite;

/// The replacements of `--transform`, as sed writes them.
#[derive(Default)]
pub struct Transform {
    rewrites: Vec<Rewrite>,
}

impl Transform {
    /// Reads the expressions; the error is the one that is none.
    pub fn read<'e>(expressions: impl Iterator<Item = &'e str>) -> Result<Transform, String> {
        let mut rewrites = Vec::new();
        for expression in expressions {
            for part in parts(expression).ok_or_else(|| expression.to_string())? {
                rewrites.push(Rewrite::read(&part.0, part.1).map_err(|_| expression.to_string())?);
            }
        }
        Ok(Transform { rewrites })
    }

    /// The name that a member gets.
    pub fn of(&self, name: &str) -> String {
        self.rewrites.iter().fold(name.to_string(), |name, rewrite| rewrite.of(&name))
    }

    /// Whether names stay as they are.
    pub fn is_empty(&self) -> bool {
        self.rewrites.is_empty()
    }
}

/// The expressions `s/…/…/flags` of a list with `;` between, without tar's own flags; `true` where they are extended.
fn parts(list: &str) -> Option<Vec<(String, bool)>> {
    let mut found = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let delimiter = rest.strip_prefix('s')?.chars().next()?;
        let (mut end, mut seen, mut escaped) = (None, 0, false);
        for (at, letter) in rest.char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if letter == '\\' {
                escaped = true;
            } else if letter == delimiter {
                seen += 1;
                if seen == 3 {
                    end = Some(at + letter.len_utf8());
                    break;
                }
            }
        }
        let (body, after) = rest.split_at_checked(end?)?;
        let (flags, after) = after.split_once(';').unwrap_or((after, ""));
        // Which kinds of names it is for (r, s, h and their capitals) is all of them unless said otherwise.
        let kept: String = flags.chars().filter(|flag| !"xrRsShH".contains(*flag)).collect();
        found.push((format!("{body}{kept}"), flags.contains('x')));
        rest = after;
    }
    Some(found)
}

/// The name of a member without what leads out of the folder it is unpacked in, with a word about that.
pub fn relative(machine: &mut Machine, process: &Process, name: &str, told: &mut Vec<String>) -> String {
    let parts: Vec<&str> = name.split('/').collect();
    let kept = match parts.iter().rposition(|part| *part == "..") {
        Some(at) => parts.get(at + 1..).unwrap_or_default().join("/"),
        None => name.to_string(),
    };
    let kept = kept.trim_start_matches('/');
    let removed = name.get(..name.len() - kept.len()).unwrap_or_default();
    if !removed.is_empty() && !told.iter().any(|told| told == removed) {
        told.push(removed.to_string());
        process.complain(machine, &format!("Removing leading `{removed}' from member names"));
    }
    if kept.is_empty() { ".".to_string() } else { kept.to_string() }
}
