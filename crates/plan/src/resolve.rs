//! Images by name, and platforms.

use catalog::{Catalog, Found, Reference, ReferenceError};

use crate::BaseImage;

/// The image of a name, as far as the catalog knows it.
///
/// # Errors
/// Docker's words for a malformed name.
pub(crate) fn image(name: &str, catalog: &Catalog) -> Result<BaseImage, ReferenceError> {
    let reference = Reference::parse(name)?;
    let Found { image, stand_in, system, wanted } = catalog.find(&reference);
    Ok(BaseImage { reference, image, stand_in, system, wanted })
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
