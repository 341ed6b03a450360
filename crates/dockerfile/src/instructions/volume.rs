//! Instructions whose arguments are a list of words.

use super::{Request, at_least_one};
use crate::Body;
use crate::mistake::Mistake;

/// `EXPOSE`. The ports come in the order of their text, as BuildKit sorts them.
pub(super) fn expose(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let mut ports = request.words();
    if ports.is_empty() {
        return Err(at_least_one("EXPOSE"));
    }
    request.flags(&[])?;
    ports.sort_by(|a, b| a.text.cmp(&b.text));
    Ok(Body::Expose(ports))
}

/// `VOLUME`
pub(super) fn volume(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let mut paths = request.words();
    if paths.is_empty() {
        return Err(at_least_one("VOLUME"));
    }
    request.flags(&[])?;
    for path in &mut paths {
        path.text = path.text.trim().to_owned();
        if path.text.is_empty() {
            return Err(Mistake::new("blank-volume", "VOLUME specified can not be an empty string"));
        }
    }
    Ok(Body::Volume(paths))
}
