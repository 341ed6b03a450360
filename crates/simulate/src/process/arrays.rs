//! bash's arrays.

use std::collections::BTreeMap;

use shell::{Assignment, Part, Subscript, Word};

use super::Machine;
use super::shell::{Flow, Shell};
use super::wording::Trouble;

/// The largest subscript that is taken.
const MAX_SUBSCRIPT: i64 = 1 << 32;

/// The elements of an array.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Array {
    /// Whether its subscripts are texts: `declare -A`.
    pub(super) keyed: bool,
    pub(super) elements: BTreeMap<Key, String>,
}

/// A subscript.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Number(i64),
    Text(String),
}

impl Key {
    fn bucket(&self) -> u32 {
        let hash = |sum: u32, byte: u8| sum.wrapping_mul(16_777_619) ^ u32::from(byte);
        self.text().bytes().fold(2_166_136_261, hash) & 1023
    }

    pub(super) fn text(&self) -> String {
        match self {
            Key::Number(number) => number.to_string(),
            Key::Text(text) => text.clone(),
        }
    }
}

impl Array {
    /// An array of values that are counted from 0.
    pub(super) fn of(values: impl IntoIterator<Item = String>) -> Array {
        let elements = (0..).map(Key::Number).zip(values).collect();
        Array { keyed: false, elements }
    }

    /// The elements in the order that bash goes through them: a keyed array by its 1024 buckets (hashlib.c, FNV-1).
    pub(super) fn ordered(&self) -> Vec<(&Key, &String)> {
        let mut all: Vec<_> = self.elements.iter().collect();
        if self.keyed {
            all.sort_by_key(|(key, _)| key.bucket());
        }
        all
    }

    fn next(&self) -> i64 {
        match self.elements.last_key_value() {
            Some((Key::Number(last), _)) => last.saturating_add(1),
            _ => 0,
        }
    }
}

