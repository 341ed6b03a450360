//! The image's config value by value, and where each was set.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use expect_test::{Expect, expect};
use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Profile, analyze, parse_image,
};

const NODE: &str = include_str!("../../catalog/data/images/node-22-alpine.json");

fn check(dockerfile: &str, expected: Expect) {
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(NODE).unwrap());
    let mut context = Context::default();
    let kind = ContextKind::File(Content::text(dockerfile));
    context.insert("Dockerfile", ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    let inputs = Inputs { context: &context, options: &options, catalog: &catalog, profile: &profile, cache: &cache };
    let image = analyze(&inputs).0.image.unwrap();
    let rows = image.settings.iter().map(|row| {
        let ms = row.ms.map(|ms| format!(" = {ms} ms")).unwrap_or_default();
        format!("{} {} {}{ms} {:?}\n", row.field, row.name, row.value, row.set_by)
    });
    expected.assert_eq(&rows.collect::<String>());
}

#[test]
fn each_value_is_the_last_lines_that_set_it_else_the_base_images() {
    check(
        r#"FROM node:22-alpine AS base
ENV MODE=development PORT=80
WORKDIR /app
CMD ["node"]
FROM base
ARG PORT_NUMBER=8080
ENV MODE="production"
EXPOSE $PORT_NUMBER 9000/udp
VOLUME /data
LABEL a.b="c \"d\""
HEALTHCHECK --interval=10s --retries=3 CMD ["node", "check.js"]
USER node
STOPSIGNAL SIGINT
ENTRYPOINT ["node"]
CMD ["server.js"]
"#,
        expect![[r#"
            Entrypoint  ["node"] Line(14)
            Cmd  ["server.js"] Line(15)
            User  "node" Line(12)
            WorkingDir  "/app" Line(3)
            Env PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" Base
            Env NODE_VERSION "22.23.3" Base
            Env YARN_VERSION "1.22.22" Base
            Env MODE "production" Line(7)
            Env PORT "80" Line(2)
            ExposedPorts 8080/tcp {} Line(8)
            ExposedPorts 9000/udp {} Line(8)
            Volumes /data {} Line(9)
            Healthcheck Interval 10000000000 = 10000 ms Line(11)
            Healthcheck Retries 3 Line(11)
            Healthcheck Test ["CMD","node","check.js"] Line(11)
            StopSignal  "SIGINT" Line(13)
            Labels a.b "c \"d\"" Line(10)
        "#]],
    );
}

#[test]
fn an_entrypoint_takes_the_base_images_command_away() {
    check(
        "FROM node:22-alpine\nENTRYPOINT [\"env\"]\n",
        expect![[r#"
        Entrypoint  ["env"] Line(2)
        Env PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" Base
        Env NODE_VERSION "22.23.3" Base
        Env YARN_VERSION "1.22.22" Base
    "#]],
    );
}

#[test]
fn what_the_builder_gives_an_image_from_nothing_is_its_own() {
    check(
        "FROM scratch\nENV A=1\nWORKDIR /srv\n",
        expect![[r#"
        WorkingDir  "/srv" Line(3)
        Env PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" Builder
        Env A "1" Line(2)
    "#]],
    );
}
