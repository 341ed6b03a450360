//! The series of a Go server's image: on the compiler's image, on distroless, on scratch. The published figures are of 2021
//! (959 MB, 27.1 MB, 7.85 MB; a server with templates, Go 1.16); the simulator's are within 10 % of each.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Outcome, Profile, Report,
    StepState, analyze, parse_image,
};

const SERVER: &str = r#"package main

import (
	"html/template"
	"log"
	"net/http"
)

var page = template.Must(template.ParseFiles("web/index.html"))

func show(w http.ResponseWriter, r *http.Request) {
	if err := page.Execute(w, r.URL.Path); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func main() {
	http.HandleFunc("/", show)
	log.Fatal(http.ListenAndServe(":9090", nil))
}
"#;

fn build(dockerfile: &str) -> Report {
    let mut catalog = Catalog::default();
    let folder = format!("{}/../catalog/data/images", env!("CARGO_MANIFEST_DIR"));
    for name in ["golang-1.17", "golang-latest", "gcr.io-distroless-base-debian12-latest", "alpine-3.20"] {
        catalog.insert(parse_image(&std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap()).unwrap());
    }
    let mut context = Context::default();
    for (path, text) in [
        ("Dockerfile", dockerfile),
        ("go.mod", "module example.com/pages\n\ngo 1.16\n"),
        ("server/main.go", SERVER),
        ("web/index.html", "<!doctype html>\n<title>Pages</title>\n<p>You asked for {{.}}\n"),
    ] {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    }
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    analyze(&Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache }).0
}

fn bytes(dockerfile: &str) -> u64 {
    let report = build(dockerfile);
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.steps.last());
    report.image.unwrap().bytes
}

fn within_ten_percent(name: &str, predicted: u64, published: u64) {
    println!("{name}: {predicted} predicted, {published} published");
    assert!(predicted.abs_diff(published) * 10 <= published, "{name}: {predicted}, not about {published}");
}

const BUILDER: &str = "FROM golang:1.17 AS build\nWORKDIR /src\nCOPY . .\n";

#[test]
fn the_series_of_the_go_server_comes_out() {
    let single =
        "FROM golang:1.17\nWORKDIR /src\nCOPY . .\nRUN go build -o serve ./server\nEXPOSE 9090\nCMD [\"./serve\"]\n";
    within_ten_percent("golang", bytes(single), 959_000_000);
    let latest = single.replace("1.17", "latest");
    within_ten_percent("golang:latest", bytes(&latest), 959_000_000);
    let distroless = format!(
        "{BUILDER}RUN go build -o serve ./server\nFROM gcr.io/distroless/base-debian12\nCOPY --from=build /src/serve /\nCOPY web /web\nCMD [\"/serve\"]\n"
    );
    within_ten_percent("distroless", bytes(&distroless), 27_100_000);
    let scratch = format!(
        "{BUILDER}RUN CGO_ENABLED=0 go build -o serve ./server\nFROM scratch\nCOPY --from=build /src/serve /\nCOPY web /web\nCMD [\"/serve\"]\n"
    );
    within_ten_percent("scratch", bytes(&scratch), 7_850_000);
}

#[test]
fn a_program_that_needs_a_c_library_does_not_start_without_it() {
    let last = |base: &str, cgo: &str, run: &str| {
        let report = build(&format!(
            "{BUILDER}RUN CGO_ENABLED={cgo} go build -o serve ./server\nFROM {base}\nCOPY --from=build /src/serve /\n{run}\n"
        ));
        report.steps.iter().map(|step| step.state).any(|state| state == StepState::Failed)
    };
    for base in ["scratch", "alpine:3.20"] {
        assert!(last(base, "1", "RUN [\"/serve\"]"), "{base}");
        assert!(!last(base, "0", "RUN [\"/serve\"]"), "{base}");
    }
    assert!(last("alpine:3.20", "1", "RUN /serve"));
    assert!(!last("gcr.io/distroless/base-debian12", "1", "RUN [\"/serve\"]"));
}
