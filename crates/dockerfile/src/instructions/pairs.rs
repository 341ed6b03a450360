use super::{Request, at_least_one, blank_name};
use crate::mistake::Mistake;
use crate::node::Arguments;
use crate::{Body, Pair};

/// `ENV`
pub(super) fn env(request: &mut Request<'_>) -> Result<Body, Mistake> {
    pairs(request, "ENV").map(Body::Env)
}

/// `LABEL`
pub(super) fn label(request: &mut Request<'_>) -> Result<Body, Mistake> {
    pairs(request, "LABEL").map(Body::Label)
}

fn pairs(request: &Request<'_>, name: &str) -> Result<Vec<Pair>, Mistake> {
    request.flags(&[])?;
    let line = request.line();
    let Arguments::Pairs(pairs) = &request.command().arguments else {
        return Err(at_least_one(name));
    };
    if let Some((key, value, _)) = pairs.iter().find(|(key, ..)| key.is_empty()) {
        return Err(blank_name(name).at(key.start..value.end));
    }
    let pair =
        |(key, value, legacy): &(_, _, bool)| Pair { key: line.word(key), value: line.word(value), legacy: *legacy };
    Ok(pairs.iter().map(pair).collect())
}
