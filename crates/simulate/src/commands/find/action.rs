//! The actions of a find command.

use crate::process::{Machine, OpenMode, Process};

use super::parse::{Parser, Test};
use super::print::unknown_parts;

impl Parser<'_> {
    pub fn action(&mut self, word: &str, machine: &mut Machine, process: &Process) -> Result<Test, String> {
        // The file comes first, whatever else the action takes.
        let output = match word {
            "-fprint" | "-fprint0" | "-fprintf" | "-fls" => Some(self.output(word, machine, process)?),
            _ => None,
        };
        let test = match word {
            "-print" | "-fprint" => Test::Print,
            "-print0" | "-fprint0" => Test::Print0,
            "-ls" | "-fls" => Test::Listing,
            "-printf" | "-fprintf" => {
                let format = self.value(word)?;
                for (part, is_escape) in unknown_parts(&format).into_iter().filter(|_| self.gnu) {
                    let kind = if is_escape { "escape" } else { "format directive" };
                    process.complain(machine, &format!("warning: unrecognized {kind} `{part}'"));
                }
                if self.gnu && format.replace("%%", "").ends_with('%') {
                    return Err("error: % at end of format string".to_string());
                }
                Test::Format(format)
            }
            "-quit" => Test::Quit,
            "-delete" => {
                self.plan.depth_first = true;
                Test::Delete
            }
            _ => self.command(word)?,
        };
        Ok(match output {
            Some(output) => Test::To { output, test: Box::new(test) },
            None => test,
        })
    }

    /// The file that an action writes to, the same for all that name it.
    fn output(
        &mut self,
        word: &str,
        machine: &mut Machine,
        process: &Process,
    ) -> Result<crate::process::Descriptor, String> {
        let name = self.value(word)?;
        if word == "-fprintf" && self.words.peek().is_none() {
            return Err(format!("invalid argument `{name}' to `{word}'"));
        }
        if let Some((_, output)) = self.outputs.iter().find(|(known, _)| *known == name) {
            return Ok(output.clone());
        }
        let opened = process.open(machine, &name, OpenMode::Truncate);
        let output = opened.map_err(|errno| format!("'{name}': {errno}"))?;
        self.outputs.push((name, output.clone()));
        Ok(output)
    }

    fn command(&mut self, word: &str) -> Result<Test, String> {
        let mut words: Vec<String> = Vec::new();
        let asks = matches!(word, "-ok" | "-okdir");
        let together = loop {
            match self.words.next().map(String::as_str) {
                Some(";") => break false,
                Some("+") if words.last().is_some_and(|word| word == "{}") && !asks => break true,
                Some(word) => words.push(word.to_string()),
                None if self.small => return Err(format!("{word} requires an argument")),
                None => return Err(format!("missing argument to `{word}'")),
            }
        };
        if words.is_empty() {
            return Err(if self.gnu {
                format!("invalid argument `;' to `{word}'")
            } else {
                format!("{word} requires an argument")
            });
        }
        if together && self.gnu && words.iter().filter(|word| word.contains("{}")).count() > 1 {
            return Err(format!("Only one instance of {{}} is supported with {word} ... +"));
        }
        let together = together.then(|| {
            words.pop();
            self.plan.collected += 1;
            self.plan.collected - 1
        });
        // Who is asked is not there: standard input of a step is empty.
        if asks && !self.gnu {
            return Ok(Test::Not(Box::new(Test::True)));
        }
        Ok(Test::Exec { words, together, inside: word.ends_with("dir"), asks })
    }
}
