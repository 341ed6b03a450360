//! What may be written where: the words that the readers of instructions and mounts know, for who offers them.

use crate::MountKind;
use crate::flags::Kind;
pub use crate::instructions::NETWORKS;
use crate::instructions::{ADD_FLAGS, COPY_FLAGS, FROM_FLAGS, HEALTHCHECK_FLAGS, RUN_FLAGS};
use crate::mount::KINDS;

/// The flags that an instruction takes, named in capitals, in the order in which BuildKit lists them.
#[must_use]
pub fn flags_of(instruction: &str) -> &'static [(&'static str, Kind)] {
    match instruction {
        "ADD" => &ADD_FLAGS,
        "COPY" => &COPY_FLAGS,
        "FROM" => &FROM_FLAGS,
        "HEALTHCHECK" => &HEALTHCHECK_FLAGS,
        "RUN" => &RUN_FLAGS,
        _ => &[],
    }
}

/// The kinds of mounts by name, the default first.
#[must_use]
pub fn mount_types() -> [(&'static str, MountKind); 5] {
    KINDS
}

/// The fields that a mount of a kind takes, each by the name that Docker's documentation gives it.
#[must_use]
pub fn mount_keys(kind: MountKind) -> &'static [&'static str] {
    match kind {
        MountKind::Bind => &["source", "target", "from", "rw"],
        MountKind::Cache => &["target", "id", "sharing", "readonly", "from", "source", "mode", "uid", "gid"],
        MountKind::Tmpfs => &["target", "size"],
        MountKind::Secret => &["id", "target", "env", "required", "mode", "uid", "gid"],
        MountKind::Ssh => &["id", "target", "required", "mode", "uid", "gid"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Word, parse_mount};

    #[test]
    fn a_mount_may_have_each_of_its_keys() {
        for (name, kind) in mount_types() {
            for key in mount_keys(kind) {
                let value = match *key {
                    "required" | "readonly" | "rw" => "true",
                    "sharing" => "locked",
                    "mode" | "uid" | "gid" | "size" => "10",
                    _ => "x",
                };
                let target = if *key == "target" { "" } else { ",target=/x" };
                let flag = Word { text: format!("type={name},{key}={value}{target}"), ..Word::default() };
                assert!(parse_mount(&flag, &mut |value| Ok(value.to_owned())).is_ok(), "{}", flag.text);
            }
        }
    }
}
