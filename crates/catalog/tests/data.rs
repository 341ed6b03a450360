//! What the files below `data/images` promise: they are read, weigh what they say, and hold what a build looks for.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::path::Path;

use catalog::{Image, Reference, file_name, parse_image};
use filesystem::{Cred, FileSystem};
use serde_json::Value;

/// The page fetches an image's file while somebody waits.
const LARGEST_FILE: usize = 30_000;
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/images");

/// A file's JSON, and what the crate reads from it.
fn read(name: &str) -> (Value, Image) {
    let path = Path::new(FOLDER).join(name);
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(text.len() < LARGEST_FILE, "{name} has {} bytes", text.len());
    let json = serde_json::from_str(&text).expect("JSON");
    (json, parse_image(&text).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// Every file by its name.
fn images() -> BTreeMap<String, (Value, Image)> {
    std::fs::read_dir(FOLDER)
        .expect("the folder is there")
        .map(|entry| {
            let name = entry.expect("an entry").file_name().into_string().expect("a name in UTF-8");
            let read = read(&name);
            (name, read)
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

/// Where a program is on the image's PATH.
fn found(tree: &FileSystem, image: &Image, program: &str) -> Option<String> {
    let path = image.config.env.iter().find(|(key, _)| key == "PATH").map_or("", |(_, value)| value.as_str());
    path.split(':').map(|folder| format!("{folder}/{program}")).find(|path| runs(tree, path))
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

/// Written by generate.py; after a file by hand: `UPDATE_EXPECT=1 cargo test -p catalog`.
#[test]
fn the_index_has_every_image_with_its_names_and_no_name_twice() {
    let mut lines = BTreeMap::new();
    let mut taken = BTreeMap::new();
    for (_, image) in images().into_values() {
        for name in image.names.iter().chain([&image.reference]) {
            let other = taken.insert(name.clone(), image.reference.clone());
            assert_eq!(other, None, "{name} is {} too", image.reference);
            let short = Reference::parse(name).map(|name| name.short());
            assert_eq!(short.as_ref(), Ok(name), "names are in their short form");
        }
        let mut line = format!("  {{\"reference\": \"{}\"", image.reference);
        if !image.names.is_empty() {
            let names: Vec<String> = image.names.iter().map(|name| format!("\"{name}\"")).collect();
            line += &format!(", \"names\": [{}]", names.join(", "));
        }
        if let Some(digest) = &image.digest {
            line += &format!(", \"digest\": \"{digest}\"");
        }
        lines.insert(image.reference, line + "}");
    }
    let text = format!("{{\"images\": [\n{}\n]}}\n", lines.into_values().collect::<Vec<_>>().join(",\n"));
    expect_test::expect_file!["../data/index.json"].assert_eq(&text);
}

#[test]
fn every_image_says_where_its_facts_are_from_and_of_when() {
    for (name, (_, image)) in images() {
        assert!(!image.source.is_empty(), "{name}");
        let digits =
            |range: std::ops::Range<usize>| image.date.get(range).is_some_and(|part| part.parse::<u32>().is_ok());
        assert!(image.date.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10), "{name}: {}", image.date);
        let read = !["derived", "counted as", "general knowledge"].iter().any(|word| image.source.contains(word));
        assert_eq!(image.estimated, !read, "{name}: what was not read off a source is marked");
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
        assert_eq!(image.shell.as_deref(), json["shell"].as_str(), "{name}");
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
        assert_eq!(image.package_manager.as_deref(), manager, "{name}");
        for (program, of) in [
            ("/sbin/apk", "apk"),
            ("/usr/bin/apt-get", "apt"),
            ("/usr/bin/dpkg", "apt"),
            ("/usr/bin/dnf", "dnf"),
            ("/usr/bin/microdnf", "microdnf"),
        ] {
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
        let (_, image) = &read(name);
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
        let tree = tree(&image);
        let known = tree.stat("/etc/os-release", true, &Cred::root()).is_ok();
        let only_busybox = runs(&tree, "/bin/busybox") && image.package_manager.is_none();
        let only_programs = name.starts_with("hello-world") || name == "ghcr.io-astral-sh-uv-latest.json";
        assert_eq!(known, !only_busybox && !only_programs, "{name}");
    }
}

#[test]
fn the_tools_of_language_images_are_on_their_path() {
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
        ("node-24.json", &["node", "npm", "corepack", "python3", "make", "convert"]),
        ("python-3.11.json", &["python3.11", "pip", "gcc", "git", "2to3"]),
        ("rust-latest.json", &["cargo", "rustc", "rustup", "gcc", "curl"]),
        ("rust-alpine.json", &["cargo", "gcc", "wget"]),
        ("ruby-3.3.json", &["ruby", "bundle", "gcc", "git"]),
        ("php-8.3-fpm.json", &["php", "php-fpm", "docker-php-ext-install", "pecl", "phpize", "gcc", "curl"]),
        ("php-8.3-fpm-alpine.json", &["php", "php-fpm", "curl", "apk"]),
        ("composer-latest.json", &["composer", "php", "git", "unzip", "bash"]),
        ("eclipse-temurin-17-jdk-alpine.json", &["java", "javac", "jlink"]),
        ("gradle-jdk21.json", &["gradle", "java", "git", "unzip"]),
        ("maven-3-eclipse-temurin-21.json", &["mvn", "javac", "git"]),
        ("amazoncorretto-21-alpine.json", &["java", "javac"]),
        ("golang-1.25-alpine.json", &["go", "wget"]),
        ("caddy-latest.json", &["caddy"]),
        ("fedora-latest.json", &["dnf", "bash", "useradd", "curl"]),
        ("gcr.io-distroless-static-debian12-debug.json", &["sh", "ls"]),
        ("wordpress-latest.json", &["php", "apache2", "curl"]),
    ];
    for (name, programs) in cases {
        let (_, image) = &read(name);
        let tree = tree(image);
        for program in programs {
            assert!(found(&tree, image, program).is_some(), "{name} has no {program}");
        }
    }
}

#[test]
fn what_an_image_lacks_is_not_on_its_path_and_it_is_sure_of_that() {
    for (name, programs) in [
        (
            "debian-bookworm-slim.json",
            &["curl", "wget", "git", "gcc", "make", "python3", "vim", "ps", "xz", "gpg", "apk"][..],
        ),
        ("debian-trixie.json", &["curl", "adduser", "sudo", "less"]),
        ("node-22-slim.json", &["curl", "git", "python3", "gcc", "make"]),
        ("node-22-alpine.json", &["apt-get", "bash", "curl", "git", "python3", "useradd", "xz"]),
        ("node-22.json", &["apk", "vim", "sudo", "cmake"]),
        ("python-3.12-slim.json", &["gcc", "curl", "git", "node"]),
        ("golang-1.25-alpine.json", &["git", "gcc", "make"]),
        ("alpine-latest.json", &["update-ca-certificates", "curl", "useradd", "logname"]),
        ("busybox-latest.json", &["apk", "bash", "curl"]),
        ("gcr.io-distroless-nodejs22-debian13-latest.json", &["sh", "npm", "node"]),
    ] {
        let (_, image) = &read(name);
        assert!(image.all_programs, "{name}");
        let tree = tree(image);
        for program in programs {
            assert_eq!(found(&tree, image, program), None, "{name} has {program}");
        }
    }
}

#[test]
fn the_trees_reach_as_deep_as_people_look() {
    for (name, paths) in [
        (
            "node-22-slim.json",
            &["/usr/local/lib/node_modules/npm/bin/npm-cli.js", "/usr/local/include/node", "/opt/yarn-v1.22.22/bin"][..],
        ),
        (
            "python-3.12-slim.json",
            &["/usr/local/lib/python3.12/site-packages/pip", "/usr/local/lib/python3.12/asyncio"],
        ),
        ("golang-latest.json", &["/usr/local/go/src/cmd", "/usr/local/go/pkg/tool/linux_amd64/compile", "/go/bin"]),
        ("rust-latest.json", &["/usr/local/cargo/bin/cargo", "/usr/local/rustup/toolchains"]),
        ("ruby-3.3-slim.json", &["/usr/local/lib/ruby/gems/3.3.0/gems", "/usr/local/bundle"]),
        (
            "eclipse-temurin-21-jdk.json",
            &["/opt/java/openjdk/bin/javac", "/opt/java/openjdk/lib/server/libjvm.so", "/opt/java/openjdk/jmods"],
        ),
        (
            "debian-bookworm.json",
            &[
                "/usr/share/doc",
                "/usr/share/zoneinfo",
                "/var/lib/dpkg/status",
                "/usr/lib/x86_64-linux-gnu/libc.so.6",
                "/lib64/ld-linux-x86-64.so.2",
                "/etc/apt/sources.list.d",
                "/bin/bash",
            ],
        ),
        (
            "alpine-latest.json",
            &["/lib/apk/db/installed", "/etc/apk/repositories", "/etc/ssl/certs/ca-certificates.crt", "/bin/sh"],
        ),
        (
            "nginx-latest.json",
            &["/usr/share/nginx/html/index.html", "/etc/nginx/nginx.conf", "/var/cache/nginx", "/docker-entrypoint.d"],
        ),
        ("fedora-latest.json", &["/var/lib/rpm", "/etc/yum.repos.d", "/etc/os-release"]),
        (
            "gcr.io-distroless-java21-debian13-latest.json",
            &["/usr/bin/java", "/etc/ssl/certs/ca-certificates.crt", "/home/nonroot"],
        ),
        ("php-8.3-apache.json", &["/var/www/html", "/usr/local/etc/php/conf.d"]),
        ("wordpress-latest.json", &["/usr/src/wordpress"]),
    ] {
        let (_, image) = &read(name);
        let tree = tree(image);
        for path in paths {
            assert!(tree.stat(path, true, &Cred::root()).is_ok(), "{name} has no {path}");
        }
    }
}

#[test]
fn a_download_of_unknown_size_is_derived_by_the_median_of_those_that_are_known() {
    let mut ratios: Vec<u64> = Vec::new();
    for (name, (value, image)) in images() {
        let bytes = value["bytes"].as_u64().unwrap();
        if image.compressed_bytes > 0 {
            assert_eq!(image.download_bytes(), image.compressed_bytes, "{name}");
            ratios.push(image.compressed_bytes * 1000 / bytes);
        } else {
            let unpacked: u64 = image.layers.iter().map(catalog::ImageLayer::bytes).sum();
            assert!(unpacked > 0, "{name}");
            assert_eq!(image.download_bytes(), unpacked * catalog::COMPRESSED_PER_MILLE / 1000, "{name}");
        }
    }
    ratios.sort_unstable();
    assert_eq!(ratios.get(ratios.len() / 2), Some(&catalog::COMPRESSED_PER_MILLE));
}
