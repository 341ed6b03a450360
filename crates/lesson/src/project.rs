//! The projects that a lesson's folders make.

use filesystem::{Content, ContextKind, Edit};
use report::{Context, ContextEntry};

use crate::{Happening, Lesson};

/// The time of every file of a lesson: seconds since 1970.
const TIME: i64 = 1_735_689_600;

/// The edits that write all files of a folder of the lesson: `solution/shrink/`.
#[must_use]
pub fn overlaid(lesson: &Lesson, folder: &str) -> Vec<Edit> {
    let files = lesson.files.iter().filter_map(|(path, text)| Some((path.strip_prefix(folder)?, text)));
    let edits = files.map(|(path, text)| Edit::Write {
        path: path.to_owned(),
        kind: ContextKind::File(Content::text(text)),
        mode: None,
    });
    edits.collect()
}

/// The project that a step begins with where it does not go on with the one before: that of its `open/`, of the first step
/// `start/`.
#[must_use]
pub fn started(lesson: &Lesson, step: usize) -> Option<Context> {
    let open = lesson.steps.get(step).and_then(|step| step.open.as_ref());
    let folder = match open {
        Some(open) => format!("open/{open}/"),
        None if step == 0 => "start/".to_owned(),
        None => return None,
    };
    let mut context = Context::default();
    let put = |context: &mut Context, path: &str, content: Content| {
        let entry = ContextEntry { kind: ContextKind::File(content), mode: 0o644, mtime: TIME };
        // a path that cannot be one is left out; `lesson check` names it
        let _ = context.insert(path, entry);
    };
    for edit in overlaid(lesson, &folder) {
        if let Edit::Write { path, kind: ContextKind::File(content), .. } = edit {
            put(&mut context, &path, content);
        }
    }
    if step == 0 {
        for (path, bytes) in &lesson.sized {
            put(&mut context, path, Content::opaque(path, bytes.0));
        }
    }
    Some(context)
}

/// The project when the steps before one are solved as the lesson solves them, and nothing of that step has happened. Of the
/// number of all steps: when all are solved.
#[must_use]
pub fn solved(lesson: &Lesson, step: usize) -> Context {
    let mut context = Context::default();
    for (number, before) in lesson.steps.iter().enumerate().take(step) {
        if let Some(opened) = started(lesson, number) {
            context = opened;
        }
        happen(&mut context, lesson, &before.play);
        if let Some(predict) = &before.predict {
            happen(&mut context, lesson, &predict.after);
        }
        write(&mut context, overlaid(lesson, &format!("solution/{}/", before.id)));
    }
    context
}

/// What happenings do to the files.
fn happen(context: &mut Context, lesson: &Lesson, happenings: &[Happening]) {
    for happening in happenings {
        let edits = happening.edits(lesson, context).unwrap_or_default();
        write(context, edits);
    }
}

fn write(context: &mut Context, edits: Vec<Edit>) {
    for edit in edits {
        // an edit of a file that a lesson has not got is left out, as it is for a learner
        let _ = context.apply(&edit, TIME);
    }
}
