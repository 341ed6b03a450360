//! The graph, the image and the log.

use super::*;

#[test]
fn the_graph_and_the_image_show_every_step_and_layer() {
    check(
        "en",
        html! { <Graph report={built()} focus={Some(4)} onfocus={Callback::noop()} online={Callback::noop()} /> },
        expect![[r#"
        build
        node:22-alpine · 161MB
        stage-1
        target
        node:22-alpine · 161MB
        build context
        5.74kB
        FROM docker.io/library/node:22-alpine
        FROM docker.io/library/node:…
        Cached
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
        4.82kB
        RUN npm run build
        RUN npm run build
        Runs
        18.4kB
        FROM docker.io/library/node:22-alpine
        FROM docker.io/library/node:…
        Cached
        WORKDIR /app
        WORKDIR /app
        Cached
        COPY --from=build /app/dist ./dist
        COPY --from=build /app/dist …
        Runs
        17.9kB
    "#]],
    );
    check(
        "en",
        html! { <Layers report={built()} focus={None::<usize>} onfocus={Callback::noop()} /> },
        expect![[r#"
            The image as a stack of layers
            Newest on top, heights in proportion to bytes. Deleting a file in a later layer never makes an earlier one smaller.
            yours
            COPY /app/dist ./dist # buildkit
            17.9kB
            yours
            WORKDIR /app
            0B
            base
            RUN /bin/sh -c addgroup -g 1000 node
            153MB
            ≈
            Size estimated from measured data.
            base
            ADD alpine-minirootfs.tar.gz / # buildkit
            8MB
            ≈
            Size estimated from measured data.
            docker history
            CREATED BY
            SIZE
            CMD ["/bin/sh" "-c" "node dist/server.js"]
            0B
            COPY /app/dist ./dist # buildkit
            17.9kB
            WORKDIR /app
            0B
            RUN /bin/sh -c addgroup -g 1000 node
            153MB
            Sum
            161MB
        "#]],
    );
}
