//! The graph, the image and the log.

use report::{Json, SetBy, SettingView};
use web::panes::ConfigTable;

use super::*;

#[test]
fn the_graph_and_the_image_show_every_step_and_layer() {
    check(
        "en",
        graph(built()),
        expect![[r#"
            Play
            3.4 s of 3.4 s
            0.5×
            1×
            2×
            4×
            Play after each build
            build
            node:22-alpine · 161MB
            build
            node:22-alpine · 161MB
            stage-1
            node:22-alpine · 161MB
            stage-1
            target
            node:22-alpine · 161MB
            build context
            5.74kB
            FROM docker.io/library/node:22-alpine
            FROM docker.io/li…de:22-alpine
            Cached
            161MB
            WORKDIR /app
            WORKDIR /app
            Cached
            COPY package*.json ./
            COPY package*.json ./
            Cached
            48.3kB
            RUN npm ci
            RUN npm ci
            Cached
            64.2MB
            COPY src ./src
            COPY src ./src
            Runs
            4.82kB · 40 ms
            RUN npm run build
            RUN npm run build
            Runs
            18.4kB · 3.3 s
            FROM docker.io/library/node:22-alpine
            FROM docker.io/li…de:22-alpine
            Cached
            161MB
            WORKDIR /app
            WORKDIR /app
            Cached
            COPY --from=build /app/dist ./dist
            COPY --from=build…/dist ./dist
            Runs
            17.9kB · 30 ms
            COPY --from a stage
            files of the context
            Fit
            Full size
            100%
        "#]],
    );
    check(
        "en",
        html! { <Layers report={built()} focus={None::<usize>} onfocus={Callback::noop()} /> },
        expect![[r#"
            The image as a stack of layers
            base
            161MB
            yours
            17.9kB
            wasted
            0B
            Sum
            161MB
            ≈
            Size estimated from measured data.
            Newest on top, as high as they are heavy. Deleting a file in a later layer never makes an earlier one smaller.
            Layer 4
            COPY --from=build /app/dist ./dist
            yours
            17.9kB
            Line 11
            Files
            Layer 3
            WORKDIR /app
            yours
            0B
            Line 10
            Files
            Layer 2
            RUN /bin/sh -c addgroup -g 1000 node
            base
            153MB
            ≈
            Size estimated from measured data.
            drawn shorter than it is
            Files
            Layer 1
            ADD alpine-minirootfs.tar.gz / # buildkit
            base
            8MB
            ≈
            Size estimated from measured data.
            Files
            Wasted bytes
            No layer hides a file of another one.
            Image efficiency score: 100 %
            Potential wasted space: 0B
            As the tool dive prints it. The score is what the files would weigh if each path were there once in its smallest form, against what all copies weigh. Its wasted space counts every copy of a path that several layers have, the one in use included.
            Configuration
            What docker image inspect shows under Config. It is no layer and has no size: containers are started by it.
            Field
            Value
            From
            docker history
            newest first
            oldest first
            CREATED BY
            SIZE
            From
            Cache
            CMD ["/bin/sh" "-c" "node dist/server.js"]
            0B
            base image
            –
            COPY /app/dist ./dist # buildkit
            17.9kB
            Line 11
            Runs
            WORKDIR /app
            0B
            Line 10
            Cached
            RUN /bin/sh -c addgroup -g 1000 node
            153MB
            base image
            –
            Sum
            161MB
        "#]],
    );
}

#[test]
fn the_configuration_has_a_row_for_each_value_with_the_line_that_set_it() {
    let setting =
        |field, name: &str, value, ms, set_by| SettingView { field, name: name.to_string(), value, ms, set_by };
    let text = |text: &str| Json::String(text.to_string());
    let test = Json::Array(vec![text("CMD"), text("node")]);
    let mut report = fixture::report();
    if let Some(image) = &mut report.image {
        image.settings = vec![
            setting("Cmd", "", Json::Array(vec![text("sh")]), None, SetBy::Line(9)),
            setting("User", "", text("node"), None, SetBy::Line(8)),
            setting("Env", "PATH", text("/bin"), None, SetBy::Builder),
            setting("Env", "PORT", text("80"), None, SetBy::Base),
            setting("ExposedPorts", "80/tcp", Json::Object(Default::default()), None, SetBy::Line(4)),
            setting("Healthcheck", "Interval", Json::Number(10_000_000_000), Some(10_000), SetBy::Line(7)),
            setting("Healthcheck", "Test", test, None, SetBy::Line(7)),
        ];
    }
    let report = Shared::new(Rc::new(report));
    let table = || html! { <ConfigTable report={report.clone()} focus={None::<usize>} onfocus={Callback::noop()} /> };
    check(
        "en",
        table(),
        expect![[r#"
        Field
        Value
        From
        Cmd
        ["sh"]
        Line 9
        User
        node
        Line 8
        Env
        PATH=/bin
        the builder
        Env
        PORT=80
        base image
        ExposedPorts
        80/tcp
        Line 4
        Healthcheck
        Interval 10000000000
        (10.0 s)
        Line 7
        Healthcheck
        Test ["CMD","node"]
        Line 7
    "#]],
    );
    check(
        "ja",
        table(),
        expect![[r#"
        項目
        値
        由来
        Cmd
        ["sh"]
        9 行目
        User
        node
        8 行目
        Env
        PATH=/bin
        ビルダー
        Env
        PORT=80
        ベースイメージ
        ExposedPorts
        80/tcp
        4 行目
        Healthcheck
        Interval 10000000000
        (10.0 秒)
        7 行目
        Healthcheck
        Test ["CMD","node"]
        7 行目
    "#]],
    );
}
