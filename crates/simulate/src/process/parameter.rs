//! `$x` and `${x…}`.

use shell::{Dialect, Parameter, ParameterOp, Subscript};

use super::Machine;
use super::expand::{Expanded, Fields};
use super::pattern::{Glyph, matches_in, text};
use super::shell::{Flow, Shell};
use super::wording::Trouble;

/// The longest value that patterns are tried on, in characters: the work grows with its square.
const MAX_PATTERN_TEXT: usize = 20_000;

impl Shell {
    /// The value of a parameter other than `@` and `*`.
    pub(super) fn parameter(&self, machine: &Machine<'_>, name: &str) -> Option<String> {
        match name {
            "@" | "*" => (!self.positional.is_empty()).then(|| self.positional.join(" ")),
            "#" => Some(self.positional.len().to_string()),
            "?" => Some(self.status.to_string()),
            "$" => Some(self.root_pid.to_string()),
            "!" => self.last_background.map(|pid| pid.to_string()),
            "-" => Some(self.option_letters()),
            "0" => Some(self.name.clone()),
            // Debian builds dash without LINENO.
            "LINENO" if self.dialect == Dialect::Dash => self.get(name).map(str::to_owned),
            "LINENO" if self.dialect == Dialect::Ash && self.get(name).is_some() => self.get(name).map(str::to_owned),
            "_" if self.dialect == Dialect::Bash => Some(self.underscore.clone()),
            "LINENO" => Some(self.line.to_string()),
            "SECONDS" => Some((machine.meter.ms / 1000).to_string()),
            "EPOCHSECONDS" => Some(machine.fs.now().to_string()),
            "RANDOM" => Some(pseudo_random(machine).to_string()),
            _ if self.dialect == Dialect::Bash && super::transform::own_variable(self, name).is_some() => {
                super::transform::own_variable(self, name)
            }
            "HOSTNAME" if self.get(name).is_none() => Some("buildkitsandbox".to_owned()),
            _ => match name.parse::<usize>() {
                Ok(number) => self.positional.get(number.wrapping_sub(1)).cloned(),
                Err(_) => self.get(name).map(str::to_owned),
            },
        }
    }

