//! bash's `select`: a menu on standard error, the answers from standard input.

use shell::{List, Word};

use super::Machine;
use super::builtins;
use super::loops::{Turn, turn};
use super::shell::{Flow, Shell};

/// How wide bash takes a terminal for that it knows nothing of.
const COLUMNS: usize = 80;

impl Shell {
    pub(super) fn select(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        words: Option<&[Word]>,
        body: &List,
    ) -> Flow {
        self.tail = false;
        let values = match self.loop_values(machine, words) {
            Ok(values) => values,
            Err(flow) => return flow,
        };
        self.status = 0;
        if values.is_empty() {
            return Flow::Next;
        }
        self.loops += 1;
        let result = self.ask(machine, name, &values, body);
        self.loops -= 1;
        result
    }

    fn ask(&mut self, machine: &mut Machine<'_>, name: &str, values: &[String], body: &List) -> Flow {
        let mut shows = true;
        loop {
            if !machine.step() {
                return self.stopped();
            }
            if shows {
                self.process.err(machine, &menu(values));
            }
            let prompt = self.get("PS3").unwrap_or("#? ").to_owned();
            self.process.err(machine, &prompt);
            let Some(read) = builtins::lookup("read") else { return Flow::Next };
            self.status = 0;
            if let Err(flow) = self.run_builtin(machine, read, &["read".to_owned()]) {
                return flow;
            }
            if self.status != 0 {
                self.process.out(machine, "\n");
                self.status = 1;
                return Flow::Next;
            }
            let answer = self.get("REPLY").unwrap_or_default().to_owned();
            // An empty answer shows the menu again.
            if answer.is_empty() {
                shows = true;
                continue;
            }
            let chosen = answer.trim().parse::<usize>().ok().and_then(|number| values.get(number.wrapping_sub(1)));
            let chosen = chosen.cloned().unwrap_or_default();
            if let Err(flow) = self.assign(machine, name, &chosen) {
                return flow;
            }
            shows = false;
            if let Turn::Out(flow) = turn(self.list(machine, body)) {
                return flow;
            }
        }
    }
}

/// The menu in columns, as print_select_list of bash's execute_cmd.c lays it out.
fn menu(values: &[String]) -> String {
    let count = values.len();
    let digits = count.to_string().len();
    let longest = values.iter().map(|value| value.chars().count()).max().unwrap_or_default();
    let width = longest + digits + 2 + 2;
    let columns = (COLUMNS / width).clamp(1, count.max(1));
    let rows = count.div_ceil(columns);
    let columns = count.div_ceil(rows.max(1));
    // One row alone is turned into a column.
    let rows = if rows == 1 { columns } else { rows };
    let first = rows.to_string().len();
    let mut text = String::new();
    for row in 0..rows {
        let mut at = 0;
        let mut index = row;
        loop {
            let digits = if at == 0 { first } else { digits };
            let value = values.get(index).map_or("", String::as_str);
            let entry = format!("{:>digits$}) {value}", index + 1);
            at += entry.chars().count();
            text.push_str(&entry);
            index += rows;
            if index >= count {
                break;
            }
            let column = (index / rows) * width;
            text.push_str(&" ".repeat(column.saturating_sub(at)));
            at = at.max(column);
        }
        text.push('\n');
    }
    text
}
