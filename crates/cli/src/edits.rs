//! `--after`: edits of the context, written on one line.

use report::{Content, Context, ContextKind, Edit};

/// What `--after` takes, for help texts and errors.
pub const FORMS: &str = "write:PATH=TEXT, append:PATH=TEXT, touch:PATH, rm:PATH, chmod:MODE:PATH, mv:FROM:TO";

/// Reads an edit. `\n`, `\t` and `\\` in TEXT are what they are in C.
pub fn parse_edit(text: &str, context: &Context) -> Result<Edit, String> {
    let wrong = || format!("--after {text}: an edit is one of {FORMS}");
    let (verb, rest) = text.split_once(':').ok_or_else(wrong)?;
    let path = rest.to_owned();
    Ok(match verb {
        "touch" => Edit::Touch { path },
        "rm" => Edit::Remove { path },
        "write" | "append" => {
            let (path, text) = rest.split_once('=').ok_or_else(wrong)?;
            let mut content = Content::default();
            if verb == "append" {
                match context.get(path).map(|entry| &entry.kind) {
                    Some(ContextKind::File(before)) => content = before.clone(),
                    _ => {
                        return Err(format!("--after append: there is no file {path} in the build context"));
                    }
                }
            }
            content.append(&Content::text(&unescape(text)));
            Edit::Write { path: path.to_owned(), kind: ContextKind::File(content), mode: None }
        }
        "chmod" => {
            let (mode, path) = rest.split_once(':').ok_or_else(wrong)?;
            let mode = u32::from_str_radix(mode, 8).ok().filter(|mode| *mode <= 0o7777).ok_or_else(wrong)?;
            Edit::Chmod { path: path.to_owned(), mode }
        }
        "mv" => {
            let (from, to) = rest.split_once(':').ok_or_else(wrong)?;
            Edit::Rename { from: from.to_owned(), to: to.to_owned() }
        }
        _ => return Err(wrong()),
    })
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('\\') | None => out.push('\\'),
                Some(other) => out.extend(['\\', other]),
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> Result<Context, String> {
        let mut context = Context::default();
        let write = Edit::Write { path: "a".to_owned(), kind: ContextKind::File(Content::text("1\n")), mode: None };
        context.apply(&write, 1).unwrap();
        let edit = parse_edit(text, &context)?;
        context.apply(&edit, 2).map_err(|error| error.to_string())?;
        Ok(context)
    }

    #[test]
    fn edits_change_the_context() {
        assert_eq!(after("write:b/c=x=\\n").unwrap().text("b/c").unwrap(), "x=\n");
        assert_eq!(after("append:a=2\\n").unwrap().text("a").unwrap(), "1\n2\n");
        assert_eq!(after("chmod:755:a").unwrap().get("a").unwrap().mode, 0o755);
        assert_eq!(after("mv:a:b").unwrap().text("b").unwrap(), "1\n");
        assert_eq!(after("touch:a").unwrap().get("a").unwrap().mtime, 2);
        assert!(after("rm:a").unwrap().get("a").is_none());
    }

    #[test]
    fn what_is_no_edit_is_told_the_forms() {
        for text in ["", "write:a", "chmod:9:a", "burn:a", "mv:a"] {
            assert!(after(text).unwrap_err().contains(FORMS), "{text}");
        }
        assert!(after("append:b=x").unwrap_err().contains("no file b"));
    }
}
