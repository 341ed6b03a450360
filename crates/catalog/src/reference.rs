use std::fmt;

/// An image's name, read as Docker reads it (distribution/reference).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The registry: `docker.io` where none is named.
    pub domain: String,
    /// The path in it: `library/node`.
    pub path: String,
    /// The tag: `latest` where neither tag nor digest is given.
    pub tag: Option<String>,
    /// The digest: `sha256:…`
    pub digest: Option<String>,
}

/// Why a text is no image name; displays as Docker's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceError {
    /// Something in it is not allowed.
    Format,
    /// The repository has upper case letters.
    Uppercase {
        /// The repository.
        path: String,
    },
    /// It is 64 hexadecimal digits, which name an image id and nothing else.
    Identifier {
        /// The text.
        text: String,
    },
    /// It has more than 255 characters.
    TooLong,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReferenceError::Format => f.write_str("invalid reference format"),
            ReferenceError::Uppercase { path } => {
                write!(f, "invalid reference format: repository name ({path}) must be lowercase")
            }
            ReferenceError::Identifier { text } => {
                write!(f, "invalid repository name ({text}), cannot specify 64-byte hexadecimal strings")
            }
            ReferenceError::TooLong => f.write_str("repository name must not be more than 255 characters"),
        }
    }
}

impl Reference {
    /// Reads an image's name (distribution/reference, `ParseNormalizedNamed` and `TagNameOnly`).
    ///
    /// # Errors
    /// What Docker says of a name that it does not take.
    pub fn parse(text: &str) -> Result<Reference, ReferenceError> {
        if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(ReferenceError::Identifier { text: text.into() });
        }
        let (domain, remainder) = split_domain(text);
        let repository = remainder.split(':').next().unwrap_or_default();
        if repository.chars().any(char::is_uppercase) {
            return Err(ReferenceError::Uppercase { path: repository.into() });
        }
        let (rest, digest) = match remainder.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, Some(digest.to_string())),
            Some(_) => return Err(ReferenceError::Format),
            None => (remainder.as_str(), None),
        };
        let (path, tag) = match rest.split_once(':') {
            Some((path, tag)) if is_tag(tag) => (path, Some(tag.to_string())),
            Some(_) => return Err(ReferenceError::Format),
            None => (rest, None),
        };
        if !is_domain(&domain) || !path.split('/').all(is_component) {
            return Err(ReferenceError::Format);
        }
        if domain.len() + 1 + path.len() > 255 {
            return Err(ReferenceError::TooLong);
        }
        let tag = if tag.is_none() && digest.is_none() { Some("latest".to_string()) } else { tag };
        Ok(Reference { domain, path: path.into(), tag, digest })
    }

    /// The full name: `docker.io/library/node:22-alpine`.
    #[must_use]
    pub fn full(&self) -> String {
        format!("{}/{}{}", self.domain, self.path, self.suffix())
    }

    /// The short form that people write and the catalog files under: `node:22-alpine`.
    #[must_use]
    pub fn short(&self) -> String {
        let suffix = self.suffix();
        match (self.domain.as_str(), self.path.strip_prefix("library/")) {
            ("docker.io", Some(name)) => format!("{name}{suffix}"),
            ("docker.io", None) => format!("{}{suffix}", self.path),
            (domain, _) => format!("{domain}/{}{suffix}", self.path),
        }
    }

    fn suffix(&self) -> String {
        let tag = self.tag.as_ref().map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = self.digest.as_ref().map(|digest| format!("@{digest}")).unwrap_or_default();
        tag + &digest
    }
}

/// The registry and the rest, as `splitDockerDomain` has it.
fn split_domain(text: &str) -> (String, String) {
    let (domain, remainder) = match text.split_once('/') {
        Some((first, rest))
            if first.contains(['.', ':']) || first == "localhost" || first.chars().any(char::is_uppercase) =>
        {
            (if first == "index.docker.io" { "docker.io" } else { first }, rest)
        }
        _ => ("docker.io", text),
    };
    let library = domain == "docker.io" && !remainder.contains('/');
    (domain.into(), if library { format!("library/{remainder}") } else { remainder.into() })
}

fn is_domain(text: &str) -> bool {
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let label = |l: &str| {
        !l.is_empty()
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    host.split('.').all(label) && port.is_none_or(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

/// A path component: runs of letters and digits, separated by `.`, `_`, `__` or any number of `-`.
fn is_component(text: &str) -> bool {
    let ends = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !ends(text.bytes().next()) || !ends(text.bytes().last()) {
        return false;
    }
    text.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        .all(|separator| matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|b| b == b'-'))
}

fn is_tag(text: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.len() <= 128
        && text.bytes().next().is_some_and(word)
        && text.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

fn is_digest(text: &str) -> bool {
    text.split_once(':').is_some_and(|(algorithm, hex)| {
        algorithm.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
            && algorithm.bytes().all(|b| b.is_ascii_alphanumeric() || b"+._-".contains(&b))
            && hex.len() >= 32
            && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_and_shortened_as_docker_does() {
        for (text, full, short) in [
            ("alpine", "docker.io/library/alpine:latest", "alpine:latest"),
            ("node:22-alpine", "docker.io/library/node:22-alpine", "node:22-alpine"),
            ("conformance/busybox:1", "docker.io/conformance/busybox:1", "conformance/busybox:1"),
            ("localhost:5000/a/b", "localhost:5000/a/b:latest", "localhost:5000/a/b:latest"),
            ("gcr.io/distroless/static", "gcr.io/distroless/static:latest", "gcr.io/distroless/static:latest"),
            ("a__b--c/d.e", "docker.io/a__b--c/d.e:latest", "a__b--c/d.e:latest"),
        ] {
            let reference = Reference::parse(text).unwrap();
            assert_eq!((reference.full().as_str(), reference.short().as_str()), (full, short));
        }
    }

    #[test]
    fn malformed_names_are_refused_in_dockers_words() {
        for (text, words) in [
            ("Alpine", "invalid reference format: repository name (library/Alpine) must be lowercase"),
            ("alpine:::", "invalid reference format"),
            ("", "invalid reference format"),
            ("a..b", "invalid reference format"),
            ("a:-x", "invalid reference format"),
            ("a@sha256:12", "invalid reference format"),
        ] {
            assert_eq!(Reference::parse(text).unwrap_err().to_string(), words, "{text}");
        }
    }
}