    pub(super) fn expand_parameter(
        &mut self,
        machine: &mut Machine<'_>,
        parameter: &Parameter,
        quoted: bool,
        fields: &mut Fields,
    ) -> Expanded<()> {
        if !machine.step() {
            return Err(self.stopped());
        }
        let name = parameter.name.as_str();
        if let ParameterOp::Bad { text, next_line } = &parameter.op {
            if self.dialect == Dialect::Ash {
                self.line = self.shown_line(*next_line);
            }
            return Err(self.fatal(machine, Trouble::BadSubstitution(text)));
        }
        match &parameter.op {
            ParameterOp::Indirect(op) => return self.expand_indirect(machine, parameter, op, quoted, fields),
            ParameterOp::Names { each } => {
                let names: Vec<String> =
                    self.known_names().into_iter().filter(|known| known.starts_with(name)).collect();
                let ifs = self.separators();
                if *each || !quoted {
                    fields.push_all(&names, quoted, &ifs);
                } else {
                    fields.push(&names.join(&ifs.chars().take(1).collect::<String>()), true);
                }
                return Ok(());
            }
            ParameterOp::Transform(letter @ ('A' | 'a' | 'K' | 'k')) => {
                let text = self.described(machine, parameter, *letter)?;
                self.push_value(&text, quoted, fields);
                return Ok(());
            }
            _ => {}
        }
        let listed = self.listed(name, parameter.subscript.as_ref());
        let many = listed.is_some();
        let value = match (&listed, &parameter.subscript) {
            (Some(values), _) => (!values.is_empty()).then(|| values.join(" ")),
            (None, Some(Subscript::One(subscript))) => self.element(machine, name, subscript)?,
            _ => self.parameter(machine, name),
        };
        let missing = |colon: bool| value.is_none() || (colon && value.as_deref() == Some(""));
        match &parameter.op {
            ParameterOp::Default { colon, word } if missing(*colon) => {
                return self.expand_parts(machine, &word.parts, quoted, true, fields);
            }
            ParameterOp::Alternative { colon, word } => {
                if !missing(*colon) {
                    self.expand_parts(machine, &word.parts, quoted, true, fields)?;
                }
                return Ok(());
            }
            ParameterOp::Assign { colon, word } if missing(*colon) => {
                let value =
                    if quoted { self.expand_quoted(machine, &word.parts)? } else { self.expand_text(machine, word)? };
                if many || !super::shell::is_name(name) {
                    return Err(self.fatal(machine, Trouble::BadName(name)));
                }
                self.assign(machine, name, &value)?;
                self.push_value(&value, quoted, fields);
                return Ok(());
            }
            ParameterOp::Error { colon, word } if missing(*colon) => {
                let message = self.expand_text(machine, word)?;
                let own = format!("{name}: {message}");
                let trouble = Trouble::Missing { name, or_empty: *colon };
                let said = if message.is_empty() { trouble.text(self.dialect) } else { own };
                self.complain(machine, &said);
                let whole = self.process.pid == self.root_pid;
                self.status = match self.dialect {
                    Dialect::Bash if whole && !self.options.errexit => 127,
                    Dialect::Bash => 1,
                    _ => 2,
                };
                return Err(Flow::Exit);
            }
            _ => {}
        }
        let guarded = matches!(
            parameter.op,
            ParameterOp::Default { .. } | ParameterOp::Assign { .. } | ParameterOp::Error { .. }
        );
        if value.is_none() && self.options.nounset && !many && !guarded {
            let shown = match &parameter.subscript {
                Some(Subscript::One(word)) => {
                    let subscript = self.expand_quoted(machine, &word.parts)?;
                    format!("{name}[{subscript}]")
                }
                _ => name.to_owned(),
            };
            return Err(self.fatal(machine, Trouble::Unset(&shown)));
        }
        // What is not set stays nothing.
        if value.is_none() && !many && matches!(parameter.op, ParameterOp::Transform(_)) {
            return Ok(());
        }
        if let Some(values) = listed
            && self.whole_list(machine, parameter, values, quoted, fields)?
        {
            return Ok(());
        }
        let value = self.changed(machine, &parameter.op, value.unwrap_or_default())?;
        self.push_value(&value, quoted, fields);
        Ok(())
    }

    /// A value after what `${…}` does to it.
    fn changed(&mut self, machine: &mut Machine<'_>, op: &ParameterOp, value: String) -> Expanded<String> {
        Ok(match op {
            ParameterOp::Length => value.chars().count().to_string(),
            ParameterOp::RemovePrefix { longest, pattern } => {
                let pattern = self.expand_pattern(machine, pattern)?;
                without_prefix(machine, &value, &pattern, *longest, self.shopt("extglob"))
            }
            ParameterOp::RemoveSuffix { longest, pattern } => {
                let pattern = self.expand_pattern(machine, pattern)?;
                without_suffix(machine, &value, &pattern, *longest, self.shopt("extglob"))
            }
            ParameterOp::Replace { all, pattern, replacement } => {
                let pattern = self.expand_pattern(machine, pattern)?;
                let replacement = self.expand_pattern(machine, replacement)?;
                let bash = self.dialect == Dialect::Bash;
                let manner = Manner { anchors: bash, matched: bash, extended: self.shopt("extglob") };
                replace(machine, &value, &pattern, &replacement, *all, manner)
            }
            ParameterOp::Substring { offset, length } => {
                let offset = self.expand_quoted(machine, &offset.parts)?;
                let offset = self.arithmetic(machine, &offset)?;
                let length = match length {
                    Some(length) => {
                        let length = self.expand_quoted(machine, &length.parts)?;
                        Some(self.arithmetic(machine, &length)?)
                    }
                    None => None,
                };
                let characters: Vec<char> = value.chars().collect();
                if self.dialect == Dialect::Bash
                    && let Some(length) = length.filter(|length| ends_before(characters.len(), offset, *length))
                {
                    return Err(self.fatal(machine, &format!("{length}: substring expression < 0")));
                }
                let (from, to) = cut(characters.len(), offset, length);
                characters.get(from..to).unwrap_or_default().iter().collect()
            }
            ParameterOp::Case { operator, all, pattern } => {
                let pattern = self.expand_pattern(machine, pattern)?;
                super::transform::change_case(&value, *operator, *all, &pattern)
            }
            ParameterOp::Transform('P') => self.prompted(machine, &value)?,
            ParameterOp::Transform(letter) => super::transform::transformed(&value, *letter),
            _ => value,
        })
    }

