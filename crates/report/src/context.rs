//! The build context, as it is shown.

use std::rc::Rc;

use filesystem::{Context, ContextKind, Ignore};

use crate::view::{ContextFileView, ContextView};

pub(crate) fn view(context: &Context, ignore: &Ignore) -> ContextView {
    let mut view = ContextView::default();
    for (path, entry) in context.shared() {
        let (kind, bytes) = match &entry.kind {
            ContextKind::Dir => ("dir", 0),
            ContextKind::File(content) => ("file", content.size()),
            ContextKind::Symlink(_) => ("symlink", 0),
        };
        let ignored_by = ignore.matches(path).filter(|pattern| !pattern.negated).map(|pattern| pattern.text.clone());
        view.all_bytes = view.all_bytes.saturating_add(bytes);
        if ignored_by.is_none() {
            view.bytes = view.bytes.saturating_add(bytes);
        }
        view.files.push(ContextFileView { path: Rc::clone(path), kind, mode: entry.mode, bytes, ignored_by });
    }
    view
}
