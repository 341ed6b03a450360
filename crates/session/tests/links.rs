//! Links with a session in them: golden ones open forever, and no text breaks anything.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic")]

use report::Preset;
use session::{Action, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Language, LinkError, LoadError};
use session::{Notice, State, Theme, link, read_link, start, update};

/// A line each: the link, and what it is.
const GOLDEN: [&str; 2] =
    [include_str!("../../../tests/golden/links-v1.txt"), include_str!("../../../tests/golden/links-v2.txt")];

const STAGES: &str = "FROM node:22-alpine AS build\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:22-alpine AS packages\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n\nFROM node:22-alpine\nWORKDIR /app\nCOPY --from=packages /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\nUSER node\nEXPOSE 8080\nCMD [\"node\", \"dist/server.js\"]\n";

fn sample() -> Context {
    let mut context = Context::default();
    let mut insert = |path: &str, content: Content| {
        context
            .insert(path, ContextEntry { kind: ContextKind::File(content), mode: 0o644, mtime: 1_735_689_600 })
            .unwrap();
    };
    insert("Dockerfile", Content::text(STAGES));
    insert("package.json", Content::text("{\"name\": \"shop\", \"dependencies\": {\"express\": \"^4\"}}\n"));
    insert("package-lock.json", Content::repeat(b'x', 120_000));
    insert("src/server.js", Content::text("listen(8080)\n"));
    insert(".dockerignore", Content::text("node_modules\n"));
    context
}

fn opened() -> State {
    start(sample(), Catalog::default(), None).0
}

fn write(path: &str, text: &str) -> Action {
    Action::Edit(Edit::Write { path: path.to_owned(), kind: ContextKind::File(Content::text(text)), mode: None })
}

fn worked_on() -> State {
    let actions = [
        write("src/server.js", "listen(8081)\n"),
        Action::Build,
        Action::SetTarget(Some("build".to_owned())),
        Action::SetProfile(Preset::Ci.profile()),
        Action::SetTheme(Theme::Dark),
        Action::Open("src/server.js".to_owned()),
    ];
    actions.into_iter().fold(opened(), |state, action| update(&state, action, 1_760_000_000).0)
}

#[test]
fn a_link_opens_exactly_this_but_for_the_page_s_own_settings() {
    let state = worked_on();
    let fragment = link(&state, "graph").unwrap();
    let linked = read_link(&fragment).unwrap();
    assert_eq!(linked.view, "graph");
    let reader = update(&opened(), Action::SetLanguage(Some(Language::Ja)), 1).0;
    let (there, _) = update(&reader, Action::OpenLink(format!("https://example.org/layerlab/{fragment}")), 2);
    assert_eq!((&there.project, &there.events, &there.open), (&state.project, &state.events, &state.open));
    assert_eq!((there.profile, there.shown), (state.profile.clone(), state.shown.clone()));
    assert_eq!((there.settings.language, there.settings.theme), (Some(Language::Ja), Theme::System));
}

#[test]
fn a_link_is_short() {
    let fragment = link(&opened(), "").unwrap();
    assert!(fragment.len() < 700, "{}: {fragment}", fragment.len());
    assert!(fragment.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte)));
}

#[test]
fn a_long_history_is_left_out() {
    let mut state = opened();
    for number in 0..120_u64 {
        // texts that have nothing in common
        let text: String =
            (0..40).map(|at| (number * 977 + at).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_string()).collect();
        state = update(&state, write(&format!("src/{}.js", number % 3), &text), 100 * i64::try_from(number).unwrap()).0;
    }
    let linked = read_link(&link(&state, "").unwrap()).unwrap();
    assert_eq!((linked.saved.start, linked.saved.events.len()), (state.project, 0));
}