    /// `$@` and `$*` where they are a list: `false` where they are one text.
    fn whole_list(
        &mut self,
        machine: &mut Machine<'_>,
        parameter: &Parameter,
        values: Vec<String>,
        quoted: bool,
        fields: &mut Fields,
    ) -> Expanded<bool> {
        let positional = parameter.subscript.is_none();
        let values = match (&parameter.op, self.dialect) {
            (ParameterOp::Substring { offset, length }, Dialect::Bash) => {
                let offset = self.expand_quoted(machine, &offset.parts)?;
                let offset = self.arithmetic(machine, &offset)?;
                let length = match length {
                    Some(length) => {
                        let length = self.expand_quoted(machine, &length.parts)?;
                        Some(self.arithmetic(machine, &length)?)
                    }
                    None => None,
                };
                let mut all = if positional { vec![self.name.clone()] } else { Vec::new() };
                all.extend(values);
                let (from, to) = cut(all.len(), offset, length);
                all.get(from..to).unwrap_or_default().to_vec()
            }
            (
                ParameterOp::Value
                | ParameterOp::Default { .. }
                | ParameterOp::Assign { .. }
                | ParameterOp::Error { .. },
                _,
            ) => values,
            (ParameterOp::Length, Dialect::Bash) => {
                let count = values.len().to_string();
                self.push_value(&count, quoted, fields);
                return Ok(true);
            }
            (ParameterOp::Subscripts, _) => self.subscripts(&parameter.name),
            (op, Dialect::Bash) => {
                let mut all = Vec::with_capacity(values.len());
                for value in values {
                    all.push(self.changed(machine, op, value)?);
                }
                all
            }
            _ => return Ok(false),
        };
        let ifs = self.separators();
        if (parameter.name == "*" || parameter.subscript == Some(Subscript::Joined)) && quoted {
            let separator = match self.get("IFS") {
                None => " ".to_owned(),
                Some(ifs) => ifs.chars().next().map(String::from).unwrap_or_default(),
            };
            fields.push(&values.join(&separator), true);
        } else {
            fields.push_all(&values, quoted, &ifs);
        }
        Ok(true)
    }
}

/// A number that nobody knows beforehand, the same in every run.
fn pseudo_random(machine: &Machine<'_>) -> u64 {
    machine.steps_left.wrapping_mul(6_364_136_223_846_793_005).rotate_left(23) % 32_768
}

/// Where `${x:offset:length}` begins and ends in `size` things.
fn cut(size: usize, offset: i64, length: Option<i64>) -> (usize, usize) {
    let whole = i64::try_from(size).unwrap_or(i64::MAX);
    let from = if offset < 0 { whole.saturating_add(offset) } else { offset };
    if from < 0 || from > whole {
        return (0, 0);
    }
    let to = match length {
        None => whole,
        Some(length) if length < 0 => whole.saturating_add(length),
        Some(length) => from.saturating_add(length).min(whole),
    };
    let index = |number: i64| usize::try_from(number).unwrap_or_default();
    (index(from), index(to.max(from)))
}

