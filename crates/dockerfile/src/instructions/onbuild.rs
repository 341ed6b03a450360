use super::{Request, at_least_one};
use crate::Body;
use crate::mistake::Mistake;

/// `ONBUILD`. The trigger is the line behind the keyword with its heredocs; it is parsed where it fires.
pub(super) fn onbuild(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let line = request.line();
    let Some(trigger) = request.node.triggers.first() else {
        return Err(at_least_one("ONBUILD"));
    };
    request.flags(&[])?;
    let name = line.of(&trigger.keyword).to_uppercase();
    match name.as_str() {
        "ONBUILD" => {
            let message = "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed";
            return Err(Mistake::new("onbuild-chained", message).at(trigger.keyword.clone()));
        }
        "MAINTAINER" | "FROM" => {
            let message = format!("{name} isn't allowed as an ONBUILD trigger");
            let mistake = Mistake::new("onbuild-not-allowed", message).with("instruction", name);
            return Err(mistake.at(trigger.keyword.clone()));
        }
        _ => {}
    }
    let range = trigger.keyword.start..line.text.len();
    let mut word = line.word(&range);
    for heredoc in request.heredocs.iter() {
        append(&mut word, "\n", heredoc.range.start.saturating_sub(1));
        append(&mut word, &heredoc.raw, heredoc.range.start);
        append(&mut word, &heredoc.name, heredoc.end.start);
        word.range = word.range.cover(heredoc.end);
    }
    Ok(Body::Onbuild(word))
}

/// Adds text that stands at `at` in the source.
pub(super) fn append(word: &mut crate::Word, text: &str, at: usize) {
    if !text.is_empty() {
        word.segments.push((word.text.len(), at));
        word.text.push_str(text);
    }
}
