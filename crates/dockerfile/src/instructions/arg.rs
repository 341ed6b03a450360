use super::{Request, at_least_one, blank_name};
use crate::mistake::Mistake;
use crate::node::Arguments;
use crate::{ArgDeclaration, Body};

/// `ARG`. Flags are skipped unread, as BuildKit does.
pub(super) fn arg(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let line = request.line();
    let Arguments::Words(words) = &request.command().arguments else {
        return Err(at_least_one("ARG"));
    };
    if words.is_empty() {
        return Err(at_least_one("ARG"));
    }
    let mut declarations = Vec::new();
    for word in words {
        let Some(equals) = line.of(word).find('=') else {
            declarations.push(ArgDeclaration { name: line.word(word), default: None });
            continue;
        };
        if equals == 0 {
            return Err(blank_name("ARG").at(word.clone()));
        }
        let equals = word.start + equals;
        declarations.push(ArgDeclaration {
            name: line.word(&(word.start..equals)),
            default: Some(line.word(&(equals + 1..word.end))),
        });
    }
    Ok(Body::Arg(declarations))
}