impl Shell {
    /// The values of an array; of a plain variable its one value.
    pub(super) fn elements(&self, name: &str) -> Vec<String> {
        match self.variables.get(self.target(name)) {
            Some(variable) => match (&variable.array, &variable.value) {
                (Some(array), _) => array.ordered().into_iter().map(|(_, value)| value.clone()).collect(),
                (None, Some(value)) => vec![value.clone()],
                (None, None) => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// The subscripts of an array.
    pub(super) fn subscripts(&self, name: &str) -> Vec<String> {
        match self.variables.get(self.target(name)) {
            Some(variable) => match (&variable.array, &variable.value) {
                (Some(array), _) => array.ordered().into_iter().map(|(key, _)| key.text()).collect(),
                (None, Some(_)) => vec!["0".to_owned()],
                (None, None) => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// Whether a variable, or an element of an array, has a value.
    pub(super) fn is_set(&self, name: &str) -> bool {
        let Some((name, subscript)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) else {
            return self.get(name).is_some();
        };
        let Some(variable) = self.variables.get(name) else { return false };
        match &variable.array {
            Some(array) if array.keyed => array.elements.contains_key(&Key::Text(subscript.to_owned())),
            Some(array) if matches!(subscript, "@" | "*") => !array.elements.is_empty(),
            Some(array) => {
                let next = array.next();
                let number =
                    subscript.parse().map(|number: i64| if number < 0 { number.saturating_add(next) } else { number });
                number.is_ok_and(|number| array.elements.contains_key(&Key::Number(number)))
            }
            None => variable.value.is_some() && subscript == "0",
        }
    }

    /// The value of one element.
    pub(super) fn element(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        subscript: &Word,
    ) -> Result<Option<String>, Flow> {
        let key = self.key(machine, name, subscript)?;
        let Some(variable) = self.variables.get(self.target(name)) else { return Ok(None) };
        Ok(match &variable.array {
            Some(array) => array.elements.get(&key).cloned(),
            None => variable.value.clone().filter(|_| key == Key::Number(0)),
        })
    }

    /// What a subscript stands for: a number, counted from the end where it is negative, or a text.
    fn key(&mut self, machine: &mut Machine<'_>, name: &str, subscript: &Word) -> Result<Key, Flow> {
        let array = self.variables.get(self.target(name)).and_then(|variable| variable.array.as_ref());
        let (keyed, next) = array.map_or((false, 0), |array| (array.keyed, array.next()));
        if keyed {
            return Ok(Key::Text(self.expand_text(machine, subscript)?));
        }
        let text = self.expand_quoted(machine, &subscript.parts)?;
        let number = self.arithmetic(machine, &text)?;
        let number = if number < 0 { number.saturating_add(next) } else { number };
        if (0..MAX_SUBSCRIPT).contains(&number) {
            return Ok(Key::Number(number));
        }
        Err(self.fatal(machine, Trouble::Said(&format!("{name}: bad array subscript"))))
    }

    /// The array of a name, made from its value where it was none.
    fn array_mut(&mut self, name: &str) -> &mut Array {
        let name = self.target(name).to_owned();
        let variable = self.variables.entry(name).or_default();
        let value = variable.value.take();
        variable.array.get_or_insert_with(|| Array::of(value))
    }

    /// Does `NAME[…]=value` and `NAME=(…)`.
    pub(super) fn assign_elements(&mut self, machine: &mut Machine<'_>, assignment: &Assignment) -> Result<(), Flow> {
        let name = assignment.name.as_str();
        if self.variables.get(name).is_some_and(|variable| variable.readonly) {
            return Err(self.fatal(machine, Trouble::ReadOnly(name)));
        }
        if let Some(subscript) = &assignment.subscript {
            let value = self.expand_text(machine, &assignment.value)?;
            return self.put(machine, name, subscript, value, assignment.append);
        }
        // The values are made before the old elements go.
        let mut values = Vec::new();
        for (subscript, word) in assignment.elements.iter().flatten() {
            let made = match subscript {
                Some(_) => vec![self.expand_text(machine, word)?],
                None => self.expand_words(machine, std::slice::from_ref(word))?,
            };
            values.push((subscript.as_ref(), made));
        }
        let array = self.array_mut(name);
        if !assignment.append {
            array.elements.clear();
        }
        for (subscript, made) in values {
            for value in made {
                match subscript {
                    Some(subscript) => self.put(machine, name, subscript, value, false)?,
                    None => {
                        let array = self.array_mut(name);
                        let next = array.next();
                        array.elements.insert(Key::Number(next), value);
                    }
                }
            }
        }
        Ok(())
    }

    /// `NAME=(…)` of an argument after the expansion of its words, which come before the command runs, and its trace.
    pub(super) fn expanded_array(
        &mut self,
        machine: &mut Machine<'_>,
        assignment: &Assignment,
    ) -> Result<Assignment, Flow> {
        let word = |text: String, range| Word { parts: vec![Part::SingleQuoted(text)], range };
        let (mut elements, mut shown) = (Vec::new(), Vec::new());
        for (subscript, value) in assignment.elements.iter().flatten() {
            let key = match subscript {
                Some(subscript) => Some(self.expand_quoted(machine, &subscript.parts)?),
                None => None,
            };
            let values = match key {
                Some(_) => vec![self.expand_text(machine, value)?],
                None => self.expand_words(machine, std::slice::from_ref(value))?,
            };
            for text in values {
                let before = key.as_ref().map(|key| format!("[{}]=", in_single_quotes(key))).unwrap_or_default();
                shown.push(format!("{before}{}", in_single_quotes(&text)));
                elements.push((key.clone().map(|key| word(key, value.range)), word(text, value.range)));
            }
        }
        let plus = if assignment.append { "+" } else { "" };
        self.trace_line(machine, &format!("{}{plus}=({})", assignment.name, shown.join(" ")));
        Ok(Assignment { elements: Some(elements), ..assignment.clone() })
    }

    /// How `set -x` shows `NAME[…]=value` and `NAME=(…)`: the elements as they are written.
    pub(super) fn element_trace(&mut self, machine: &mut Machine<'_>, assignment: &Assignment) -> Result<String, Flow> {
        let (name, plus) = (&assignment.name, if assignment.append { "+" } else { "" });
        if let Some(subscript) = &assignment.subscript {
            let key = self.expand_quoted(machine, &subscript.parts)?;
            let value = self.expand_text(machine, &assignment.value)?;
            let value = if value.is_empty() { value } else { super::trace::quoted_by_bash(&value) };
            return Ok(format!("{name}[{key}]{plus}={value}"));
        }
        Ok(assignment.source.clone())
    }

    fn put(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        subscript: &Word,
        value: String,
        append: bool,
    ) -> Result<(), Flow> {
        let key = self.key(machine, name, subscript)?;
        let element = self.array_mut(name).elements.entry(key).or_default();
        if !append {
            element.clear();
        }
        element.push_str(&value);
        Ok(())
    }

    /// Sets a whole array, as `read -a` and `mapfile` do.
    pub(super) fn set_array(&mut self, name: &str, values: Vec<String>) {
        let variable = self.variables.entry(name.to_owned()).or_default();
        variable.value = None;
        variable.array = Some(Array::of(values));
    }

    /// Sets the elements of an array from one on and keeps the others, as `mapfile -O` does.
    pub(super) fn set_from(&mut self, name: &str, origin: i64, values: Vec<String>) {
        let array = self.array_mut(name);
        for (number, value) in (origin..).zip(values) {
            array.elements.insert(Key::Number(number), value);
        }
    }

    /// Sets the element of a subscript that is given as text.
    pub(super) fn set_element(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        subscript: &str,
        value: &str,
    ) -> Result<(), Flow> {
        let word = Word { parts: vec![shell::Part::Literal(subscript.to_owned())], ..Word::default() };
        self.put(machine, name, &word, value.to_owned(), false)
    }

    /// Takes one element away: `unset 'NAME[…]'`.
    pub(super) fn unset_element(&mut self, machine: &mut Machine<'_>, name: &str, subscript: &str) -> Result<(), Flow> {
        let word = Word { parts: vec![shell::Part::Literal(subscript.to_owned())], ..Word::default() };
        let key = self.key(machine, name, &word)?;
        if let Some(array) = self.variables.get_mut(name).and_then(|variable| variable.array.as_mut()) {
            array.elements.remove(&key);
        }
        Ok(())
    }

    /// The values that `[@]` and `[*]` stand for.
    pub(super) fn listed(&self, name: &str, subscript: Option<&Subscript>) -> Option<Vec<String>> {
        match (name, subscript) {
            ("@" | "*", _) => Some(self.positional.clone()),
            (_, Some(Subscript::Each | Subscript::Joined)) => Some(self.elements(name)),
            _ => None,
        }
    }
}

fn in_single_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