/// Whether a negative length ends before the offset.
fn ends_before(size: usize, offset: i64, length: i64) -> bool {
    let (from, _) = cut(size, offset, None);
    let (from, whole) = (i64::try_from(from).unwrap_or(i64::MAX), i64::try_from(size).unwrap_or(i64::MAX));
    length < 0 && whole.saturating_add(length) < from
}

fn checked(machine: &mut Machine<'_>, value: &str) -> Option<Vec<char>> {
    let characters: Vec<char> = value.chars().collect();
    if characters.len() > MAX_PATTERN_TEXT {
        machine.limit("pattern-text");
        return None;
    }
    Some(characters)
}

fn without_prefix(machine: &mut Machine<'_>, value: &str, pattern: &[Glyph], longest: bool, extended: bool) -> String {
    let Some(characters) = checked(machine, value) else { return value.to_owned() };
    let fits = |end: &usize| characters.get(..*end).is_some_and(|part| matches_in(pattern, part, extended));
    let mut ends = 0..=characters.len();
    let end = if longest { ends.rev().find(fits) } else { ends.find(fits) };
    characters.iter().skip(end.unwrap_or_default()).collect()
}

fn without_suffix(machine: &mut Machine<'_>, value: &str, pattern: &[Glyph], longest: bool, extended: bool) -> String {
    let Some(characters) = checked(machine, value) else { return value.to_owned() };
    let fits = |start: &usize| characters.get(*start..).is_some_and(|part| matches_in(pattern, part, extended));
    let mut starts = 0..=characters.len();
    let start = if longest { starts.find(fits) } else { starts.rev().find(fits) };
    characters.iter().take(start.unwrap_or(characters.len())).collect()
}

/// What of `${x/…/…}` is bash's alone.
#[derive(Clone, Copy)]
struct Manner {
    /// Whether `#` and `%` tie the pattern to an end.
    anchors: bool,
    /// Whether `&` stands for what was matched.
    matched: bool,
    extended: bool,
}

fn replace(
    machine: &mut Machine<'_>,
    value: &str,
    pattern: &[Glyph],
    replacement: &[Glyph],
    all: bool,
    manner: Manner,
) -> String {
    let anchors = manner.anchors;
    let put = |out: &mut String, found: &[char]| {
        for glyph in replacement {
            if manner.matched && glyph.character == '&' && !glyph.quoted {
                out.extend(found);
            } else {
                out.push(glyph.character);
            }
        }
    };
    let Some(characters) = checked(machine, value) else { return value.to_owned() };
    let anchor = pattern.first().filter(|glyph| anchors && !all && !glyph.quoted).map(|glyph| glyph.character);
    let (at_start, at_end) = (anchor == Some('#'), anchor == Some('%'));
    let pattern = if at_start || at_end { pattern.get(1..).unwrap_or_default() } else { pattern };
    match pattern {
        [] if at_start => return format!("{}{value}", text(replacement)),
        [] if at_end => return format!("{value}{}", text(replacement)),
        _ => {}
    }
    if pattern.is_empty() {
        return value.to_owned();
    }
    // A pattern without wildcards has one length, which spares most of the work.
    let fixed = (!pattern.iter().any(|glyph| !glyph.quoted && matches!(glyph.character, '*' | '?' | '[' | '\\' | '(')))
        .then(|| text(pattern).chars().count());
    let mut out = String::new();
    let mut at = 0;
    let mut replaced = false;
    while at < characters.len() {
        let may = (all || !replaced) && (!at_start || at == 0);
        let find = |end: &usize| {
            (!at_end || *end == characters.len())
                && characters.get(at..*end).is_some_and(|part| matches_in(pattern, part, manner.extended))
        };
        let end = match fixed {
            _ if !may => None,
            Some(length) => Some(at + length).filter(find),
            None => (at + 1..=characters.len()).rev().find(find),
        };
        match end {
            Some(end) => {
                put(&mut out, characters.get(at..end).unwrap_or_default());
                replaced = true;
                at = end;
            }
            None => {
                out.extend(characters.get(at));
                at += 1;
            }
        }
    }
    out
}
