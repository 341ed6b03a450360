//! A reader of the lock files of yarn and pnpm: maps by indentation, a subset of YAML and yarn's own format alike.

use super::json::Json;

/// How deep maps may be inside each other.
const NEST_LIMIT: usize = 32;

/// A map that is being read: its indentation, the key that it will have, its members.
type Open = (usize, String, Vec<(String, Json)>);

/// Reads a text of lines `key: value`, `key:` with deeper lines below, or `key "value"`. Lists are passed over.
pub fn parse(text: &str) -> Json {
    let mut open: Vec<Open> = vec![(0, String::new(), Vec::new())];
    let mut pending: Option<String> = None;
    for line in text.lines() {
        let body = line.trim();
        if body.is_empty() || body.starts_with(['#', '-']) && !body.starts_with("---") || body == "---" {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let deepest = open.last().map_or(0, |(indent, ..)| *indent);
        if let Some(key) = pending.take() {
            if indent > deepest && open.len() < NEST_LIMIT {
                open.push((indent, key, Vec::new()));
            } else if let Some((_, _, members)) = open.last_mut() {
                members.push((key, Json::Object(Vec::new())));
            }
        }
        while open.len() > 1 && open.last().is_some_and(|(deepest, ..)| indent < *deepest) {
            close(&mut open);
        }
        let (key, value) = split(body);
        match value {
            None => pending = Some(key),
            Some(value) => {
                if let Some((_, _, members)) = open.last_mut() {
                    members.push((key, Json::Text(value)));
                }
            }
        }
    }
    if let (Some(key), Some((_, _, members))) = (pending, open.last_mut()) {
        members.push((key, Json::Object(Vec::new())));
    }
    while open.len() > 1 {
        close(&mut open);
    }
    Json::Object(open.pop().map(|(_, _, members)| members).unwrap_or_default())
}

fn close(open: &mut Vec<Open>) {
    if let Some((_, key, members)) = open.pop()
        && let Some((_, _, outer)) = open.last_mut()
    {
        outer.push((key, Json::Object(members)));
    }
}

/// The key of a line and its value; none where the value is the lines below.
fn split(body: &str) -> (String, Option<String>) {
    if let Some(key) = body.strip_suffix(':') {
        return (unquoted(key), None);
    }
    // A quoted key may hold `: `.
    let from = match body.chars().next() {
        Some(quote @ ('"' | '\'')) => body.get(1..).and_then(|rest| rest.find(quote)).map_or(0, |at| at + 2),
        _ => 0,
    };
    let rest = body.get(from..).unwrap_or_default();
    let at = rest.find(": ").map(|at| (from + at, 2)).or_else(|| rest.find(' ').map(|at| (from + at, 1)));
    match at {
        Some((at, width)) => {
            (unquoted(body.get(..at).unwrap_or_default()), Some(unquoted(body.get(at + width..).unwrap_or_default())))
        }
        None => (unquoted(body), Some(String::new())),
    }
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    // yarn's keys are lists of quoted names: the quotes go, wherever they stand
    text.replace(['"', '\''], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_files_are_read() {
        let yarn = parse(
            "# yarn lockfile v1\n\n\"@a/b@^1\", \"@a/b@^1.2\":\n  version \"1.2.3\"\n  dependencies:\n    c \"^4\"\n\nc@^4:\n  version \"4.0.0\"\n",
        );
        let first = yarn.get("@a/b@^1, @a/b@^1.2").unwrap();
        assert_eq!(first.get("version").and_then(Json::text), Some("1.2.3"));
        assert_eq!(first.get("dependencies").and_then(|all| all.get("c")).and_then(Json::text), Some("^4"));
        assert!(yarn.get("c@^4").is_some());
        let pnpm = parse(
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      cors:\n        specifier: '*'\n        version: 2.8.6\npackages:\n  cors@2.8.6:\n    resolution: {integrity: x}\n  'd@1': {}\n",
        );
        let version = pnpm
            .get("importers")
            .and_then(|all| all.get(".")?.get("dependencies")?.get("cors")?.get("version")?.text());
        assert_eq!(version, Some("2.8.6"));
        assert_eq!(pnpm.get("packages").map(|all| all.entries().len()), Some(2));
        assert_eq!(parse("a:\n").get("a"), Some(&Json::Object(Vec::new())));
        parse(&(0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>());
    }
}
