//! How long the core takes for a key: `cargo bench -p session`; behind `--`, a number of keys, and a part of the name of
//! the measurements that are wanted.
//!
//! The project is that of `tests/e2e/bench.mjs`: a Dockerfile of 40 lines and a build context of 200 files. What the page
//! does beside, which is to draw the result, is measured there.

#![allow(clippy::unwrap_used, missing_docs, reason = "a program for developers, which may panic")]

use std::fs;
use std::path::Path;
use std::time::Instant;

use catalog::{Catalog, parse_image};
use session::{Action, Content, Context, ContextEntry, ContextKind, Edit, start, update};

const KEYS: usize = 200;

/// What is typed in, and what stands behind it.
const PLACES: [(&str, &str); 4] = [
    ("the first WORKDIR", "\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev"),
    ("a RUN above others", " > built.txt"),
    ("the last RUN", " /app\nUSER node"),
    ("a comment", "\nFROM node:22-alpine AS deps"),
];

fn main() {
    let keys = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(KEYS);
    println!("{:<34} {:>9} {:>9} {:>9}  ({keys} keys, milliseconds)", "typed in", "median", "95 %", "longest");
    for (name, behind) in PLACES {
        measure(name, project(), DOCKERFILE, behind, keys);
    }
    for (name, ignored) in [("50,000 files, all copied", ""), ("50,000 files, most ignored", "node_modules\n")] {
        measure(name, many_files(ignored), COPIES_ALL, " two", keys);
    }
    measure("50,000 files, another Dockerfile", many_files("Dockerfile\n"), COPIES_ALL, " two", keys);
}

fn measure(name: &str, project: Context, dockerfile: &str, behind: &str, keys: usize) {
    let mut wanted = std::env::args().skip(1).filter(|word| !word.starts_with("--") && word.parse::<usize>().is_err());
    if wanted.next().is_some_and(|word| !name.contains(&word)) {
        return;
    }
    let opened = start(project, catalog(), None).0;
    let mut state = update(&opened, Action::Build, 0).0;
    let mut text = dockerfile.to_owned();
    let at = text.find(behind).unwrap();
    let mut durations = Vec::new();
    for (number, key) in ('a'..='z').cycle().take(keys).enumerate() {
        text.insert(at + number, key);
        let kind = ContextKind::File(Content::text(&text));
        let edit = Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None };
        let begin = Instant::now();
        state = update(&state, Action::Edit(edit), 0).0;
        durations.push(begin.elapsed());
    }
    durations.sort();
    let of = |index: usize| durations.get(index.min(keys - 1)).unwrap().as_secs_f64() * 1000.0;
    println!("{name:<34} {:>9.2} {:>9.2} {:>9.2}", of(keys / 2), of(keys * 95 / 100), of(keys));
}

fn catalog() -> Catalog {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/images/node-22-alpine.json");
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(&fs::read_to_string(path).unwrap()).unwrap());
    catalog
}

fn project() -> Context {
    let mut context = Context::default();
    let mut add = |path: &str, text: &str| {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1_735_689_600 }).unwrap();
    };
    let manifest = r#"{"name":"bench","version":"1.0.0","dependencies":{"express":"4.21.2"}}"#;
    let packages = format!(r#"{{"":{manifest},"node_modules/express":{{"version":"4.21.2"}}}}"#);
    add("Dockerfile", DOCKERFILE);
    add(".dockerignore", "*.log\n");
    add("package.json", manifest);
    add(
        "package-lock.json",
        &format!(r#"{{"name":"bench","version":"1.0.0","lockfileVersion":3,"packages":{packages}}}"#),
    );
    for number in 4..200 {
        let text = format!("export default {number};\n").repeat(20);
        add(&format!("src/part-{}/file-{number}.js", number % 8), &text);
    }
    context
}

/// A listing of a project with what its packages brought.
fn many_files(ignored: &str) -> Context {
    let mut context = Context::default();
    let mut add = |path: &str, content: Content| {
        let kind = ContextKind::File(content);
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 1_735_689_600 }).unwrap();
    };
    add("Dockerfile", Content::text(COPIES_ALL));
    add(".dockerignore", Content::text(ignored));
    for number in 0..50_000 {
        let path = format!("node_modules/package-{}/lib/file-{number}.js", number / 40);
        add(&path, Content::opaque(&path, number));
    }
    context
}

const COPIES_ALL: &str = "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN echo one\nRUN echo two\n";

const DOCKERFILE: &str = "\
# syntax=docker/dockerfile:1
FROM node:22-alpine AS deps
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN echo MARK > built.txt \\
 && mkdir -p dist \\
 && cp -r src dist/
RUN find src -name '*-0.js' | sort > dist/list-0.txt
RUN find src -name '*-1.js' | sort > dist/list-1.txt
RUN find src -name '*-2.js' | sort > dist/list-2.txt
RUN find src -name '*-3.js' | sort > dist/list-3.txt
RUN find src -name '*-4.js' | sort > dist/list-4.txt
RUN find src -name '*-5.js' | sort > dist/list-5.txt
RUN find src -name '*-6.js' | sort > dist/list-6.txt
RUN find src -name '*-7.js' | sort > dist/list-7.txt
RUN find src -name '*-8.js' | sort > dist/list-8.txt
RUN find src -name '*-9.js' | sort > dist/list-9.txt
RUN find src -name '*-10.js' | sort > dist/list-10.txt
RUN find src -name '*-11.js' | sort > dist/list-11.txt

FROM node:22-alpine
ENV NODE_ENV=production \\
    PORT=8080
WORKDIR /app
COPY --from=deps /app/node_modules node_modules
COPY --from=build /app/dist .
COPY package.json .
RUN chown -R node:node /app
USER node
EXPOSE 8080
HEALTHCHECK CMD wget -qO- localhost:8080/health || exit 1
ENTRYPOINT [\"node\"]
CMD [\"server.js\"]
";
