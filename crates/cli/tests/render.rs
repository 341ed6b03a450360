//! What `layerlab render` writes of a small project.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use std::path::Path;
use std::process::{Command, Output};

use expect_test::expect_file;
use resvg::tiny_skia::Pixmap;

const PROJECT: &str = "crates/cli/tests/render/project";
/// What a build would do after a source file was edited.
const EDITED: [&str; 2] = ["--after", "append:src/b.txt=three\\n"];

fn layerlab(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_layerlab"));
    command.current_dir(root).arg("render").args(arguments).output().unwrap()
}

/// What is written.
fn rendered(arguments: &[&str]) -> String {
    let output = layerlab(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = layerlab(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_graph_as_a_picture() {
    expect_file!["render/graph.svg"].assert_eq(&rendered(&["--svg", "graph", PROJECT]));
}

#[test]
fn the_layers_as_a_dark_picture_in_japanese() {
    let svg = rendered(&["--svg", "layers", "--theme", "dark", "--lang", "ja", PROJECT]);
    expect_file!["render/layers.svg"].assert_eq(&svg);
}

#[test]
fn the_steps_as_tables() {
    let markdown = rendered(&["--markdown", PROJECT, EDITED[0], EDITED[1], "--name", "a | b"]);
    expect_file!["render/steps.md"].assert_eq(&markdown);
    let html = rendered(&["--html", "--lang=ja", PROJECT, EDITED[0], EDITED[1], "--name", "<b>"]);
    expect_file!["render/steps.html"].assert_eq(&html);
}

#[test]
fn options_of_the_build_count() {
    let target = rendered(&["--html", "--target", "build", "-f", &format!("{PROJECT}/Dockerfile"), PROJECT]);
    assert!(target.contains("[build 4/4] RUN mkdir dist") && target.contains("<td>Not needed</td>"), "{target}");
}

#[test]
fn a_link_opens_what_is_drawn() {
    let base = "https://example.org/layerlab/";
    let link = |arguments: &[&str]| {
        let written = rendered(&[arguments, &["--link", base, PROJECT, EDITED[0], EDITED[1]]].concat());
        let (_, rest) = written.split_once(base).unwrap();
        format!("{base}{}", rest.split(['"', '>']).next().unwrap())
    };
    for (what, view) in [(&["--svg", "graph"][..], "graph"), (&["--svg", "layers"], "layers"), (&["--html"], "steps")] {
        let linked = session::read_link(&link(what)).unwrap();
        assert_eq!((linked.view.as_str(), linked.saved.events.len()), (view, 2));
    }
    assert!(session::read_link(&link(&["--markdown"])).is_ok());
}

#[test]
fn a_link_holds_no_secret_and_no_ignored_file() {
    let folder = std::env::temp_dir().join(format!("layerlab-render-link-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        (
            "Dockerfile",
            "FROM alpine:3.20\nCOPY . /srv\nRUN --mount=type=secret,id=token cat /run/secrets/token > /dev/null\n",
        ),
        (".dockerignore", ".env\n.dockerignore\nDockerfile\n"),
        (".env", "PASSWORD=hidden\n"),
        ("a.txt", "one\n"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    std::fs::write(folder.with_extension("token"), "hidden too").unwrap();
    let secret = format!("id=token,src={}", folder.with_extension("token").display());
    let written =
        rendered(&["--html", "--link", "https://example.org/", "--secret", &secret, &folder.to_string_lossy()]);
    std::fs::remove_dir_all(&folder).unwrap();
    let fragment = written.split("https://example.org/").nth(1).unwrap().split('"').next().unwrap();
    let linked = session::read_link(fragment).unwrap();
    let [session::Event::Project(project)] = linked.saved.events.as_slice() else {
        panic!("{:?}", linked.saved.events)
    };
    let paths: Vec<&str> = project.context.entries().map(|(path, _)| path).collect();
    assert_eq!(paths, [".dockerignore", "Dockerfile", "a.txt"]);
    assert_eq!(project.options.secrets, [("token".to_owned(), String::new())]);
}

#[test]
fn a_picture_in_dots_has_its_size_and_is_not_blank() {
    for what in ["graph", "layers"] {
        let svg = rendered(&["--svg", what, PROJECT]);
        let side = |name: &str| {
            svg.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse::<u32>().unwrap()
        };
        let output = layerlab(&["--png", what, PROJECT]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let dots = Pixmap::decode_png(&output.stdout).unwrap();
        assert_eq!((dots.width(), dots.height()), (2 * side("width"), 2 * side("height")), "{what}");
        let mut colours: Vec<[u8; 4]> =
            dots.pixels().iter().map(|dot| [dot.red(), dot.green(), dot.blue(), dot.alpha()]).collect();
        colours.sort_unstable();
        colours.dedup();
        // words have edges in many shades
        assert!(colours.len() > 50, "{what}: {} colours", colours.len());
    }
}

#[test]
fn a_file_is_written_where_one_is_named() {
    let file = std::env::temp_dir().join(format!("layerlab-render-{}.svg", std::process::id()));
    let said = rendered(&["--svg", "graph", PROJECT, "-o", &file.to_string_lossy()]);
    let written = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(said.contains(&format!("{} bytes", written.len())) && written.starts_with("<svg"), "{said}");
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    for (arguments, said) in [
        (&[PROJECT][..], "one of --svg, --png, --markdown and --html"),
        (&["--svg", "graph", "--html", PROJECT], "one of --svg"),
        (&["--svg", "timeline", PROJECT], "there are graph and layers"),
        (&["--html", "--lang", "fr", PROJECT], "there are en, ja"),
        (&["--html", "--theme", "blue", PROJECT], "there are light and dark"),
        (&["--png", "graph", "--link", "https://example.org/", PROJECT], "a PNG holds no link"),
        (&["--html", "--link", "example.org", PROJECT], "give the address of a Layerlab"),
        (&["--html", "--target", "none", PROJECT], "there is nothing to draw"),
        (&["--html", "--after", "rm:none", PROJECT], "--after rm:none"),
        (&["--html", "crates/cli/tests/none"], "not a folder"),
        (&["--html"], "no folder given"),
        (&["--html", "--wide", PROJECT], "unknown option --wide"),
    ] {
        assert!(refused(arguments).contains(said), "{arguments:?}: {}", refused(arguments));
    }
}
