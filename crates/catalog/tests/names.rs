//! Which image stands for a name: the catalog as the page has it, with the index and nothing loaded.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use catalog::{Catalog, Found, Reference, parse_image, parse_index};

fn indexed() -> Catalog {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/index.json")).unwrap();
    let mut catalog = Catalog::default();
    catalog.insert_index(&parse_index(&text).unwrap());
    catalog
}

fn image(name: &str) -> catalog::Image {
    let path = format!("{}/data/images/{}", env!("CARGO_MANIFEST_DIR"), catalog::file_name(name));
    parse_image(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The image that stands for a name, and whether it is another one.
fn stands(catalog: &Catalog, name: &str) -> Option<(String, bool)> {
    let found = catalog.find(&Reference::parse(name).unwrap());
    let reference = found.wanted.clone()?;
    // once it is there, it says itself whether it is another one
    let mut with = catalog.clone();
    with.insert(image(&reference));
    let found = with.find(&Reference::parse(name).unwrap());
    Some((found.image?.reference.clone(), found.stand_in))
}

#[test]
fn an_image_has_every_name_that_people_write() {
    let catalog = indexed();
    for (name, image) in [
        ("node:22", "node:22"),
        ("node:22-bookworm", "node:22"),
        ("node:22-bookworm-slim", "node:22-slim"),
        ("node:22-slim-bookworm", "node:22-slim"),
        ("node:lts", "node:24"),
        ("node:lts-alpine", "node:24-alpine"),
        ("node:22.23.2-slim", "node:22-slim"),
        ("node:22-alpine3.24", "node:22-alpine"),
        ("docker.io/library/node:22-alpine", "node:22-alpine"),
        ("index.docker.io/library/node:22-alpine", "node:22-alpine"),
        ("python:3.12-slim-trixie", "python:3.12-slim"),
        ("python:3.13-trixie", "python:3.13"),
        ("golang:1.26", "golang:latest"),
        ("golang", "golang:latest"),
        ("golang:1-alpine", "golang:alpine"),
        ("golang:1.25-trixie", "golang:1.25"),
        ("rust", "rust:latest"),
        ("rust:1-slim", "rust:slim"),
        ("debian", "debian:trixie"),
        ("debian:12-slim", "debian:bookworm-slim"),
        ("debian:stable-slim", "debian:trixie-slim"),
        ("ubuntu", "ubuntu:26.04"),
        ("ubuntu:noble", "ubuntu:24.04"),
        ("alpine", "alpine:latest"),
        ("alpine:3.24", "alpine:latest"),
        ("busybox:1", "busybox:latest"),
        ("nginx", "nginx:latest"),
        ("postgres:18-alpine", "postgres:alpine"),
        ("eclipse-temurin:17", "eclipse-temurin:17-jdk"),
        ("maven:3.9-eclipse-temurin-21", "maven:3-eclipse-temurin-21"),
        ("gcr.io/distroless/static-debian12:nonroot", "gcr.io/distroless/static-debian12:nonroot"),
        ("gcr.io/distroless/nodejs22-debian13", "gcr.io/distroless/nodejs22-debian13:latest"),
    ] {
        if name == "node:22-slim-bookworm" {
            // not a tag that there is: the words count, not their order
            assert_eq!(stands(&catalog, name), Some((image.into(), true)), "{name}");
            continue;
        }
        assert_eq!(stands(&catalog, name), Some((image.into(), false)), "{name}");
    }
}

#[test]
fn the_nearest_tag_has_the_same_variant_and_the_closest_version() {
    let catalog = indexed();
    for (name, image) in [
        ("node:23-alpine", "node:22-alpine"),
        ("node:23", "node:22"),
        ("node:26-slim", "node:24-slim"),
        ("node:22.14-alpine3.20", "node:22-alpine"),
        ("node:16-alpine", "node:17-alpine"),
        ("node:19-bullseye", "node:18"),
        ("node", "node:24"),
        ("node:alpine", "node:24-alpine"),
        ("node:slim", "node:24-slim"),
        ("node:current-alpine", "node:24-alpine"),
        ("python:3.9-slim-buster", "python:3.11-slim"),
        ("python:3.14-rc-slim", "python:3.13-slim"),
        ("python:3.10", "python:3.11"),
        ("python", "python:3.13"),
        ("golang:1.24-alpine", "golang:1.25-alpine"),
        ("golang:1.23", "golang:1.22"),
        ("golang:1.16", "golang:1.17"),
        ("golang:1.21-alpine3.18", "golang:1.22-alpine"),
        ("rust:1.75-slim-bookworm", "rust:slim-bookworm"),
        ("rust:1.75-alpine", "rust:alpine"),
        ("alpine:3.21", "alpine:3.20"),
        ("alpine:edge", "alpine:latest"),
        ("debian:buster-slim", "debian:trixie-slim"),
        ("debian:bookworm-20240904-slim", "debian:bookworm-slim"),
        ("ubuntu:23.10", "ubuntu:22.04"),
        ("nginx:1.25-alpine", "nginx:alpine"),
        ("nginx:stable-alpine3.19-slim", "nginx:alpine"),
        ("redis:7-alpine", "redis:alpine"),
        ("postgres:16-alpine", "postgres:alpine"),
        ("mysql:8.0", "mysql:latest"),
        ("mariadb:11", "mariadb:latest"),
        ("mongo:7", "mongo:latest"),
        ("php:8.2-fpm", "php:8.3-fpm"),
        ("php:8.4-fpm-alpine", "php:8.3-fpm-alpine"),
        ("php:8.1-apache-bookworm", "php:8.3-apache-bookworm"),
        ("python:3.10-slim-bookworm", "python:3.11-slim-bookworm"),
        ("golang:1.24-bookworm", "golang:1.25-bookworm"),
        ("php:7.4-cli", "php:8.3-cli"),
        ("composer:1", "composer:latest"),
        ("ruby:3.2-slim", "ruby:3.3-slim"),
        ("ruby:3.2-alpine", "ruby:3.3-alpine"),
        ("eclipse-temurin:21-jre-jammy", "eclipse-temurin:21-jre"),
        ("eclipse-temurin:25-jdk-alpine", "eclipse-temurin:21-jdk-alpine"),
        ("eclipse-temurin:11-jre-alpine", "eclipse-temurin:17-jre-alpine"),
        ("maven:3.8.6-eclipse-temurin-17-alpine", "maven:3-eclipse-temurin-21-alpine"),
        ("maven:3.8.6-eclipse-temurin-17", "maven:3-eclipse-temurin-17"),
        ("gradle:8-jdk17", "gradle:jdk17"),
        ("amazoncorretto:17-alpine", "amazoncorretto:21-alpine"),
        ("wordpress:6-php8.2-apache", "wordpress:latest"),
        ("caddy:2.9-alpine", "caddy:latest"),
        ("gcr.io/distroless/static-debian11", "gcr.io/distroless/static-debian12:latest"),
        ("gcr.io/distroless/static", "gcr.io/distroless/static-debian13:latest"),
        ("gcr.io/distroless/base-debian11:nonroot", "gcr.io/distroless/base-debian12:nonroot"),
        ("gcr.io/distroless/nodejs20-debian12", "gcr.io/distroless/nodejs22-debian13:latest"),
        ("gcr.io/distroless/java17-debian12:debug", "gcr.io/distroless/java21-debian13:debug"),
    ] {
        assert_eq!(stands(&catalog, name), Some((image.into(), true)), "{name}");
    }
}

#[test]
fn an_image_of_another_system_never_stands_for_one() {
    let mut catalog = indexed();
    catalog.insert(image("alpine:latest"));
    for (name, system) in [("memcached:1", None), ("gradle:8.5-jdk21-alpine", Some("alpine:latest"))] {
        let Found { image, system: found, wanted, .. } = catalog.find(&Reference::parse(name).unwrap());
        assert_eq!((image, wanted), (None, None), "{name}");
        assert_eq!(found.map(|image| image.reference.clone()).as_deref(), system, "{name}");
    }
}

#[test]
fn a_digest_is_the_image_that_it_is_known_of_and_else_counts_by_its_tag() {
    let catalog = indexed();
    let known = image("node:22").digest.unwrap();
    let unknown = format!("sha256:{}", "0".repeat(64));
    for (name, image, stand_in) in [
        (format!("node:22@{known}"), "node:22", false),
        (format!("node@{known}"), "node:22", false),
        (format!("node:22@{unknown}"), "node:22", true),
        (format!("node:22-alpine@{unknown}"), "node:22-alpine", true),
        (format!("node@{unknown}"), "node:24", true),
        (format!("docker.io/library/node:22-slim@{unknown}"), "node:22-slim", true),
    ] {
        assert_eq!(stands(&catalog, &name), Some((image.into(), stand_in)), "{name}");
    }
}

#[test]
fn only_a_registry_that_passes_official_images_on_has_them() {
    let catalog = indexed();
    for (name, image) in [
        ("mirror.gcr.io/library/node:22", Some("node:22")),
        ("public.ecr.aws/docker/library/node:22-alpine", Some("node:22-alpine")),
        ("localhost:5000/library/python:3.12-slim", Some("python:3.12-slim")),
        ("localhost:5000/node:22", None),
        ("registry.example.com:443/team/node:22", None),
        ("acme/node:22", None),
    ] {
        assert_eq!(stands(&catalog, name), image.map(|image| (image.into(), true)), "{name}");
    }
}

#[test]
fn of_an_unknown_image_the_name_tells_the_system() {
    let mut catalog = indexed();
    for name in [
        "alpine:latest",
        "alpine:3.20",
        "debian:bookworm",
        "debian:trixie-slim",
        "ubuntu:22.04",
        "debian:bookworm-slim",
    ] {
        catalog.insert(image(name));
    }
    for (name, system) in [
        ("mcr.microsoft.com/acme/sdk:8.0-alpine", Some("alpine:latest")),
        ("mcr.microsoft.com/acme/server:8.0-alpine3.20", Some("alpine:3.20")),
        ("mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled", Some("ubuntu:22.04")),
        ("mcr.microsoft.com/acme/browser:v1.44.0-jammy", Some("ubuntu:22.04")),
        ("acme/elixir:1.16-slim", Some("debian:trixie-slim")),
        ("acme/tool:bookworm-slim", Some("debian:bookworm-slim")),
        ("acme/tool:2-bookworm", Some("debian:bookworm")),
        ("acme/cuda:12.4.1-base-ubuntu22.04", Some("ubuntu:22.04")),
        ("bitnami/minideb-debian12:1", Some("debian:bookworm")),
        ("registry.example.com/alpine-base:1", Some("alpine:latest")),
        ("acme/tool:1", None),
        ("mcr.microsoft.com/acme/sdk:8.0", None),
    ] {
        let Found { image, system: found, stand_in, wanted } = catalog.find(&Reference::parse(name).unwrap());
        assert_eq!((image, stand_in, wanted), (None, false, None), "{name}");
        assert_eq!(found.map(|image| image.reference.clone()).as_deref(), system, "{name}");
    }
}

#[test]
fn without_an_index_a_file_of_the_very_name_is_asked_for() {
    let mut catalog = Catalog::default();
    let wanted = |catalog: &Catalog| catalog.find(&Reference::parse("node:23-alpine").unwrap()).wanted;
    assert_eq!(wanted(&catalog).as_deref(), Some("node:23-alpine"));
    catalog.insert(image("node:22-alpine"));
    assert_eq!(wanted(&catalog).as_deref(), Some("node:23-alpine"));
    catalog.insert_index(&catalog::Index::default());
    assert_eq!(wanted(&catalog), None);
}

#[test]
fn an_image_that_is_published_again_is_another_and_its_digest_stays_that_of_the_old_one() {
    let mut catalog = indexed();
    catalog.insert(image("node:22"));
    let old = catalog.get("node:22").unwrap().clone();
    let digest = old.digest.clone().unwrap();
    assert!(catalog.publish_again("node:22-bookworm"));
    let new = catalog.get("node:22").unwrap().clone();
    assert!(new.date != old.date && new.layers == old.layers);
    let pinned = Reference::parse(&format!("node:22@{digest}")).unwrap();
    assert_eq!(catalog.find(&pinned).image, Some(old));
    // the one that stands for a name
    assert!(catalog.publish_again("node:22.1.0-bookworm"));
    assert!(catalog.get("node:22").unwrap().date != new.date);
    assert!(!catalog.publish_again("nobody/knows:1"));
}