#[test]
fn what_is_too_large_for_a_link_is_said() {
    let noise: Vec<u8> = (0..2_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let noisy: Vec<u8> =
        noise.iter().enumerate().map(|(at, byte)| byte ^ (at as u32).wrapping_mul(40_503).to_be_bytes()[1]).collect();
    let kind = ContextKind::File(Content::from_bytes(&noisy));
    let edit = Edit::Write { path: "noise".to_owned(), kind, mode: None };
    let (state, _) = update(&opened(), Action::Edit(edit), 1);
    assert!(matches!(link(&state, ""), Err(LinkError::TooLarge { .. })));
}

#[test]
fn golden_links_open_forever() {
    let mut count = 0;
    for line in GOLDEN.iter().flat_map(|golden| golden.lines()).filter(|line| !line.is_empty()) {
        let (fragment, told) = line.split_once(' ').unwrap();
        let linked = read_link(fragment).unwrap();
        let saved = &linked.saved;
        let bytes = saved.start.context.bytes();
        let files =
            saved.start.context.entries().filter(|(_, entry)| matches!(entry.kind, ContextKind::File(_))).count();
        let found = format!(
            "files={files} bytes={bytes} events={} open={} target={:?} preset={:?} view={}",
            saved.events.len(),
            saved.open,
            saved.start.options.target,
            Preset::of(&saved.profile).map(Preset::name),
            linked.view
        );
        assert_eq!(found, told);
        let (state, _) = update(&opened(), Action::OpenLink(fragment.to_owned()), 1);
        assert_eq!(state.notice, None);
        assert_eq!(
            read_link(&link(&state, &linked.view).unwrap()).unwrap(),
            linked,
            "it says the same when it is written again"
        );
        count += 1;
    }
    assert!(count >= 6);
}

#[test]
fn a_link_that_was_cut_off_says_so_and_leaves_the_session_alone() {
    let fragment = link(&worked_on(), "graph").unwrap();
    let start = fragment.find('.').unwrap() + 1;
    let state = worked_on();
    for end in start..fragment.len() {
        let error = read_link(&fragment[..end]).unwrap_err();
        assert_eq!(error, LinkError::Truncated, "{end} of {}", fragment.len());
    }
    let (after, _) = update(&state, Action::OpenLink(fragment[..fragment.len() - 9].to_owned()), 5);
    assert_eq!(after.notice, Some(Notice::LinkUnreadable { error: LinkError::Truncated }));
    assert_eq!((after.project, after.events, after.built), (state.project, state.events, state.built));
}

#[test]
fn a_link_with_other_characters_is_refused() {
    let fragment = link(&worked_on(), "").unwrap();
    let start = fragment.find('.').unwrap() + 1;
    for at in (start..fragment.len() - 1).step_by(7) {
        let other = if fragment.as_bytes()[at] == b'A' { 'B' } else { 'A' };
        let changed = format!("{}{other}{}", &fragment[..at], &fragment[at + 1..]);
        assert!(read_link(&changed).is_err(), "{at}");
    }
    assert_eq!(read_link(&fragment.replace('.', ".ü")), Err(LinkError::Damaged));
}

#[test]
fn hostile_links_are_refused_by_what_they_are() {
    for text in ["", "#", "#s=", "#s=v1", "#s=v0.AA", "#s=vx.AA", "#s=v-1.AA", "layers", "#/lesson/1"] {
        assert_eq!(read_link(text), Err(LinkError::NotALink), "{text}");
    }
    assert_eq!(read_link("#s=v3.AA"), Err(LinkError::NewerVersion { version: 3 }));
    let packed = |text: &[u8]| {
        use base64::Engine;
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(text, 9);
        format!("#s=v1.{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(packed))
    };
    // much in little
    assert!(matches!(read_link(&packed(&vec![b' '; 50_000_000])), Err(LinkError::TooLarge { .. })));
    assert!(matches!(read_link(&format!("#s=v1.{}", "A".repeat(3 << 20))), Err(LinkError::TooLarge { .. })));
    assert_eq!(read_link(&packed(&[255, 254])), Err(LinkError::Damaged));
    assert!(matches!(read_link(&packed(b"[[[[")), Err(LinkError::Unreadable { error: LoadError::Malformed { .. } })));
    assert_eq!(read_link(&packed(b"{}")), Err(LinkError::Unreadable { error: LoadError::NotLayerlab }));
    let newer = read_link(&packed(br#"{"format":"layerlab","version":9}"#)).unwrap_err();
    assert_eq!(newer.code(), "link-newer-version");
    let many = format!(
        r#"{{"format":"layerlab","version":1,"start":{{"files":{{}}}},"events":[{}]}}"#,
        vec![r#"{"do":"build"}"#; 5000].join(",")
    );
    assert!(matches!(read_link(&packed(many.as_bytes())), Err(LinkError::Unreadable { .. })));
}

#[test]
fn any_code_is_answered() {
    let mut state = 7_u32;
    for length in 0..400 {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(state >> 26) as usize % 64] as char
        };
        let code: String = (0..length).map(|_| next()).collect();
        assert!(read_link(&format!("#s=v1.{code}")).is_err());
        assert!(read_link(&format!("#s=v1.eN{code}")).is_err());
        assert!(read_link(&format!("#s=v2.{code}")).is_err());
    }
}

/// The project that the page opens on.
fn first_project() -> Context {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons/00-first-image/start");
    let mut context = Context::default();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let kind = ContextKind::File(Content::from_bytes(&std::fs::read(&path).unwrap()));
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            let mode = if name.ends_with(".sh") { 0o755 } else { 0o644 };
            context.insert(&name, ContextEntry { kind, mode, mtime: 1_793_491_200 }).unwrap();
        }
    }
    context
}

#[test]
fn the_first_project_and_an_edit_of_it_have_a_very_short_link() {
    let state = start(first_project(), Catalog::default(), None).0;
    let fragment = link(&state, "graph").unwrap();
    let (edited, _) = update(&state, write("src/config.js", "export const port = 8081;\n"), 1_793_500_000);
    let (edited, _) = update(&edited, Action::Build, 1_793_500_100);
    let longer = link(&edited, "graph").unwrap();
    assert!(fragment.len() < 600 && longer.len() < 800, "{} and {}: {fragment}", fragment.len(), longer.len());
}
