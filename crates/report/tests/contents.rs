//! The files of an image at each layer, what its layers hide from each other, and the secrets in them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, DiffLine, FileChange, FileText, Image, ImageView,
    Inputs, Inside, Options, Profile, SecretKind, SecretPlace, analyze, file_text, parse_image, secrets, tree, waste,
};

/// The image of a Dockerfile and files.
fn image(dockerfile: &str, files: &[(&str, &str)]) -> ImageView {
    image_of(dockerfile, files, None).unwrap()
}

/// The same with another base image that is known.
fn image_of(dockerfile: &str, files: &[(&str, &str)], base: Option<Image>) -> Option<ImageView> {
    let mut catalog = Catalog::default();
    let busybox = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/conformance/bases/conformance-busybox-1.json");
    catalog.insert(parse_image(&std::fs::read_to_string(busybox).unwrap()).unwrap());
    if let Some(base) = base {
        catalog.insert(base);
    }
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", dockerfile)].iter().chain(files) {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    }
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    let inputs = Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache };
    analyze(&inputs).0.image
}

/// Each line a path below `/w` with its bytes, its layer and what the layer `at` did to it.
fn lines(image: &ImageView, at: usize) -> Vec<String> {
    let tree = tree(&image.layers, at);
    let shown = tree.nodes.iter().filter(|node| node.path.starts_with("/w"));
    shown
        .map(|node| {
            let change = match node.change {
                Some(FileChange::Added) => "+",
                Some(FileChange::Changed) => "~",
                Some(FileChange::Removed) => "-",
                None => " ",
            };
            let inside = node.end - tree.nodes.iter().position(|other| other == node).unwrap() - 1;
            format!(
                "{change} {} {} {} B in {}, {inside} inside, layer {}",
                node.kind, node.path, node.bytes, node.files, node.layer
            )
        })
        .collect()
}

const LAYERED: &str = "\
FROM conformance/busybox:1
RUN mkdir -p /w/d/e /w/d-e && echo 12345 > /w/d/e/f && echo 1 > /w/d-e/g && echo 22 > /w/a
RUN rm -r /w/d && echo 333 >> /w/a
RUN rm /w/a && mkdir /w/a && echo 4444 > /w/a/b && ln -s b /w/a/c
";

#[test]
fn a_layer_shows_what_it_added_changed_and_took_away() {
    let image = image(LAYERED, &[]);
    let first = lines(&image, 1);
    assert_eq!(
        first,
        [
            "+ dir /w 11 B in 3, 6 inside, layer 1",
            "+ file /w/a 3 B in 1, 0 inside, layer 1",
            "+ dir /w/d 6 B in 1, 2 inside, layer 1",
            "+ dir /w/d/e 6 B in 1, 1 inside, layer 1",
            "+ file /w/d/e/f 6 B in 1, 0 inside, layer 1",
            "+ dir /w/d-e 2 B in 1, 1 inside, layer 1",
            "+ file /w/d-e/g 2 B in 1, 0 inside, layer 1",
        ]
    );
    assert_eq!(
        lines(&image, 2),
        [
            "~ dir /w 9 B in 2, 6 inside, layer 1",
            "~ file /w/a 7 B in 1, 0 inside, layer 2",
            "- dir /w/d 6 B in 1, 2 inside, layer 1",
            "- dir /w/d/e 6 B in 1, 1 inside, layer 1",
            "- file /w/d/e/f 6 B in 1, 0 inside, layer 1",
            "  dir /w/d-e 2 B in 1, 1 inside, layer 1",
            "  file /w/d-e/g 2 B in 1, 0 inside, layer 1",
        ]
    );
    assert_eq!(
        lines(&image, 3),
        [
            "~ dir /w 7 B in 3, 5 inside, layer 1",
            "~ dir /w/a 5 B in 2, 2 inside, layer 3",
            "+ file /w/a/b 5 B in 1, 0 inside, layer 3",
            "+ symlink /w/a/c 0 B in 1, 0 inside, layer 3",
            "  dir /w/d-e 2 B in 1, 1 inside, layer 1",
            "  file /w/d-e/g 2 B in 1, 0 inside, layer 1",
        ]
    );
}

#[test]
fn the_bytes_of_a_tree_without_deletions_are_those_of_its_layers() {
    let image = image("FROM conformance/busybox:1\nCOPY . /w\n", &[("a", "12"), ("b/c", "345")]);
    let own: u64 = image.layers.iter().filter(|layer| layer.base.is_none()).map(|layer| layer.bytes).sum();
    let base = tree(&image.layers, 0).bytes;
    assert_eq!(tree(&image.layers, 1).bytes, base + own);
}

#[test]
fn hidden_files_weigh_in_the_layer_that_has_them() {
    let image = image(LAYERED, &[]);
    let waste = waste(&image.layers);
    let hidden: Vec<String> = waste
        .hidden
        .iter()
        .map(|hidden| {
            let how = if hidden.deleted { "deleted" } else { "written again" };
            format!("{} {} B {how} by {}, in {}", hidden.path, hidden.bytes, hidden.by, hidden.layer)
        })
        .collect();
    assert_eq!(
        hidden,
        ["/w/a 7 B deleted by 3, in 2", "/w/d 6 B deleted by 2, in 1", "/w/a 3 B written again by 2, in 1"]
    );
    assert_eq!((waste.bytes, &waste.by_layer[..]), (16, &[0, 9, 7, 0][..]));
}

