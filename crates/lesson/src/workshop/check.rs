use super::{Fault, Place, Shown, Workshop};
use crate::Index;

/// What is wrong with a workshop that its text alone does not show: lessons and steps that are not among those of a course,
/// items that take longer than there is time.
#[must_use]
pub fn check(workshop: &Workshop, course: &Index) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, item) in workshop.items.iter().enumerate() {
        let Shown::Lesson { lesson, step } = &item.shown else { continue };
        let mut fault =
            |field: &str, why| faults.push(Fault { place: Place { item: Some(number), field: field.to_owned() }, why });
        let Some(entry) = course.lessons.iter().find(|entry| entry.id == *lesson) else {
            let ids = course.lessons.iter().map(|entry| entry.id.as_str());
            let like = nearest(lesson, ids);
            let like = like.map(|id| format!(". Did you mean \"{id}\"?")).unwrap_or_default();
            fault("lesson", format!("there is no lesson \"{lesson}\"{like}"));
            continue;
        };
        if let Some(step) = step.as_ref().filter(|step| !entry.steps.contains(step)) {
            let steps = entry.steps.join(", ");
            fault("step", format!("the lesson \"{lesson}\" has no step \"{step}\": there are {steps}"));
        }
    }
    let taken = workshop.taken();
    if let Some(minutes) = workshop.minutes.filter(|minutes| taken > *minutes) {
        let why = format!(
            "the items take {taken} minutes, {} more than the {minutes} that there are: make them shorter, or leave one out",
            taken - minutes
        );
        faults.push(Fault { place: Place { item: None, field: "minutes".to_owned() }, why });
    }
    faults
}

/// The name that is most like one, where any is: they begin alike or share the words between their hyphens.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = |other: &str| {
        let begin = name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        let words = name.split('-').filter(|word| other.split('-').any(|own| own == *word)).count();
        begin.max(3 * words)
    };
    names
        .map(|other| (alike(other), other))
        .filter(|(alike, _)| *alike > 2)
        .max_by_key(|(alike, _)| *alike)
        .map(|(_, n)| n)
}
