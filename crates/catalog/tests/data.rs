//! What the files below `data/images` promise: they are read, weigh what they say, and hold what a build looks for.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::path::Path;

use catalog::{Image, file_name, parse_image};
use filesystem::{Cred, FileSystem};
use serde_json::Value;

/// The page fetches an image's file while somebody waits.
const LARGEST_FILE: usize = 30_000;

/// Every file: its name, its JSON and what the crate reads from it.
fn images() -> BTreeMap<String, (Value, Image)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/images");
    std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("a name in UTF-8");
            let text = std::fs::read_to_string(entry.path()).expect("a text");
            assert!(text.len() < LARGEST_FILE, "{name} has {} bytes", text.len());
            let json = serde_json::from_str(&text).expect("JSON");
            let image = parse_image(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, (json, image))
        })
        .collect()
}

fn tree(image: &Image) -> FileSystem {
    FileSystem::from_layers(image.layers.iter().filter_map(|layer| layer.layer.as_ref()))
}

fn runs(tree: &FileSystem, path: &str) -> bool {
    let root = Cred::root();
    tree.stat(path, true, &root).is_ok() && tree.access(path, true, false, true, &root)
}

fn text(tree: &FileSystem, path: &str) -> String {
    let content = tree.read(path, &Cred::root()).expect("a file");
    String::from_utf8(content.bytes(LARGEST_FILE).expect("known content")).expect("UTF-8")
}

#[test]
fn a_file_is_named_after_its_image() {
    for (name, (json, image)) in images() {
        assert_eq!(file_name(&image.reference), name);
        assert_eq!(json["reference"], image.reference, "{name} has the short form");
    }
}

#[test]
fn layers_weigh_what_is_stated() {
    for (name, (json, image)) in images() {
        let mut sum = 0;
        for (stated, layer) in json["layers"].as_array().expect("layers").iter().zip(&image.layers) {
            let size = layer.layer.as_ref().map(filesystem::Layer::size);
            assert_eq!(stated["bytes"].as_u64(), size, "{name}: {}", layer.created_by);
            sum += size.unwrap_or_default();
        }
        assert_eq!(json["bytes"].as_u64(), Some(sum), "{name}");
    }
}

#[test]
fn the_shell_is_there_where_the_facts_say_so_and_nowhere_else() {
    for (name, (json, image)) in images() {
        let tree = tree(&image);
        match json["shell"].as_str() {
            Some(shell) => assert!(runs(&tree, shell), "{name} lacks {shell}"),
            None => assert!(!runs(&tree, "/bin/sh") && !runs(&tree, "/usr/bin/sh"), "{name} has a shell"),
        }
    }
}

#[test]
fn the_package_manager_is_there_where_the_facts_say_so_and_nowhere_else() {
    for (name, (json, image)) in images() {
        let tree = tree(&image);
        let manager = json["package_manager"].as_str();
        for (program, of) in [("/sbin/apk", "apk"), ("/usr/bin/apt-get", "apt"), ("/usr/bin/dpkg", "apt")] {
            assert_eq!(runs(&tree, program), manager == Some(of), "{name}: {program}");
        }
    }
}

#[test]
fn the_command_that_an_image_starts_is_on_its_path() {
    for (name, (_, image)) in images() {
        let tree = tree(&image);
        let path = image.config.env.iter().find(|(key, _)| key == "PATH").map_or("", |(_, value)| value.as_str());
        let first = [&image.config.entrypoint, &image.config.cmd].into_iter().flatten().flatten().next();
        let Some(program) = first else { continue };
        let found = match program.starts_with('/') {
            true => runs(&tree, program),
            false => path.split(':').any(|folder| runs(&tree, &format!("{folder}/{program}"))),
        };
        assert!(found, "{name} has no {program}");
    }
}

#[test]
fn the_users_that_dockerfiles_name_are_in_passwd() {
    let images = images();
    let cases = [
        ("node-22-alpine.json", "node:x:1000:1000:", Some("/home/node")),
        ("node-22-slim.json", "node:x:1000:1000:", Some("/home/node")),
        ("nginx-latest.json", "nginx:x:101:101:", None),
        ("debian-bookworm-slim.json", "www-data:x:33:33:", None),
        ("ubuntu-24.04.json", "ubuntu:x:1000:1000:", Some("/home/ubuntu")),
        ("alpine-latest.json", "nobody:x:65534:65534:", None),
        ("gcr.io-distroless-static-debian12-nonroot.json", "nonroot:x:65532:65532:", Some("/home/nonroot")),
    ];
    for (name, line, home) in cases {
        let (_, image) = images.get(name).unwrap_or_else(|| panic!("no {name}"));
        let tree = tree(image);
        assert!(text(&tree, "/etc/passwd").lines().any(|l| l.starts_with(line)), "{name}: {line}");
        if let Some(home) = home {
            let stat = tree.stat(home, true, &Cred::root()).expect("a home directory");
            assert_eq!(Some(stat.attr.uid.to_string().as_str()), line.split(':').nth(2), "{name}");
        }
    }
}

#[test]
fn every_image_with_a_root_file_system_says_what_it_is() {
    for (name, (_, image)) in images() {
        let known = tree(&image).stat("/etc/os-release", true, &Cred::root()).is_ok();
        assert_eq!(known, !name.starts_with("busybox"), "{name}");
    }
}

#[test]
fn the_tools_of_language_images_are_on_their_path() {
    let images = images();
    let cases = [
        ("node-22-alpine.json", &["node", "npm", "npx", "yarn", "adduser", "wget"][..]),
        ("node-22.json", &["node", "npm", "git", "gcc", "curl", "useradd"]),
        ("python-3.12-slim.json", &["python", "python3", "pip", "pip3", "apt-get"]),
        ("golang-latest.json", &["go", "gofmt", "git", "make"]),
        ("golang-alpine.json", &["go", "apk"]),
        ("rust-slim.json", &["cargo", "rustc", "gcc"]),
        ("eclipse-temurin-21-jdk.json", &["java", "javac"]),
        ("maven-latest.json", &["mvn", "java"]),
        ("ruby-3.3-slim.json", &["ruby", "gem", "bundle"]),
        ("nginx-alpine.json", &["nginx", "sed", "adduser"]),
    ];
    for (name, programs) in cases {
        let (_, image) = images.get(name).unwrap_or_else(|| panic!("no {name}"));
        let tree = tree(image);
        let path = image.config.env.iter().find(|(key, _)| key == "PATH").map_or("", |(_, value)| value.as_str());
        for program in programs {
            assert!(
                path.split(':').any(|folder| runs(&tree, &format!("{folder}/{program}"))),
                "{name} has no {program}"
            );
        }
    }
}
