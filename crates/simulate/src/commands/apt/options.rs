//! The options of apt's programs.

use super::super::options::{Options, read as getopt};

const LONG: &[(&str, char)] = &[
    ("yes", 'y'),
    ("assume-yes", 'y'),
    ("force-yes", 'y'),
    ("assume-no", 'N'),
    ("no-install-recommends", 'R'),
    ("install-recommends", 'I'),
    ("no-install-suggests", 'S'),
    ("install-suggests", 'S'),
    ("quiet", 'q'),
    ("option=", 'o'),
    ("config-file=", 'c'),
    ("fix-missing", 'm'),
    ("ignore-missing", 'm'),
    ("fix-broken", 'f'),
    ("purge", 'P'),
    ("auto-remove", 'A'),
    ("autoremove", 'A'),
    ("reinstall", 'r'),
    ("target-release=", 't'),
    ("default-release=", 't'),
    ("only-upgrade", 'u'),
    ("no-upgrade", 'n'),
    ("download-only", 'd'),
    ("simulate", 's'),
    ("just-print", 's'),
    ("dry-run", 's'),
    ("recon", 's'),
    ("no-act", 's'),
    ("help", 'h'),
    ("version", 'v'),
    ("installed", 'i'),
    ("upgradable", 'u'),
    ("manual-installed", 'i'),
    ("all-versions", 'a'),
    ("names-only", 'n'),
    ("no-remove", 'z'),
    ("no-auto-remove", 'z'),
    ("with-new-pkgs", 'z'),
    ("without-new-pkgs", 'z'),
    ("allow-unauthenticated", 'z'),
    ("allow-downgrades", 'z'),
    ("allow-remove-essential", 'z'),
    ("allow-change-held-packages", 'z'),
    ("allow-releaseinfo-change", 'z'),
    ("allow-insecure-repositories", 'z'),
    ("no-allow-insecure-repositories", 'z'),
    ("ignore-hold", 'z'),
    ("trivial-only", 'z'),
    ("show-progress", 'z'),
    ("show-upgraded", 'z'),
    ("verbose-versions", 'z'),
    ("list-cleanup", 'z'),
    ("no-list-cleanup", 'z'),
    ("no-download", 'z'),
    ("mark-auto", 'M'),
    ("print-uris", 's'),
    ("no-cache", 'z'),
    ("no-pkg-cache", 'z'),
    ("error-on=", 'e'),
    ("color", 'z'),
    ("no-color", 'z'),
    ("important", 'z'),
    ("no-recommends", 'z'),
    ("no-suggests", 'z'),
];

/// Reads the arguments, with apt's words for what is wrong: `-q=2`, `-o=Name=value` and `--yes=true` as well.
pub fn read(arguments: &[String]) -> Result<Options, String> {
    let mut words = Vec::new();
    for word in arguments {
        match word.split_once('=') {
            Some(("-q", level)) => {
                words.extend(std::iter::repeat_n("-q".to_string(), level.parse().unwrap_or(1).min(2)))
            }
            Some((option @ ("-o" | "-t" | "-c"), value)) => words.extend([option.to_string(), value.to_string()]),
            Some((option, value)) if option.starts_with("--") && takes_none(option) => match value {
                "false" | "no" | "0" => words.extend(opposite(option).map(str::to_string)),
                _ => words.push(option.to_string()),
            },
            _ => words.push(word.clone()),
        }
    }
    getopt(&words, "yqo:c:mft:dsuvVhnia", LONG).map_err(|message| complaint(&message, &words))
}

fn takes_none(option: &str) -> bool {
    LONG.iter().any(|(name, _)| option.strip_prefix("--") == Some(name))
}

fn opposite(option: &str) -> Option<&'static str> {
    match option {
        "--install-recommends" => Some("--no-install-recommends"),
        "--no-install-recommends" => Some("--install-recommends"),
        _ => None,
    }
}

/// What apt says where getopt's sentence is `message`.
fn complaint(message: &str, words: &[String]) -> String {
    if let Some(option) = message.strip_prefix("unrecognized option '") {
        let option = option.trim_end_matches('\'');
        return format!("Command line option {option} is not understood in combination with the other options");
    }
    let Some(letter) = message.split('\'').nth(1) else {
        return message.to_string();
    };
    let word = words.iter().find(|word| word.starts_with('-') && !word.starts_with("--") && word.contains(letter));
    let word = word.map_or("", String::as_str);
    if message.contains("requires an argument") {
        return format!("Command line option '{letter}' [from {word}] requires an argument.");
    }
    format!("Command line option '{letter}' [from {word}] is not understood in combination with the other options.")
}
