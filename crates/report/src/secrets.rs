//! Secrets that an image gives away: keys, tokens and passwords in any of its layers, in its environment, in its history.
//!
//! Whoever has the image has all of its layers, those too whose files a later layer deletes. What is looked for are names
//! that files with secrets have, and the shapes that their issuers publish so that leaked ones can be found (GitHub,
//! GitLab, AWS, Google, Slack, Stripe, npm, PyPI). Base images are not looked through.

use std::borrow::Cow;

use filesystem::{Content, EntryKind, Piece};

use crate::json::Json;
use crate::view::{ImageView, LayerView};

/// Files are read up to here.
const READ_LIMIT: usize = 256 << 10;
/// More are not listed.
const MOST: usize = 200;

/// A secret that is in the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it is.
    pub kind: SecretKind,
    /// Where it is.
    pub place: SecretPlace,
}

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretKind {
    /// A private key, as PEM or OpenSSH write it, or a store of keys.
    PrivateKey,
    /// A token or key of a service.
    Token,
    /// A file that holds settings and usually passwords: `.env`.
    Environment,
    /// A file in which a program keeps who it logs in as: `.netrc`, `.npmrc` with a token, `.aws/credentials`.
    Credentials,
    /// A variable named like a secret.
    Variable,
}

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// In a file of a layer.
    File {
        /// Its path.
        path: String,
        /// The layer, as an index into the image's layers.
        layer: usize,
        /// The later layer that hides the file: it is still in the image.
        hidden_by: Option<usize>,
        /// The line, from 1, where the secret is a part of the text.
        line: Option<usize>,
    },
    /// In the image's environment.
    Env {
        /// The row that sets it, as an index into [`ImageView::history`].
        row: usize,
        /// The variable.
        name: String,
    },
    /// In the text of a RUN that had it as a build argument, or of an ENV whose variable a later one emptied.
    History {
        /// The row, as an index into [`ImageView::history`].
        row: usize,
        /// The argument.
        name: String,
    },
}

/// Looks through an image.
#[must_use]
pub fn secrets(image: &ImageView) -> Vec<Secret> {
    let mut found = Vec::new();
    for (layer, view) in image.layers.iter().enumerate().filter(|(_, view)| view.contents.is_built()) {
        for entry in view.contents.entries() {
            let EntryKind::File(content) = &entry.kind else { continue };
            if let Some((kind, line)) = in_file(&entry.path, content) {
                let hidden_by = hidden_by(&image.layers, layer, &entry.path);
                let place = SecretPlace::File { path: entry.path.to_string(), layer, hidden_by, line };
                found.push(Secret { kind, place });
            }
        }
    }
    // A base image's rows have no place in the Dockerfile.
    for (row, view) in image.history.iter().enumerate().filter(|(_, view)| !view.range.is_empty()) {
        for name in arguments(&view.created_by) {
            let place = SecretPlace::History { row, name: name.to_string() };
            found.push(Secret { kind: SecretKind::Variable, place });
        }
        for name in set_in(&view.created_by) {
            let name = name.to_string();
            let kept = variables(image).any(|kept| kept == name);
            let place = if kept { SecretPlace::Env { row, name } } else { SecretPlace::History { row, name } };
            found.push(Secret { kind: SecretKind::Variable, place });
        }
    }
    found.truncate(MOST);
    found
}

/// The first later layer in which the file is no more what it was.
fn hidden_by(layers: &[LayerView], layer: usize, path: &str) -> Option<usize> {
    layers.iter().enumerate().skip(layer + 1).find_map(|(number, later)| {
        let hides = later.contents.entries().iter().any(|entry| match entry.kind {
            EntryKind::Dir => false,
            EntryKind::Opaque => path.starts_with(&format!("{}/", entry.path.trim_end_matches('/'))),
            _ => *path == *entry.path || path.strip_prefix(&*entry.path).is_some_and(|rest| rest.starts_with('/')),
        });
        hides.then_some(number)
    })
}

/// The variables of the image that are named like a secret and hold something.
fn variables(image: &ImageView) -> impl Iterator<Item = &str> {
    let all = match image.config.get("Env") {
        Some(Json::Array(variables)) => variables.as_slice(),
        _ => &[],
    };
    all.iter()
        .filter_map(|variable| if let Json::String(variable) = variable { variable.split_once('=') } else { None })
        .filter(|(name, value)| checks::is_secret_name(name) && !value.is_empty())
        .map(|(name, _)| name)
}

