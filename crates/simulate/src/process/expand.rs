//! Words to fields: tilde, parameters, substitutions, arithmetic, splitting, file names.

use filesystem::Content;
use shell::{Dialect, Part, Script, Word};

use super::pattern::{Glyph, glyphs, has_wildcards, text};
use super::shell::{Flow, Shell};
use super::{Descriptor, Machine, glob, text_of};

/// Fields as they come out of expansion.
pub(super) type Expanded<T> = Result<T, Flow>;

/// The most characters that the words of one command may become.
const MAX_CHARACTERS: usize = 4 << 20;

/// The fields of a word while they are being made.
#[derive(Debug, Default)]
pub(super) struct Fields {
    done: Vec<Vec<Glyph>>,
    current: Vec<Glyph>,
    /// Whether the current field exists though it may be empty.
    started: bool,
    /// Whether blanks have just ended a field: a separator right behind belongs to them.
    after_blanks: bool,
    /// Whether values are split at IFS.
    split: bool,
    /// Whether `"$@"` has just given nothing.
    vanished: bool,
}

impl Fields {
    pub(super) fn new(split: bool) -> Fields {
        Fields { split, ..Fields::default() }
    }

    /// Adds text that is not split.
    pub(super) fn push(&mut self, text: &str, quoted: bool) {
        self.current.extend(glyphs(text, quoted));
        self.after_blanks = false;
    }

    /// Ends the current field, which is dropped where it is empty and not started.
    pub(super) fn end(&mut self) {
        if self.started || !self.current.is_empty() {
            self.done.push(std::mem::take(&mut self.current));
        }
        self.started = false;
    }

    /// Adds a value that is split at the characters of `ifs`.
    pub(super) fn push_split(&mut self, text: &str, ifs: &str) {
        if !self.split {
            self.push(text, false);
            return;
        }
        for character in text.chars() {
            if !ifs.contains(character) {
                self.current.push(Glyph { character, quoted: false });
                self.after_blanks = false;
            } else if character.is_ascii_whitespace() {
                if self.started || !self.current.is_empty() {
                    self.end();
                    self.after_blanks = true;
                }
            } else if self.after_blanks {
                self.after_blanks = false;
            } else {
                self.started = true;
                self.end();
            }
        }
    }

    /// Adds several values: each a field of its own where they are split.
    pub(super) fn push_all(&mut self, values: &[String], quoted: bool, ifs: &str) {
        if values.is_empty() {
            self.vanished = true;
        }
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                if self.split {
                    if quoted {
                        self.started = true;
                    }
                    self.end();
                } else {
                    let first = ifs.chars().next();
                    self.push(&first.map(String::from).unwrap_or_default(), quoted);
                }
            }
            if quoted {
                self.started = true;
                self.push(value, true);
            } else {
                self.push_split(value, ifs);
            }
        }
    }

    fn finish(mut self) -> Vec<Vec<Glyph>> {
        self.end();
        self.done
    }

    fn length(&self) -> usize {
        self.current.len() + self.done.iter().map(Vec::len).sum::<usize>()
    }
}

impl Shell {
    /// The fields of words: the arguments of a command.
    pub(super) fn expand_words(&mut self, machine: &mut Machine<'_>, words: &[Word]) -> Expanded<Vec<String>> {
        let mut fields = Vec::new();
        // The arguments of export and its like are assignments: they are not split.
        let declares = matches!(
            words.first().map(|word| word.parts.as_slice()),
            Some([Part::Literal(name)]) if matches!(name.as_str(), "export" | "readonly" | "local" | "declare" | "typeset")
        );
        let bash = self.dialect == Dialect::Bash;
        for word in words {
            let assignment = declares
                && matches!(word.parts.first(), Some(Part::Literal(text)) if text.split_once('=').is_some_and(|(name, _)| super::shell::is_name(name)));
            if assignment {
                fields.push(self.expand_text(machine, word)?);
            } else if bash {
                for word in shell::expand_braces(word) {
                    self.expand_fields(machine, &word, &mut fields)?;
                }
            } else {
                self.expand_fields(machine, word, &mut fields)?;
            }
        }
        Ok(fields)
    }

