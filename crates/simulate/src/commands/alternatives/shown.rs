//! What update-alternatives tells of a group.

use crate::process::Machine;

use super::{Choice, Group};

impl Group {
    pub fn displayed(&self, machine: &Machine) -> String {
        let mut text = format!("{} - {} mode\n", self.name, if self.manual { "manual" } else { "auto" });
        if let Some(best) = self.best() {
            text.push_str(&format!("  link best version is {}\n", best.path));
        }
        if let Some(current) = self.current(machine) {
            text.push_str(&format!("  link currently points to {current}\n"));
        }
        text.push_str(&format!("  link {} is {}\n", self.name, self.link));
        for (name, link) in &self.slaves {
            text.push_str(&format!("  slave {name} is {link}\n"));
        }
        for choice in &self.choices {
            text.push_str(&format!("{} - priority {}\n", choice.path, choice.priority));
            for ((name, _), path) in self.slaves.iter().zip(&choice.slaves).filter(|(_, path)| !path.is_empty()) {
                text.push_str(&format!("  slave {name}: {path}\n"));
            }
        }
        text
    }

    pub fn queried(&self, machine: &Machine) -> String {
        let mut text = format!("Name: {}\nLink: {}\n", self.name, self.link);
        let slaves = |pairs: &mut dyn Iterator<Item = (&String, &String)>| -> String {
            let rows: String = pairs.map(|(name, path)| format!(" {name} {path}\n")).collect();
            if self.slaves.is_empty() { rows } else { format!("Slaves:\n{rows}") }
        };
        text.push_str(&slaves(&mut self.slaves.iter().map(|(name, link)| (name, link))));
        let best = self.best().map_or("", |best| best.path.as_str());
        let mode = if self.manual { "manual" } else { "auto" };
        let current = self.current(machine).unwrap_or_else(|| "none".to_string());
        text.push_str(&format!("Status: {mode}\nBest: {best}\nValue: {current}\n"));
        for choice in &self.choices {
            text.push_str(&format!("\nAlternative: {}\nPriority: {}\n", choice.path, choice.priority));
            let pairs = self.slaves.iter().zip(&choice.slaves).filter(|(_, path)| !path.is_empty());
            text.push_str(&slaves(&mut pairs.map(|((name, _), path)| (name, path))));
        }
        text
    }

    /// What --config asks; nobody answers, so all stays as it is.
    pub fn menu(&self, machine: &Machine) -> String {
        let (count, current) = (self.choices.len(), self.current(machine).unwrap_or_default());
        let Some(best) = self.best() else { return String::new() };
        let (is, noun) = if count == 1 { ("is", "choice") } else { ("are", "choices") };
        let width = self.choices.iter().map(|choice| choice.path.len()).max().unwrap_or(0).max(4);
        let mut text =
            format!("There {is} {count} {noun} for the alternative {} (providing {}).\n\n", self.name, self.link);
        text.push_str(&format!("  Selection    {:<width$}  Priority   Status\n", "Path"));
        text.push_str(&format!("{}\n", "-".repeat(60)));
        let row = |at: usize, choice: &Choice, mode: &str| {
            let mark = choice.path == current && (mode == "manual") == self.manual;
            let mark = if mark { '*' } else { ' ' };
            format!("{mark} {at:<12} {:<width$}  {:>3}       {mode} mode\n", choice.path, choice.priority)
        };
        text.push_str(&row(0, best, "auto"));
        for (at, choice) in self.choices.iter().enumerate() {
            text.push_str(&row(at + 1, choice, "manual"));
        }
        text.push_str("\nPress <enter> to keep the current choice[*], or type selection number: \n");
        text
    }
}
