//! Programs of which it is not known which package brings them.

use super::{lookup, tools};

/// Programs that come with packages of which the data may not say so, and of other ways: where one of them is not found
/// in an image that is not known in full, it may be there all the same.
const ADDED: &[&str] = &[
    "a2disconf",
    "a2dismod",
    "a2dissite",
    "a2enconf",
    "a2enmod",
    "a2ensite",
    "alternatives",
    "bunzip2",
    "bzcat",
    "bzip2",
    "conda",
    "crontab",
    "debconf-set-selections",
    "dpkg-architecture",
    "dpkg-reconfigure",
    "envsubst",
    "fc-cache",
    "getconf",
    "ldconfig",
    "locale",
    "lsb_release",
    "mamba",
    "micromamba",
    "mix",
    "newaliases",
    "openssl",
    "pipenv",
    "poetry",
    "postalias",
    "postmap",
    "setcap",
    "ssh-keygen",
    "ssh-keyscan",
    "unxz",
    "unzip",
    "unzstd",
    "update-alternatives",
    "update-ca-certificates",
    "update-ca-trust",
    "update-locale",
    "uv",
    "xz",
    "xzcat",
    "zstd",
    "zstdcat",
];

/// Whether a program that is not found may be there in an image that is not known in full: it has no model that tells, or
/// the data may not say which package brings it.
#[must_use]
pub fn may_be_added(name: &str) -> bool {
    lookup(name).is_none() || ADDED.binary_search(&name).is_ok() || tools::lookup(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_sorted_and_have_models() {
        assert!(ADDED.is_sorted() && ADDED.iter().all(|name| lookup(name).is_some()));
    }
}
