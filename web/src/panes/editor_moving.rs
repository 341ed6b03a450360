//! Moving the instruction at the caret up or down, with what that did said behind it.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use report::{ContextKind, Edit};
use session::suggest::{Block, Given, apply_edits, blocks, moved, reordered};
use session::{Action, Content};
use yew::prelude::*;

use super::EditorProps;
use super::editor_surface::Surface;
use super::order::effect_in_words;
use crate::editing::Places;
use crate::store::{Say, use_dispatch};
use crate::text::use_locale;

/// For how long an instruction must have stayed where it is before what that does is worked out: it may be on its way.
const REST_MS: u32 = 250;

/// How an instruction is moved, and what the last move did.
pub struct Moving {
    /// Called with an offset in UTF-16 units, and whether it goes up. Gives whether that was done here: where there is no
    /// instruction it is not.
    pub onmove: Callback<(usize, bool), bool>,
    /// What is to be said of the text that stands there.
    pub said: AttrValue,
}

/// A move whose text is on its way to the surface.
struct Made {
    /// Where the caret goes, in UTF-16 units.
    caret: u32,
    from: usize,
    to: usize,
    /// The instruction.
    name: String,
    path: AttrValue,
    before: AttrValue,
    after: String,
}

/// The text that a move made, and what is to be said of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Done {
    text: AttrValue,
    said: AttrValue,
}

/// Moves instructions of a Dockerfile, each move one step to undo.
#[hook]
pub fn use_moving(surface: &Surface, props: &EditorProps, flush: &Callback<()>) -> Moving {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let say = use_context::<Say>();
    let done = use_state_eq(Done::default);
    let made = use_mut_ref(|| None::<Made>);
    let rest = use_mut_ref(|| None::<Timeout>);
    let speak = {
        let done = done.setter();
        move |text: AttrValue, said: String| {
            if let Some(say) = &say {
                say.say(said.clone());
            }
            done.set(Done { text, said: said.into() });
        }
    };
    // Behind the writing of the text; and what the session says of the change is said before what the move did.
    use_effect_with(props.text.clone(), {
        let (surface, made, rest) = (surface.clone(), Rc::clone(&made), Rc::clone(&rest));
        let (assist, locale, speak) = (props.assist.clone(), locale.clone(), speak.clone());
        move |text| {
            let mine = made.borrow_mut().take_if(|made| *text == made.after);
            let Some(Made { caret, from, to, name, path, before, after }) = mine else { return };
            surface.put_caret(caret);
            *rest.borrow_mut() = Some(Timeout::new(REST_MS, move || {
                let effect = assist.given().map(|given| with_text(given, &path, &before));
                let effect = effect.and_then(|given| reordered(&given, from, to));
                let words = effect.map(|effect| effect_in_words(&locale, &effect)).unwrap_or_default();
                let way = if to < from { "order-moved-up" } else { "order-moved-down" };
                speak(after.into(), format!("{} {words}", locale.f(way, &[("name", name.into())])));
            }));
        }
    });
    let onmove = {
        let (surface, flush) = (surface.clone(), flush.clone());
        let (path, is_dockerfile) = (props.path.clone(), props.report.is_some());
        Callback::from(move |(unit, up): (usize, bool)| {
            let (Some(text), true) = (surface.text().filter(|_| !surface.composing()), is_dockerfile) else {
                return false;
            };
            let places = Places::new(&text);
            let all = blocks(&text);
            let offset = places.byte(unit);
            let Some((from, block)) = at(&all, offset, text.len()) else { return false };
            let name = || block.name.of(&text).to_owned();
            let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < all.len()) };
            let after = to.and_then(|to| apply_edits(&text, &moved(&text, from, to)?));
            let (Some(to), Some(after)) = (to, after) else {
                let there = if up { "order-first" } else { "order-last" };
                speak(text.clone(), locale.f(there, &[("name", name().into())]).to_string());
                return true;
            };
            flush.emit(());
            let start = blocks(&after).get(to).map_or(0, |block| block.range.start);
            let inside = offset.saturating_sub(block.range.start);
            let caret = Places::new(&after).unit(start + inside);
            let edits = vec![write(&path, &after)];
            let (path, before, name) = (path.clone(), text.clone(), name());
            *made.borrow_mut() = Some(Made { caret, from, to, name, path, before, after });
            dispatch.emit(Action::Change { edits, options: None });
            true
        })
    };
    let said = if done.text == props.text { done.said.clone() } else { AttrValue::default() };
    Moving { onmove, said }
}

/// The instruction at an offset; the last one at the end of the text.
fn at(blocks: &[Block], offset: usize, end: usize) -> Option<(usize, Block)> {
    let holds = |block: &Block| {
        block.range.start <= offset && (offset < block.range.end || (block.range.end == end && offset == end))
    };
    blocks.iter().position(holds).and_then(|index| Some((index, *blocks.get(index)?)))
}

fn write(path: &str, text: &str) -> Edit {
    Edit::Write { path: path.to_owned(), kind: ContextKind::File(Content::text(text)), mode: None }
}

/// A project with another Dockerfile: what was moved may have been typed since the state was drawn.
fn with_text(mut given: Given, path: &str, text: &str) -> Given {
    let _ = given.context.apply(&write(path, text), 0);
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_is_in_an_instruction_with_its_comments_and_continued_lines() {
        let text = "FROM a\n\n# why\nRUN b \\\n  c\nCMD d";
        let all = blocks(text);
        let found = |piece: &str| at(&all, text.find(piece).unwrap_or_default(), text.len()).map(|(index, _)| index);
        assert_eq!((found("FROM"), found("# why"), found("  c"), found("CMD")), (Some(0), Some(1), Some(1), Some(2)));
        assert_eq!(at(&all, 7, text.len()), None, "a blank line is in none");
        assert_eq!(at(&all, text.len(), text.len()).map(|(index, _)| index), Some(2));
    }
}
