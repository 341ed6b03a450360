//! What BuildKit refuses, in its words: each line was tried on Docker Engine 28.5.2.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use dockerfile::{parse, parse_trigger};

/// The first error of a Dockerfile.
fn first(text: &str) -> Option<String> {
    parse(text).errors.into_iter().next().and_then(|error| error.docker)
}

/// Checks lines put below `FROM scratch`, so on line 2. An expectation that begins with `2: ` has the usual prefix.
fn below_from(table: &[(&str, &str)]) {
    for (lines, expected) in table {
        let expected = match expected.strip_prefix("2: ") {
            Some(message) => Some(format!("dockerfile parse error on line 2: {message}")),
            None => Some((*expected).to_owned()).filter(|message| !message.is_empty()),
        };
        assert_eq!(first(&format!("FROM scratch\n{lines}\n")), expected, "{lines}");
    }
}

#[test]
fn flags() {
    below_from(&[
        ("COPY --exclud=a f /f", "2: unknown flag: --exclud (did you mean exclude?)"),
        ("ADD --unpac=true f /f", "2: unknown flag: --unpac (did you mean unpack?)"),
        ("ADD --parents f /f", "2: unknown flag: --parents"),
        ("COPY --parents f /f", "2: unknown flag: --parents"),
        ("RUN --devic=x true", "2: unknown flag: --devic (did you mean device?)"),
        ("RUN --security=insecure true", "2: unknown flag: --security"),
        ("COPY --from f /f", "2: missing a value on flag: --from"),
        ("COPY --link= f /", "2: missing a value on flag: --link"),
        ("COPY --link --link f /", "2: duplicate flag specified: --link"),
        ("COPY --link=1 f /", "2: expecting boolean value for flag --link, not: 1"),
        ("COPY --link=TRUE f /", ""),
        ("COPY -- f /", ""),
        ("COPY \"--chown=1\" f /", ""),
        ("ARG --foo X", ""),
        ("STOPSIGNAL --foo 9", ""),
        ("HEALTHCHECK --interval=5s NONE", ""),
        ("ONBUILD --x RUN true", "2: unknown flag: --x"),
        ("EXPOSE --x 80", "2: unknown flag: --x"),
        ("MAINTAINER --x a", "2: unknown flag: --x"),
        ("ENV --x=1", "2: unknown flag: --x"),
        ("ENTRYPOINT --x", "2: unknown flag: --x"),
        ("SHELL --x []", "2: unknown flag: --x"),
        ("RUN --network= x", "2: invalid network mode \"\""),
        ("RUN --mount=from=$,target=/x --network=x y", "2: invalid network mode \"x\""),
        ("RUN --mount= true", "2: failed to parse csv mounts: EOF"),
        (
            "RUN --mount='\"a' true",
            "2: failed to parse csv mounts: parse error on line 1, column 2: extraneous or missing \" in quoted-field",
        ),
        (
            "RUN --mount=from=$X,target=/x true",
            "2: 'from' doesn't support variable expansion, define alias stage instead",
        ),
        // Mounts are read when the step is reached.
        ("RUN --mount=type=volume,target=/x true", ""),
    ]);
}

#[test]
fn arguments() {
    let no_destination =
        "2: COPY requires at least two arguments, but only one was provided. Destination could not be determined";
    below_from(&[
        ("COPY []", no_destination),
        ("COPY --chown=\"1 f /", no_destination),
        ("COPY f <<EOF\nEOF", "2: COPY cannot accept a heredoc as a destination"),
        ("COPY <<EOF <<X\na\nEOF\nX", "2: COPY cannot accept a heredoc as a destination"),
        ("COPY [\"<<EOF\", \"/x\"]", ""),
        ("ONBUILD --x", "2: ONBUILD requires at least one argument"),
        ("ONBUILD from x", "2: FROM isn't allowed as an ONBUILD trigger"),
        ("ONBUILD ENV A", "ENV must have two arguments"),
        ("ONBUILD ONBUILD LABEL A", "LABEL must have two arguments"),
        ("Runn x", "2: unknown instruction: Runn (did you mean run?)"),
        ("\\", "2: unknown instruction: "),
        ("CMD [1e999]", ""),
        ("CMD [null]", "when using JSON array syntax, arrays must be comprised of strings only"),
        ("CMD [\"a\"] x", ""),
        ("CMD", ""),
        ("SHELL", "2: SHELL requires at least one argument"),
        ("VOLUME []", "2: VOLUME requires at least one argument"),
        ("VOLUME [\" \", \"a\"]", "2: VOLUME specified can not be an empty string"),
        ("USER --x", "2: USER requires exactly one argument"),
        ("LABEL = a", "Syntax error - can't find = in \"a\". Must be of the form: name=value"),
        ("ENV \"a b\"=c d=e", ""),
        ("ARG a= =b", "2: ARG names can not be blank"),
        ("HEALTHCHECK --x", "2: HEALTHCHECK requires at least one argument"),
        ("HEALTHCHECK CMD []", "2: Missing command after HEALTHCHECK CMD"),
        ("HEALTHCHECK --interval=1us FOO", "2: Unknown type \"FOO\" in HEALTHCHECK (try CMD)"),
        ("HEALTHCHECK --interval=5y CMD x", "2: time: unknown unit \"y\" in duration \"5y\""),
        ("HEALTHCHECK --interval=é CMD x", "2: time: invalid duration \"\\xc3\\x83\\xc2\\xa9\""),
        ("HEALTHCHECK --retries=99999999999 CMD x", "2: strconv.ParseInt: parsing \"99999999999\": value out of range"),
        ("RUN <<A <<B\na\nA", "unterminated heredoc"),
        ("COPY <<E /", "unterminated heredoc"),
        ("RUN cat <<\"\" x", ""),
        ("COPY <<\\'a\\' /\n'a'", ""),
    ]);
}

