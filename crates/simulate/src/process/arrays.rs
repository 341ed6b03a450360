//! bash's arrays.

use std::collections::BTreeMap;

use shell::{Assignment, Subscript, Word};

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
    fn text(&self) -> String {
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
        match self.variables.get(name) {
            Some(variable) => match (&variable.array, &variable.value) {
                (Some(array), _) => array.elements.values().cloned().collect(),
                (None, Some(value)) => vec![value.clone()],
                (None, None) => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// The subscripts of an array.
    pub(super) fn subscripts(&self, name: &str) -> Vec<String> {
        match self.variables.get(name) {
            Some(variable) => match (&variable.array, &variable.value) {
                (Some(array), _) => array.elements.keys().map(Key::text).collect(),
                (None, Some(_)) => vec!["0".to_owned()],
                (None, None) => Vec::new(),
            },
            None => Vec::new(),
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
        let Some(variable) = self.variables.get(name) else { return Ok(None) };
        Ok(match &variable.array {
            Some(array) => array.elements.get(&key).cloned(),
            None => variable.value.clone().filter(|_| key == Key::Number(0)),
        })
    }

    /// What a subscript stands for: a number, counted from the end where it is negative, or a text.
    fn key(&mut self, machine: &mut Machine<'_>, name: &str, subscript: &Word) -> Result<Key, Flow> {
        let array = self.variables.get(name).and_then(|variable| variable.array.as_ref());
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
        let variable = self.variables.entry(name.to_owned()).or_default();
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

    /// Takes one element away: `unset 'NAME[…]'`.
    pub(super) fn unset_element(&mut self, machine: &mut Machine<'_>, name: &str, subscript: &str) -> Result<(), Flow> {
        let word = Word { parts: vec![shell::Part::Literal(subscript.to_owned())], range: source_range() };
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

fn source_range() -> source::TextRange {
    source::TextRange::default()
}
