//! The arguments of tools that take options anywhere and know more of them than a model needs: npm, pip, composer, gem.

/// The arguments of one call: options by name, and what is left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    options: Vec<(String, Option<String>)>,
    /// What is no option, in order.
    pub operands: Vec<String>,
    /// What stands behind `--`.
    pub rest: Vec<String>,
}

impl Words {
    /// Reads arguments. `valued` are the options that take the next word as their value where none is attached: `--omit`,
    /// `-r`. All others stand alone; letters behind one dash are options of their own.
    pub fn read(arguments: &[String], valued: &[&str]) -> Words {
        let mut words = Words::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                words.rest.extend(arguments.by_ref().cloned());
            } else if argument.starts_with("--") {
                let (name, value) = match argument.split_once('=') {
                    Some((name, value)) => (name.to_string(), Some(value.to_string())),
                    None if valued.contains(&argument.as_str()) => (argument.clone(), arguments.next().cloned()),
                    None => (argument.clone(), None),
                };
                words.options.push((name, value));
            } else if argument.len() > 1 && argument.starts_with('-') {
                let mut letters = argument.chars().skip(1);
                while let Some(letter) = letters.next() {
                    let name = format!("-{letter}");
                    if valued.contains(&name.as_str()) {
                        let attached: String = letters.by_ref().collect();
                        let value = if attached.is_empty() {
                            arguments.next().cloned()
                        } else {
                            Some(attached.trim_start_matches('=').to_string())
                        };
                        words.options.push((name, value));
                    } else {
                        words.options.push((name, None));
                    }
                }
            } else {
                words.operands.push(argument.clone());
            }
        }
        words
    }

    /// Whether one of the names was given, and not as `--name=false`.
    pub fn has(&self, names: &[&str]) -> bool {
        self.options.iter().any(|(name, value)| names.contains(&name.as_str()) && value.as_deref() != Some("false"))
    }

    /// The value that one of the names was given last.
    pub fn value(&self, names: &[&str]) -> Option<&str> {
        self.options
            .iter()
            .rev()
            .find(|(name, _)| names.contains(&name.as_str()))
            .and_then(|(_, value)| value.as_deref())
    }

    /// All values that the names were given.
    pub fn values<'w>(&'w self, names: &'w [&'w str]) -> impl Iterator<Item = &'w str> {
        self.options.iter().filter(|(name, _)| names.contains(&name.as_str())).filter_map(|(_, value)| value.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_wherever_they_stand() {
        let read = |text: &str| {
            let arguments: Vec<String> = text.split_whitespace().map(str::to_string).collect();
            Words::read(&arguments, &["--omit", "-r"])
        };
        let words = read("ci --omit dev -gy --omit=peer -rfile -r other --prod=false x -- --y");
        assert_eq!(words.operands, ["ci", "x"]);
        assert_eq!(words.rest, ["--y"]);
        assert_eq!(words.values(&["--omit"]).collect::<Vec<_>>(), ["dev", "peer"]);
        assert_eq!(words.values(&["-r"]).collect::<Vec<_>>(), ["file", "other"]);
        assert!(words.has(&["-g", "--global"]) && words.has(&["-y"]) && !words.has(&["--prod"]));
        assert_eq!(read("--omit").value(&["--omit"]), None);
    }
}