#[test]
fn the_file_as_a_whole() {
    let long = "x".repeat(65_534);
    for (text, expected) in [
        ("", Some("the Dockerfile cannot be empty")),
        ("\u{feff}", Some("file with no instructions")),
        ("\n\n# a\n", Some("file with no instructions")),
        ("ARG A", Some("dockerfile contains no stages to build")),
        ("ARG A\nENV A=1\n", Some("no build stage in current context")),
        ("# check=foo\nFROM a\nENV A\n", Some("failed to parse check options: invalid check option \"foo\"")),
        ("#!/x\n# check=foo\nFROM a", Some("failed to parse check options: invalid check option \"foo\"")),
        (" # check=foo\nFROM a", None),
        ("FROM a b", Some("dockerfile parse error on line 1: FROM requires either one or three arguments")),
        ("FROM --x a b", Some("dockerfile parse error on line 1: FROM requires either one or three arguments")),
        ("FROM --x a", Some("dockerfile parse error on line 1: unknown flag: --x")),
        (&format!("FROM a\n#{long}\n"), None),
        (&format!("FROM a\n#{long}x"), Some("dockerfile line greater than max allowed size of 65535")),
    ] {
        assert_eq!(first(text).as_deref(), expected, "{:.60}", text);
    }
}

#[test]
fn all_mistakes_are_found_the_line_parser_s_first() {
    let text = "RUN a\nFROM a AS 1\nCOPY --nope x y\nENV A\nrunn x\nLABEL b\nEXPOSE\n";
    let messages: Vec<_> = parse(text).errors.into_iter().filter_map(|error| error.docker).collect();
    expect_test::expect![[r#"
        ENV must have two arguments
        LABEL must have two arguments
        no build stage in current context
        dockerfile parse error on line 2: invalid name for build stage: "1", name can't start with a number or contain symbols
        dockerfile parse error on line 3: unknown flag: --nope
        dockerfile parse error on line 5: unknown instruction: runn (did you mean run?)
        dockerfile parse error on line 7: EXPOSE requires at least one argument"#]]
    .assert_eq(&messages.join("\n"));
}

#[test]
fn errors_point_at_the_word() {
    for (text, expected) in [
        ("FROM a\nCOPY --link \\\n  --chow=1 a b", "--chow=1"),
        ("FROM a\nENV A=1 \\\n  BB C=2", "BB"),
        ("FROM a\nRUNN x", "RUNN"),
        ("FROM a AS 1x", "1x"),
        ("FROM a\nCMD [\"a\", \\\n 12]", "12"),
        ("FROM a\nEXPOSE", "EXPOSE"),
    ] {
        assert_eq!(parse(text).errors[0].range.of(text), expected, "{text}");
    }
}

#[test]
fn triggers_fail_without_a_line() {
    let error = |text| parse_trigger(text, '\\').map_err(|error| error.docker.unwrap()).map(|i| i.original);
    assert_eq!(error("RUNN true"), Err("unknown instruction: RUNN (did you mean RUN?)".to_owned()));
    assert_eq!(error("COPY <<E /x\na"), Err("unterminated heredoc".to_owned()));
    assert_eq!(error("RUN a\nRUN b"), Err("onbuild trigger should be a single expression".to_owned()));
    assert_eq!(error("COPY <<E /x\na\nE"), Ok("COPY <<E /x".to_owned()));
}
