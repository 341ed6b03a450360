//! What the container runtime leaves in a RUN's layer that is not the command's.

use serde_json::Value;

/// The directories that every container has something mounted in.
const RUNTIME: [&str; 4] = ["/dev", "/etc", "/proc", "/sys"];

/// The targets of a RUN's mounts, as its `--mount` flags give them.
pub fn mount_targets(step: &str) -> Vec<String> {
    // An ONBUILD shows its own name first.
    let flags =
        step.trim_start_matches("ONBUILD ").split_whitespace().skip(1).take_while(|word| word.starts_with("--"));
    flags.filter_map(|flag| flag.strip_prefix("--mount=")).filter_map(target).collect()
}

fn target(flag: &str) -> Option<String> {
    let field = |names: &[&str]| {
        let fields = flag.split(',').filter_map(|field| field.split_once('='));
        let mut values = fields.filter(|(name, _)| names.contains(name)).map(|(_, value)| value.trim_matches('"'));
        values.next().map(str::to_owned)
    };
    let target = field(&["target", "dst", "destination"]);
    let default =
        || (field(&["type"])? == "secret").then(|| format!("/run/secrets/{}", field(&["id"]).unwrap_or_default()));
    target.or_else(default)
}

/// Whether an entry is a trace: a directory of the runtime's, with the mode and owner it has unless a command gave it
/// others, or a directory above a mount's target.
pub fn is_trace(entry: &Value, mounts: &[String]) -> bool {
    let field = |name: &str| entry.get(name);
    let Some(path) = field("path").and_then(Value::as_str) else {
        return false;
    };
    if field("kind").and_then(Value::as_str) != Some("dir") {
        return false;
    }
    let untouched = field("mode").and_then(Value::as_str) == Some("755")
        && field("uid").and_then(Value::as_u64) == Some(0)
        && field("gid").and_then(Value::as_u64) == Some(0);
    let above = |target: &String| target.strip_prefix(path).is_some_and(|rest| rest.starts_with('/') && rest.len() > 1);
    (untouched && RUNTIME.contains(&path)) || mounts.iter().any(above)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn targets_of_mounts_are_read_from_the_flags() {
        let step = "RUN --mount=type=cache,target=/a/b --network=none --mount=type=secret,id=t --mount=type=bind,dst=/c x --mount=type=bind,dst=/no";
        assert_eq!(mount_targets(step), ["/a/b", "/run/secrets/t", "/c"]);
        assert!(mount_targets("COPY a b").is_empty());
    }

    #[test]
    fn only_untouched_directories_are_traces() {
        let dir = |path: &str, mode: &str| json!({"path": path, "kind": "dir", "mode": mode, "uid": 0, "gid": 0});
        let mounts = ["/a/b/c".to_owned()];
        for (entry, trace) in [
            (dir("/etc", "755"), true),
            (dir("/etc", "700"), false),
            (dir("/etcetera", "755"), false),
            (dir("/a/b", "1777"), true),
            (dir("/a/b/c", "755"), false),
            (json!({"path": "/dev", "kind": "file", "mode": "755", "uid": 0, "gid": 0}), false),
        ] {
            assert_eq!(is_trace(&entry, &mounts), trace, "{entry}");
        }
    }
}