/// The variables named like a secret that a row gives a value by ENV.
fn set_in(created_by: &str) -> impl Iterator<Item = &str> {
    let pairs = created_by.strip_prefix("ENV ").unwrap_or_default();
    pairs
        .split(' ')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, value)| checks::is_secret_name(name) && !value.is_empty())
        .map(|(name, _)| name)
}

/// The names of build arguments that a row shows with a value: `RUN |2 A=1 TOKEN=abc /bin/sh -c …`.
fn arguments(created_by: &str) -> impl Iterator<Item = &str> {
    let counted = created_by.strip_prefix("RUN |").and_then(|rest| rest.split_once(' '));
    let (count, rest) = counted.map_or((0, ""), |(count, rest)| (count.parse().unwrap_or(0), rest));
    rest.split(' ')
        .take(count)
        .filter_map(|word| word.split_once('='))
        .filter(|(name, value)| checks::is_secret_name(name) && !value.is_empty())
        .map(|(name, _)| name)
}

fn in_file(path: &str, content: &Content) -> Option<(SecretKind, Option<usize>)> {
    if content.size() == 0 {
        return None;
    }
    // All files are read at every key: what is there as one piece is not copied.
    let head = match content.pieces() {
        [Piece::Bytes(bytes)] if bytes.len() <= READ_LIMIT => Some(Cow::Borrowed(bytes.as_ref())),
        _ => content.slice(0, content.size().min(READ_LIMIT as u64)).bytes(READ_LIMIT).map(Cow::Owned),
    };
    let text = head.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
    if let Some((kind, line)) = text.and_then(in_text) {
        return Some((kind, Some(line)));
    }
    by_name(path, text).map(|kind| (kind, None))
}

/// What a file's name says, and its text where that is known.
fn by_name(path: &str, text: Option<&str>) -> Option<SecretKind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let holds = |word: &str| text.is_none_or(|text| text.contains(word));
    let example = ["example", "sample", "template", "dist", "defaults"].iter().any(|word| name.ends_with(word));
    let of_a_key = [".p12", ".pfx", ".jks", ".keystore"].iter().any(|end| name.ends_with(end));
    if matches!(name, "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519") || of_a_key {
        Some(SecretKind::PrivateKey)
    } else if (name == ".env" || name.starts_with(".env.")) && !example {
        Some(SecretKind::Environment)
    } else if matches!(name, ".netrc" | ".git-credentials" | ".pgpass" | ".htpasswd")
        || path.ends_with("/.aws/credentials")
        || path.ends_with("/.kube/config")
        || (path.ends_with("/.docker/config.json") && holds("\"auth\""))
        || (name == ".npmrc" && holds("_auth"))
        || (name == ".pypirc" && holds("password"))
    {
        Some(SecretKind::Credentials)
    } else {
        None
    }
}

/// A token's shape: what it starts with, and how many characters of its alphabet follow at least.
const TOKENS: [(&str, usize); 16] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghs_", 36),
    ("ghu_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("npm_", 36),
    ("pypi-AgEIcHlwaS5vcmc", 50),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("dckr_pat_", 20),
];

/// The length of the shortest token.
const SHORTEST: usize = 20;
/// What a private key begins with.
const KEY: &str = "-----BEGIN ";

/// The first secret of a text, and its line.
fn in_text(text: &str) -> Option<(SecretKind, usize)> {
    if !text.contains(KEY) && !has_token(text) {
        return None;
    }
    for (number, line) in text.lines().enumerate() {
        let key = line.trim_start().strip_prefix(KEY).is_some_and(|rest| rest.contains("PRIVATE KEY"));
        if key {
            return Some((SecretKind::PrivateKey, number + 1));
        }
        if has_token(line) {
            return Some((SecretKind::Token, number + 1));
        }
    }
    None
}

/// Whether a word of the text is a token. Most words are too short for one: from where a word begins, the last byte that it
/// would need is looked at first, and what lies before a gap is left out.
fn has_token(text: &str) -> bool {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let mut rest = text.as_bytes();
    while let Some(least) = rest.get(..SHORTEST) {
        let end = match least.iter().rposition(|byte| !in_word(byte)) {
            Some(gap) => gap + 1,
            None => {
                let end = rest.iter().position(|byte| !in_word(byte)).unwrap_or(rest.len());
                if rest.get(..end).is_some_and(is_token) {
                    return true;
                }
                end
            }
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    false
}

fn is_token(word: &[u8]) -> bool {
    TOKENS.iter().any(|(start, length)| word.len() >= start.len() + length && word.starts_with(start.as_bytes()))
}
