//! Instructions whose arguments are one text, blanks and all.

use super::{Request, exactly_one};
use crate::mistake::Mistake;
use crate::{Body, Word};

/// `MAINTAINER`
pub(super) fn maintainer(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let word = one(request, "MAINTAINER")?;
    request.flags(&[])?;
    Ok(Body::Maintainer(word.text))
}

/// `STOPSIGNAL`. Flags are skipped unread, as BuildKit does.
pub(super) fn stopsignal(request: &mut Request<'_>) -> Result<Body, Mistake> {
    one(request, "STOPSIGNAL").map(Body::Stopsignal)
}

/// `USER`
pub(super) fn user(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let word = one(request, "USER")?;
    request.flags(&[])?;
    Ok(Body::User(word))
}

/// `WORKDIR`
pub(super) fn workdir(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let word = one(request, "WORKDIR")?;
    request.flags(&[])?;
    Ok(Body::Workdir(word))
}

fn one(request: &Request<'_>, name: &str) -> Result<Word, Mistake> {
    request.words().pop().ok_or_else(|| exactly_one(name))
}
