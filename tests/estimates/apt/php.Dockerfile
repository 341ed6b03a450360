FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y php-cli php-mbstring php-xml php-curl unzip