    fn expand_fields(&mut self, machine: &mut Machine<'_>, word: &Word, out: &mut Vec<String>) -> Expanded<()> {
        if let [Part::Literal(text)] = word.parts.as_slice()
            && !text.contains(['*', '?', '[', '('])
        {
            out.push(text.clone());
            return Ok(());
        }
        let mut fields = Fields::new(true);
        self.expand_parts(machine, &word.parts, false, false, &mut fields)?;
        for field in fields.finish() {
            let groups = self.shopt("extglob") && super::extended::has_groups(&field);
            if !self.options.noglob && (groups || has_wildcards(&field)) {
                let manner = glob::Manner {
                    extended: groups,
                    dots: self.shopt("dotglob"),
                    deep: self.shopt("globstar"),
                    fold: self.shopt("nocaseglob"),
                };
                let names = glob::expand(machine, &self.process, &field, manner);
                if !names.is_empty() {
                    out.extend(names);
                    continue;
                }
                if self.shopt("nullglob") {
                    continue;
                }
                if self.shopt("failglob") {
                    return Err(self.fatal(machine, &format!("no match: {}", text(&field))));
                }
            }
            out.push(text(&field));
        }
        Ok(())
    }

    /// A word as one text: assignments, redirections, `case`.
    pub(super) fn expand_text(&mut self, machine: &mut Machine<'_>, word: &Word) -> Expanded<String> {
        Ok(text(&self.expand_pattern(machine, word)?))
    }

    /// A word as one text that knows what was quoted: a pattern.
    pub(super) fn expand_pattern(&mut self, machine: &mut Machine<'_>, word: &Word) -> Expanded<Vec<Glyph>> {
        let mut fields = Fields::new(false);
        self.expand_parts(machine, &word.parts, false, false, &mut fields)?;
        Ok(fields.finish().into_iter().next().unwrap_or_default())
    }

    /// The text of a here-document, or of an arithmetic expression.
    pub(super) fn expand_quoted(&mut self, machine: &mut Machine<'_>, parts: &[Part]) -> Expanded<String> {
        let mut fields = Fields::new(false);
        self.expand_parts(machine, parts, true, false, &mut fields)?;
        Ok(fields.finish().first().map(|field| text(field)).unwrap_or_default())
    }

    /// Expands parts into `fields`. `in_value`: inside `${x-…}`, where literal text is split as a value is.
    pub(super) fn expand_parts(
        &mut self,
        machine: &mut Machine<'_>,
        parts: &[Part],
        quoted: bool,
        in_value: bool,
        fields: &mut Fields,
    ) -> Expanded<()> {
        if !machine.deeper() {
            return Err(self.stopped());
        }
        let result = self.expand_parts_inside(machine, parts, quoted, in_value, fields);
        machine.depth = machine.depth.saturating_sub(1);
        result
    }

    fn expand_parts_inside(
        &mut self,
        machine: &mut Machine<'_>,
        parts: &[Part],
        quoted: bool,
        in_value: bool,
        fields: &mut Fields,
    ) -> Expanded<()> {
        for part in parts {
            match part {
                Part::Literal(text) if in_value && !quoted => {
                    let ifs = self.separators();
                    fields.push_split(text, &ifs);
                }
                Part::Literal(text) => fields.push(text, quoted),
                Part::SingleQuoted(text) => {
                    fields.started = true;
                    fields.push(text, true);
                }
                Part::DoubleQuoted(inner) => {
                    let before = fields.length();
                    fields.vanished = false;
                    self.expand_parts(machine, inner, true, in_value, fields)?;
                    let nothing = fields.vanished && fields.length() == before;
                    if !nothing {
                        fields.started = true;
                    }
                    fields.after_blanks = false;
                }
                Part::Parameter(parameter) => self.expand_parameter(machine, parameter, quoted, fields)?,
                Part::CommandSubstitution(script) => {
                    let text = self.substitute(machine, script)?;
                    self.push_value(&text, quoted, fields);
                }
                Part::ProcessSubstitution { script, input: true } => {
                    let content = self.output_of(machine, script)?;
                    let fd = self.free_descriptor();
                    self.lent_descriptors.push(fd);
                    self.process.fds.insert(fd, Descriptor::reader(content));
                    fields.push(&format!("/dev/fd/{fd}"), true);
                }
                Part::ProcessSubstitution { script, .. } => {
                    let fd = self.free_descriptor();
                    self.lent_descriptors.push(fd);
                    let collected = Descriptor::buffer();
                    self.process.fds.insert(fd, collected.clone());
                    self.readers.push((collected, std::rc::Rc::clone(script)));
                    fields.push(&format!("/dev/fd/{fd}"), true);
                }
                Part::Arithmetic(inner) => {
                    let expression = self.expand_quoted(machine, inner)?;
                    let value = self.arithmetic(machine, &expression)?;
                    self.push_value(&value.to_string(), quoted, fields);
                }
                Part::Tilde(user) => {
                    let home = self.home(machine, user);
                    fields.push(&home.unwrap_or_else(|| format!("~{user}")), true);
                }
            }
            if fields.length() > MAX_CHARACTERS {
                machine.limit("expansion-characters");
                return Err(self.stopped());
            }
        }
        Ok(())
    }