#[test]
fn efficiency_is_that_of_dive() {
    let files: String = "FROM scratch
COPY a /etc/nginx/nginx.conf
COPY b /etc/nginx/public
COPY c /etc/nginx/nginx.conf
COPY d /etc/athing
"
    .into();
    let sizes = [2000, 3000, 5000, 10_000];
    let texts: Vec<String> = sizes.iter().map(|size| "x".repeat(*size)).collect();
    let names = ["a", "b", "c", "d"];
    let files_of: Vec<(&str, &str)> = names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let waste = waste(&image(&files, &files_of).layers);
    assert_eq!((waste.efficiency, waste.dive_bytes, waste.bytes), (750, 7000, 2000));
}

#[test]
fn secrets_are_found_in_every_layer_environment_and_history() {
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n";
    let files = [
        (".env", "PASSWORD=x\n"),
        ("id_rsa", key),
        ("readme", &*format!("a\ntoken: ghp_{}\n", "a1".repeat(18))),
        (".env.example", "PASSWORD=\n"),
        ("notes", "AKIA is how a key begins"),
    ];
    let dockerfile = "\
FROM conformance/busybox:1
ARG API_TOKEN=abc
ENV DB_PASSWORD=secret PUBLIC_KEY=x
ENV OLD_TOKEN=before
ENV OLD_TOKEN=
COPY . /w
RUN rm /w/.env
";
    let image = image(dockerfile, &files);
    let found: Vec<String> = secrets(&image)
        .into_iter()
        .map(|secret| match secret.place {
            SecretPlace::File { path, layer, hidden_by, line } => {
                format!("{:?} {path} in {layer}, hidden by {hidden_by:?}, line {line:?}", secret.kind)
            }
            SecretPlace::Env { name, .. } => format!("{:?} {name}", secret.kind),
            SecretPlace::History { row, name } => {
                assert_eq!(secret.kind, SecretKind::Variable);
                format!("{name} in {}", image.history[row].created_by)
            }
        })
        .collect();
    assert_eq!(
        found,
        [
            "Environment /w/.env in 1, hidden by Some(2), line None",
            "PrivateKey /w/id_rsa in 1, hidden by None, line Some(1)",
            "Token /w/readme in 1, hidden by None, line Some(2)",
            "API_TOKEN in RUN |1 API_TOKEN=abc /bin/sh -c rm /w/.env # buildkit",
            "OLD_TOKEN in ENV OLD_TOKEN=before",
            "Variable DB_PASSWORD",
        ]
    );
}

#[test]
fn a_file_is_text_or_bytes_and_is_compared_with_what_was_there_before() {
    let dockerfile = "\
FROM conformance/busybox:1
COPY . /w
RUN sed -i s/5/five/ /w/lines
RUN rm /w/bytes && printf 'a\\000b' > /w/bytes
RUN echo anew > /w/lines
RUN chmod 600 /w/lines
";
    let lines: String = (1..=9).map(|n| format!("{n}\n")).collect();
    let image = image(dockerfile, &[("lines", &lines), ("bytes", "text\n"), ("long", &"é".repeat(40_000))]);
    let shown = |layer: usize, path: &str| -> FileText { file_text(&image.layers, layer, path).unwrap() };
    let text = |text: &str| Inside::Text { text: text.to_string(), cut: false };
    assert_eq!((shown(1, "/w/lines").inside, shown(1, "/w/lines").before), (text(&lines), None));
    let before = shown(2, "/w/lines").before.unwrap();
    assert_eq!((before.layer, before.size), (1, 18));
    let same = |n: usize| DiffLine::Same(n.to_string());
    let mut expected = vec![DiffLine::Skipped(1), same(2), same(3), same(4), DiffLine::Removed("5".to_string())];
    expected.extend([DiffLine::Added("five".to_string()), same(6), same(7), same(8), DiffLine::Skipped(1)]);
    assert_eq!(before.lines, Some(expected));
    let before = shown(4, "/w/lines").before.unwrap();
    assert_eq!((before.layer, before.same), (2, false));
    let before = shown(5, "/w/lines").before.unwrap();
    assert_eq!((before.layer, before.same, before.lines), (4, true, None));
    let bytes = shown(3, "/w/bytes");
    assert_eq!((bytes.size, bytes.inside), (3, Inside::Binary));
    assert_eq!(bytes.before.unwrap().lines, None);
    let Inside::Text { text, cut } = shown(1, "/w/long").inside else { panic!("no text") };
    assert_eq!((text.len(), cut), (65_536, true));
    assert_eq!(file_text(&image.layers, 3, "/w/lines"), None, "that layer has no such file");
    assert_eq!(file_text(&image.layers, 9, "/w/lines"), None);
}

#[test]
fn what_stands_for_unnamed_files_of_a_base_is_hidden_by_nothing_but_its_removal() {
    let outline = r#"{"reference": "outline:1", "outline": true, "source": "a test", "date": "2026-01-01", "layers": [
        {"created_by": "one", "files": {"/usr/lib/other-files": 100, "/usr/lib/named": 5}},
        {"created_by": "two", "files": {"/usr/lib/other-files": 30}}]}"#;
    let base = parse_image(outline).unwrap();
    let image = image_of("FROM outline:1\nCOPY file /usr/lib/named\n", &[("file", "1")], Some(base)).unwrap();
    let waste = waste(&image.layers);
    assert_eq!((waste.bytes, waste.hidden.len(), waste.dive_bytes), (5, 1, 6));
    assert_eq!(waste.efficiency, 1000 * 131 / 136);
    let tree = tree(&image.layers, 2);
    assert_eq!(tree.bytes, 131);
    let others: Vec<_> = tree.nodes.iter().filter(|node| node.others).map(|node| (node.bytes, node.layer)).collect();
    assert_eq!(others, [(100, 0), (30, 1)]);
}
