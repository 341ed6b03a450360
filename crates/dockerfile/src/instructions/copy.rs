use super::Request;
use crate::flags::Kind;
use crate::heredoc::{Mark, mark};
use crate::mistake::Mistake;
use crate::{Body, Copy, Heredoc, Word};

pub(crate) const COPY_FLAGS: [(&str, Kind); 5] = [
    ("chmod", Kind::Value),
    ("chown", Kind::Value),
    ("exclude", Kind::Values),
    ("from", Kind::Value),
    ("link", Kind::Switch),
];

pub(crate) const ADD_FLAGS: [(&str, Kind); 7] = [
    ("checksum", Kind::Value),
    ("chmod", Kind::Value),
    ("chown", Kind::Value),
    ("exclude", Kind::Values),
    ("keep-git-dir", Kind::Switch),
    ("link", Kind::Switch),
    ("unpack", Kind::Switch),
];

/// `COPY`
pub(super) fn copy(request: &mut Request<'_>) -> Result<Body, Mistake> {
    read(request, "COPY", &COPY_FLAGS).map(Body::Copy)
}

/// `ADD`
pub(super) fn add(request: &mut Request<'_>) -> Result<Body, Mistake> {
    read(request, "ADD", &ADD_FLAGS).map(Body::Add)
}

fn read(request: &mut Request<'_>, name: &'static str, known: &[(&'static str, Kind)]) -> Result<Copy, Mistake> {
    let mut words = request.words();
    let destination = match words.pop() {
        Some(destination) if !words.is_empty() => destination,
        _ => {
            let message = format!(
                "{name} requires at least two arguments, but only one was provided. Destination could not be determined"
            );
            return Err(Mistake::new("no-destination", message).with("instruction", name));
        }
    };
    let flags = request.flags(known)?;
    // A word whose quotes do not match is no heredoc here.
    let as_mark = |word: &Word| mark(&word.text).ok().flatten();
    if as_mark(&destination).is_some() {
        let message = format!("{name} cannot accept a heredoc as a destination");
        return Err(Mistake::new("heredoc-destination", message).with("instruction", name));
    }
    let mut sources = Vec::new();
    let mut documents = Vec::new();
    for word in words {
        match as_mark(&word) {
            Some(mark) => documents.push(document(request.heredocs, mark, &word)),
            None => sources.push(word),
        }
    }
    Ok(Copy {
        sources,
        documents,
        destination,
        from: flags.value("from"),
        chown: flags.value("chown"),
        chmod: flags.value("chmod"),
        link: flags.is_on("link"),
        exclude: flags.all("exclude"),
        keep_git_dir: flags.is_on("keep-git-dir"),
        checksum: flags.value("checksum"),
        unpack: flags.switch("unpack"),
    })
}

/// The heredoc that a mark stands for: the last of that name. In a JSON form, which has no heredocs, an empty one.
fn document(heredocs: &mut Vec<Heredoc>, mark: Mark, word: &Word) -> usize {
    if let Some(index) = heredocs.iter().rposition(|heredoc| heredoc.name == mark.name) {
        return index;
    }
    let Mark { name, expand, chomp, file_descriptor } = mark;
    let range = source::TextRange::empty(word.range.end);
    let (content, raw) = (String::new(), String::new());
    heredocs.push(Heredoc { name, content, expand, chomp, file_descriptor, range, raw, end: range });
    heredocs.len() - 1
}