    /// A descriptor for a process substitution: bash counts down from 63, ash up from 64.
    fn free_descriptor(&self) -> u32 {
        let free = |fd: &u32| !self.process.fds.contains_key(fd);
        let found = if self.dialect == Dialect::Bash { (0..64).rev().find(free) } else { (64..128).find(free) };
        found.unwrap_or(63)
    }

    /// Runs what reads the outputs of a command by `>(…)`, once it has ended.
    pub(super) fn run_readers(&mut self, machine: &mut Machine<'_>, from: usize) -> Expanded<()> {
        for (written, script) in self.readers.split_off(from.min(self.readers.len())) {
            let mut child = self.subshell(machine);
            child.set_stdin(written.collected());
            child.run_subshell(machine, |shell, machine| {
                let flows = script.lines.iter().map(|line| shell.list(machine, line));
                flows.into_iter().find(|flow| *flow != Flow::Next).unwrap_or(Flow::Next)
            });
            if machine.steps_left == 0 {
                return Err(self.stopped());
            }
        }
        Ok(())
    }

    pub(super) fn push_value(&self, text: &str, quoted: bool, fields: &mut Fields) {
        if quoted {
            fields.push(text, true);
        } else {
            fields.push_split(text, &self.separators());
        }
    }

    /// IFS, or blanks where it is unset.
    pub(super) fn separators(&self) -> String {
        self.get("IFS").unwrap_or(" \t\n").to_owned()
    }

    fn home(&self, machine: &Machine<'_>, user: &str) -> Option<String> {
        if user.is_empty() {
            return self.get("HOME").map(str::to_owned);
        }
        super::user::find_user(machine.fs, user).map(|entry| entry.home)
    }

    /// Runs a command substitution: what it prints, without line ends at its end.
    pub(super) fn substitute(&mut self, machine: &mut Machine<'_>, script: &Script) -> Expanded<String> {
        let content = self.output_of(machine, script)?;
        let mut text = text_of(machine, &content);
        text.retain(|character| character != '\0');
        text.truncate(text.trim_end_matches('\n').len());
        Ok(text)
    }

    /// Runs a script in a subshell: what it prints. Its status is the shell's.
    fn output_of(&mut self, machine: &mut Machine<'_>, script: &Script) -> Expanded<Content> {
        let mut child = self.subshell(machine);
        let output = Descriptor::buffer();
        child.process.fds.insert(1, output.clone());
        // busybox and bash do not stop a substitution at its first failure; dash does.
        child.tested = 0;
        child.substitutions += 1;
        child.options.errexit &= self.dialect == Dialect::Dash || self.shopt("inherit_errexit");
        child.run_subshell(machine, |shell, machine| {
            let flows = script.lines.iter().map(|line| shell.list(machine, line));
            flows.into_iter().find(|flow| *flow != Flow::Next).unwrap_or(Flow::Next)
        });
        self.reap(machine, &child);
        if self.dialect == Dialect::Bash {
            self.status = child.status;
        }
        self.substituted = Some(child.status);
        if machine.steps_left == 0 {
            return Err(self.stopped());
        }
        Ok(output.collected())
    }
}
