//! Tables of steps and layers.

use report::{Basis, PathView, Report, StepState, StepView, human_size};

use crate::reason;

/// Characters of a command that a row shows.
const COMMAND_WIDTH: usize = 60;

/// The steps with what happened to them and why, the layers as `docker history` lists them, and the sums.
pub fn tables(report: &Report) -> String {
    let mut text = steps(report);
    if let Some(image) = &report.image {
        let rows = image.history.iter().map(|row| {
            let size = if row.empty { "0B".to_owned() } else { human_size(row.bytes) };
            vec![size, shorten(&row.created_by)]
        });
        text += "\n";
        text += &table(&["SIZE", "CREATED BY"], rows.collect());
        let totals = &report.totals;
        text += &format!(
            "\nImage: {}{} in {} layers ({} base image + {} added). Steps: {} cached, {} ran, {}.\n",
            sure(image.basis),
            human_size(image.bytes),
            totals.layers,
            human_size(totals.base_bytes),
            human_size(totals.added_bytes),
            totals.cached,
            totals.ran,
            seconds(totals.ms),
        );
    }
    text + &time(report)
}

/// What determines the time, and what is saved.
fn time(report: &Report) -> String {
    let time = &report.time;
    let mut text = String::new();
    if !time.critical_path.is_empty() {
        let part = |part: &PathView| {
            let step = part.step.and_then(|step| report.steps.get(step));
            format!("{} {}", shorten(step.map_or(&part.id, |step| &step.name)), seconds(part.ms))
        };
        let parts: Vec<String> = time.critical_path.iter().map(part).collect();
        text += &format!("Critical path (*): {}.\n", parts.join(" → "));
    }
    if let Some(transfer) = &time.transfer {
        let files = if transfer.files == 1 { "1 file" } else { &format!("{} files", transfer.files) };
        text +=
            &format!("Build context: {} in {files} sent, {}.\n", human_size(transfer.file_bytes), seconds(transfer.ms));
    }
    if time.saved_step_ms > 0 {
        text += &format!("The cache saves {} ({} of work).\n", seconds(time.saved_ms), seconds(time.saved_step_ms));
    }
    text
}

/// The time of a step that ran, with a mark where the author stated it, it is not modelled, or it is critical.
fn step_time(step: &StepView) -> String {
    let mark = match step.timing.basis {
        Basis::Exact | Basis::Estimated => "",
        basis => sure(basis),
    };
    format!("{mark}{}{}", seconds(step.ms), if step.timing.critical { "*" } else { "" })
}

fn steps(report: &Report) -> String {
    let mut rows = Vec::new();
    for step in &report.steps {
        let counted = matches!(step.state, StepState::Ran | StepState::Cached);
        let sources: Vec<&str> = step.evidence.iter().map(|evidence| reason::evidence(*evidence)).collect();
        let source = (!sources.is_empty()).then(|| format!("from {}", sources.join(", ")));
        let why = std::iter::once(reason::sentence(report, step)).chain(source);
        let why = why.chain(step.notes.iter().map(reason::note));
        let why: Vec<String> = why.filter(|sentence| !sentence.is_empty()).collect();
        rows.push(vec![
            shorten(&step.name),
            reason::state(step.state).to_owned(),
            if counted { format!("{}{}", sure(step.bytes_basis), human_size(step.bytes)) } else { String::new() },
            if step.state == StepState::Ran { step_time(step) } else { String::new() },
            why.join("; "),
        ]);
    }
    if rows.is_empty() { String::new() } else { table(&["STEP", "CACHE", "SIZE", "TIME", "WHY"], rows) }
}

pub fn sure(basis: Basis) -> &'static str {
    match basis {
        Basis::Exact => "",
        Basis::Measured | Basis::Stated => "=",
        Basis::Estimated => "~",
        Basis::NotModelled => "?",
    }
}

pub fn seconds(ms: u64) -> String {
    let tenths = ms.saturating_add(50) / 100;
    format!("{}.{}s", tenths / 10, tenths % 10)
}

fn shorten(text: &str) -> String {
    let line = text.replace(['\n', '\t'], " ");
    if line.chars().count() <= COMMAND_WIDTH {
        return line;
    }
    line.chars().take(COMMAND_WIDTH - 1).chain(['…']).collect()
}

/// Columns as wide as their widest cell, the last one as it is.
pub fn table(heads: &[&str], rows: Vec<Vec<String>>) -> String {
    let heads: Vec<String> = heads.iter().map(|&head| head.to_owned()).collect();
    let all: Vec<Vec<String>> = std::iter::once(heads).chain(rows).collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &all {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in &all {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_lines_have_no_blanks_at_the_end() {
        let rows = vec![vec!["long cell".to_owned(), String::new()], vec!["é".to_owned(), "x".to_owned()]];
        assert_eq!(table(&["A", "B"], rows), "A          B\nlong cell\né          x\n");
    }

    #[test]
    fn times_are_rounded_to_tenths_of_a_second() {
        assert_eq!((seconds(49), seconds(50), seconds(12_340)), ("0.0s".into(), "0.1s".into(), "12.3s".into()));
    }

    #[test]
    fn long_commands_are_cut_at_characters() {
        assert_eq!(shorten(&"é".repeat(61)).chars().count(), COMMAND_WIDTH);
    }
}
