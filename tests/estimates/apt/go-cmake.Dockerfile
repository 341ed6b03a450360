FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends golang-go
RUN apt-get install -y --no-install-recommends cmake pkg-config ninja-build
