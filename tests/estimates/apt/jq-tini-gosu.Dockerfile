FROM estimates/debian:bookworm-slim
RUN set -eux; apt-get update; apt-get install -y --no-install-recommends tini gosu jq xz-utils bzip2 zip unzip; rm -rf /var/lib/apt/lists/*
