//! Images by name, and platforms.

use std::rc::Rc;

use catalog::{Catalog, Image, Reference, ReferenceError};

use crate::BaseImage;

/// The image of a name, as far as the catalog knows it.
///
/// # Errors
/// Docker's words for a malformed name.
pub(crate) fn image(name: &str, catalog: &Catalog) -> Result<BaseImage, ReferenceError> {
    let reference = Reference::parse(name)?;
    let exact = catalog.get(&reference.short()).cloned();
    let stand_in = exact.is_none();
    let image = exact.or_else(|| nearest(&reference, catalog));
    Ok(BaseImage { stand_in: stand_in && image.is_some(), reference, image })
}

/// The image of the same repository whose tag is most like the one asked for: as many parts in common as possible
/// (`23-alpine` is counted as `22-alpine` rather than as `22`), then the last by name.
fn nearest(reference: &Reference, catalog: &Catalog) -> Option<Rc<Image>> {
    let asked: Vec<&str> = reference.tag.as_deref().unwrap_or("latest").split('-').collect();
    catalog
        .images()
        .filter_map(|image| {
            let known = Reference::parse(&image.reference).ok()?;
            let same = known.domain == reference.domain && known.path == reference.path;
            let tag = known.tag.as_deref().unwrap_or_default().to_string();
            let parts: Vec<&str> = tag.split('-').collect();
            let flavour = |tag: &[&str]| tag.get(1..).unwrap_or_default().join("-");
            let common = asked.iter().filter(|part| parts.contains(part)).count();
            let score = (flavour(&asked) == flavour(&parts), common, parts.len() == asked.len());
            same.then(|| ((score, image.reference.clone()), Rc::clone(image)))
        })
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, image)| image)
}

/// Whether a text is a platform as containerd reads it: `os`, `arch`, `os/arch` or `os/arch/variant`.
///
/// # Errors
/// Docker's words.
pub(crate) fn check_platform(text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split('/').collect();
    let part_ok = |part: &&str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '(' | ')' | '+'))
    };
    let quoted = crate::go_quote(text);
    for part in &parts {
        if !part_ok(part) {
            let part = crate::go_quote(part);
            return Err(format!(
                "{part} is an invalid component of {quoted}: platform specifier component must match \
                 \"^[A-Za-z0-9_.-]+$\": invalid argument"
            ));
        }
    }
    match parts.as_slice() {
        [one] => {
            let known = [
                "linux",
                "windows",
                "darwin",
                "freebsd",
                "netbsd",
                "openbsd",
                "solaris",
                "plan9",
                "js",
                "aix",
                "android",
                "dragonfly",
                "hurd",
                "illumos",
                "ios",
                "nacl",
                "zos",
                "amd64",
                "arm64",
                "arm",
                "386",
                "i386",
                "x86_64",
                "x86-64",
                "aarch64",
                "armhf",
                "armel",
                "ppc64",
                "ppc64le",
                "s390x",
                "riscv64",
                "mips",
                "mipsle",
                "mips64",
                "mips64le",
                "wasm",
                "loong64",
                "sparc64",
            ];
            if known.contains(&one.to_lowercase().as_str()) {
                Ok(())
            } else {
                Err(format!("{}: unknown operating system or architecture: invalid argument", crate::go_quote(text)))
            }
        }
        [_, _] | [_, _, _] => Ok(()),
        _ => Err(format!("{quoted}: cannot parse platform specifier: invalid argument")),
    }
}
