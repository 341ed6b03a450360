# syntax=docker/dockerfile:1
# Layerlab on a server of your own: static files behind nginx, which runs without root and listens on port 8080.
#   docker build -t layerlab . && docker run --rm -p 8080:8080 layerlab
FROM node:24-bookworm-slim AS node

FROM rust:1-slim-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
# Trunk and wasm-bindgen are compiled once: they, what was compiled and what was downloaded stay in the caches.
# layerlab: adds=17MB time=12m at=/src/dist/index.html
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/usr/local/cargo/layerlab \
    --mount=type=cache,target=/root/.npm \
    --mount=type=cache,target=/src/target \
    cargo run --package xtask -- build
# As hosts send them: nginx takes these in place of packing at every request.
# layerlab: adds=7.5MB time=3s at=/src/dist/index.html.gz
RUN find dist -type f ! -name '*.png' -exec gzip -9 -k {} +

FROM nginxinc/nginx-unprivileged:stable-alpine
COPY <<'EOF' /etc/nginx/conf.d/default.conf
# What has its hash in its name is kept for good, all else is asked for anew.
map $uri $caching {
    default "no-cache";
    "~-[0-9a-f]{15,}(_bg)?\.(css|js|wasm)$" "public, max-age=31536000, immutable";
}
map $uri $disposition {
    /layerlab-offline.html "attachment";
}
server {
    listen 8080;
    root /usr/share/nginx/html;
    charset utf-8;
    gzip_static on;
    add_header Cache-Control $caching;
    add_header Content-Disposition $disposition;
    add_header Content-Security-Policy "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' https:; object-src 'none'; base-uri 'self'; form-action 'none'";
    add_header X-Content-Type-Options nosniff;
    add_header Referrer-Policy no-referrer;
}
EOF
COPY --from=build /src/dist /usr/share/nginx/html
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "--spider", "http://127.0.0.1:8080/"]
