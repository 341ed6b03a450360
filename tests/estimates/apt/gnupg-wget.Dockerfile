FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends gnupg wget ca-certificates lsb-release
RUN apt-get install -y apt-transport-https software-properties-common
