//! What somebody else shows, to look at only: which actions leave it as it is.

use crate::{Action, LessonAction};

/// Whether an action may be carried out on what is to be looked at only: an answer of the page, another view of the same.
pub(crate) fn may(action: &Action) -> bool {
    use LessonAction::{Check, Go, List, Listed, Loaded, Open, Progress};
    matches!(
        action,
        Action::ImageLoaded(_)
            | Action::ImageUnavailable(_)
            | Action::TableLoaded { .. }
            | Action::TableUnavailable(_)
            | Action::Want(_)
            | Action::WantTables(_)
            | Action::Open(_)
            | Action::OpenLink(_)
            | Action::SetLanguage(_)
            | Action::SetTheme(_)
            | Action::Kept(_)
            | Action::DismissNotice
            | Action::Look(_)
            | Action::Lesson(List | Listed(_) | Open(..) | Loaded(..) | Go(_) | Check | Progress(_))
    )
}
