use super::Request;
use crate::flags::Kind;
use crate::literal::quoted;
use crate::mistake::Mistake;
use crate::{Body, From, Word};

pub(crate) const FROM_FLAGS: [(&str, Kind); 1] = [("platform", Kind::Value)];

/// `FROM`
pub(super) fn from(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let words = request.words();
    let (image, name) = match words.as_slice() {
        [image] => (image, None),
        [image, keyword, name] if keyword.text.eq_ignore_ascii_case("as") => {
            if !is_stage_name(&name.text.to_lowercase()) {
                return Err(invalid_name(request, name));
            }
            (image, Some((keyword.clone(), name.clone())))
        }
        _ => {
            return Err(Mistake::new("from-arguments", "FROM requires either one or three arguments"));
        }
    };
    let flags = request.flags(&FROM_FLAGS)?;
    Ok(Body::From(From { platform: flags.value("platform"), image: image.clone(), name }))
}

fn invalid_name(request: &Request<'_>, name: &Word) -> Mistake {
    let message = format!(
        "invalid name for build stage: {}, name can't start with a number or contain symbols",
        quoted(&name.text)
    );
    // The name is the last of the arguments.
    let end = request.command().rest.end;
    Mistake::new("stage-name-invalid", message).with("name", &name.text).at(end - name.text.len()..end)
}

/// Whether a name, in lower case, can be a stage's.
fn is_stage_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'))
}
