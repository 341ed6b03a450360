FROM rust:1.95-slim AS chef
RUN cargo install cargo-chef --locked
WORKDIR /build

FROM chef AS planner
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS builder
COPY --from=planner /build/recipe.json recipe.json
RUN cargo chef cook --release --recipe-path recipe.json
COPY . .
RUN cargo build --release --bin server

FROM debian:13-slim AS runtime
COPY --from=builder --chmod=755 /build/target/release/server /usr/local/bin/
ENV RUST_LOG=info
ENTRYPOINT ["server"]
