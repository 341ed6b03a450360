use crate::literal::{boolean, quoted};

/// What a directive `# check=…`, or the build argument `BUILDKIT_DOCKERFILE_CHECK`, says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckOptions {
    /// The checks of `skip=`.
    pub skip: Vec<String>,
    /// `skip=all`
    pub skip_all: bool,
    /// `error=true`: a warning fails the build.
    pub error: bool,
    /// The checks of `experimental=`.
    pub experimental: Vec<String>,
    /// `experimental=all`
    pub experimental_all: bool,
}

/// Reads `skip=A,B;error=true;experimental=C`. BuildKit's `linter.ParseLintOptions`.
///
/// # Errors
/// BuildKit's message; `docker build` prints it behind `failed to parse check options: `.
pub fn parse_check_options(text: &str) -> Result<CheckOptions, String> {
    let mut options = CheckOptions::default();
    let text = text.trim();
    if text.is_empty() {
        return Ok(options);
    }
    for part in text.splitn(3, ';') {
        let Some((key, value)) = part.split_once('=') else {
            return Err(format!("invalid check option {}", quoted(part)));
        };
        let value = value.trim();
        let names = || value.split(',').map(|name| name.trim().to_owned()).collect();
        match key.trim() {
            "skip" if value == "all" => options.skip_all = true,
            "skip" => options.skip = names(),
            "experimental" if value == "all" => options.experimental_all = true,
            "experimental" => options.experimental = names(),
            "error" => {
                options.error = boolean(value).ok_or_else(|| {
                    let reason = format!("strconv.ParseBool: parsing {}: invalid syntax", quoted(value));
                    format!("failed to parse check option {}: {reason}", quoted(part))
                })?;
            }
            key => return Err(format!("invalid check option {}", quoted(key))),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_part_by_part() {
        let options = parse_check_options(" skip = A , B ;error=T;experimental=all").unwrap();
        assert_eq!(options.skip, ["A", "B"]);
        assert!(options.error && options.experimental_all && !options.skip_all);
        assert!(parse_check_options("skip=all").unwrap().skip_all);
        assert_eq!(parse_check_options("  "), Ok(CheckOptions::default()));
    }

    #[test]
    fn mistakes_have_the_words_of_buildkit() {
        for (text, expected) in [
            ("foo", r#"invalid check option "foo""#),
            ("skip=A;foo=1", r#"invalid check option "foo""#),
            ("skip=A;", r#"invalid check option """#),
            (
                "error=maybe",
                r#"failed to parse check option "error=maybe": strconv.ParseBool: parsing "maybe": invalid syntax"#,
            ),
        ] {
            assert_eq!(parse_check_options(text), Err(expected.to_owned()));
        }
    }
}
