//! How ls lays names out side by side.

/// What a line holds where nothing else is said and the output is no terminal.
pub const WIDTH: usize = 80;

/// The most columns that are tried.
const COLUMN_LIMIT: usize = 256;

/// A name as it is shown, and the length that counts for its column.
pub struct Cell {
    pub text: String,
    pub length: usize,
}

/// busybox's columns: all as wide as the longest name and two blanks.
pub fn even(cells: &[Cell], across: bool, width: usize) -> String {
    let column = cells.iter().map(|cell| cell.length).max().unwrap_or(0) + 2;
    let columns = (width / column).max(1);
    let rows = cells.len().div_ceil(columns);
    let columns = if rows == cells.len() { 1 } else { columns };
    let mut text = String::new();
    for row in 0..rows {
        let mut blanks = 0;
        for at in 0..columns {
            let index = if across { row * columns + at } else { at * rows + row };
            let Some(cell) = cells.get(index) else { continue };
            text.push_str(&" ".repeat(blanks));
            text.push_str(&cell.text);
            blanks = column.saturating_sub(cell.text.chars().count());
        }
        text.push('\n');
    }
    text
}

/// GNU's columns: as many as fit, each as wide as its longest name; tabs in place of blanks where they reach.
pub fn fitted(cells: &[Cell], across: bool, width: usize) -> String {
    let length = |index: usize| cells.get(index).map_or(0, |cell| cell.text.chars().count());
    let most = (width / 3).clamp(1, COLUMN_LIMIT).min(cells.len().max(1));
    let layout = |columns: usize| {
        let rows = cells.len().div_ceil(columns).max(1);
        let mut widths = vec![0_usize; columns];
        for index in 0..cells.len() {
            let column = if across { index % columns } else { index / rows };
            if let Some(width) = widths.get_mut(column) {
                let gap = if column + 1 == columns { 0 } else { 2 };
                *width = (*width).max(length(index) + gap).max(3);
            }
        }
        (rows, widths)
    };
    let found = (1..=most).rev().map(layout).find(|(_, widths)| widths.iter().sum::<usize>() < width);
    let (rows, widths) = found.unwrap_or_else(|| layout(1));
    let mut text = String::new();
    for row in 0..rows {
        let (mut at, mut next) = (0, 0);
        for (column, width) in widths.iter().enumerate() {
            let index = if across { row * widths.len() + column } else { column * rows + row };
            let Some(cell) = cells.get(index) else { continue };
            while at < next {
                if next / 8 > (at + 1) / 8 {
                    text.push('\t');
                    at = (at / 8 + 1) * 8;
                } else {
                    text.push(' ');
                    at += 1;
                }
            }
            text.push_str(&cell.text);
            at += length(index);
            next += width;
        }
        text.push('\n');
    }
    text
}

/// `-m`: one after another with commas, in lines of that width.
pub fn listed(cells: &[Cell], width: usize) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (index, cell) in cells.iter().enumerate() {
        let length = cell.text.chars().count();
        if index > 0 {
            if at + length + 2 < width {
                text.push_str(", ");
                at += 2;
            } else {
                text.push_str(",\n");
                at = 0;
            }
        }
        text.push_str(&cell.text);
        at += length;
    }
    text.push('\n');
    text
}
