//! The lessons that a workshop can show.

use std::path::Path;

use lesson::{Entry, Index};

use crate::lesson::folder::{lessons, read};

/// The files `lesson.toml` of the course.
const CARRIED: &[&str] = include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// The lessons of a folder; without one those of the course, which the command carries.
pub fn course(folder: Option<&str>) -> Result<Index, String> {
    match folder {
        Some(folder) => of_folder(Path::new(folder)),
        None => carried(),
    }
}

fn of_folder(folder: &Path) -> Result<Index, String> {
    let mut index = Index::default();
    for folder in lessons(folder)? {
        let (_, lesson) = read(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
        let steps = lesson.steps.into_iter().map(|step| step.id).collect();
        index.lessons.push(Entry { id: lesson.id, minutes: lesson.minutes, steps, ..Entry::default() });
    }
    if index.lessons.is_empty() {
        return Err(format!(
            "--lessons {}: has no lessons. Give the folder that their folders are in",
            folder.display()
        ));
    }
    Ok(index)
}

fn carried() -> Result<Index, String> {
    let entry = |text: &&str| {
        let table: toml::Table = toml::from_str(text).map_err(|error| format!("lesson.toml: {error}"))?;
        let text =
            |table: &toml::Table| table.get("id").and_then(toml::Value::as_str).map(str::to_owned).unwrap_or_default();
        let steps = table.get("step").and_then(toml::Value::as_array).into_iter().flatten();
        let steps = steps.filter_map(toml::Value::as_table).map(text).collect();
        Ok(Entry { id: text(&table), steps, ..Entry::default() })
    };
    Ok(Index { lessons: CARRIED.iter().map(entry).collect::<Result<_, String>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_carries_the_course_as_it_is_in_its_folder() {
        let of_folder = of_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons")).unwrap();
        let steps = |index: Index| index.lessons.into_iter().map(|entry| (entry.id, entry.steps)).collect::<Vec<_>>();
        assert_eq!(steps(carried().unwrap()), steps(of_folder));
    }
}
