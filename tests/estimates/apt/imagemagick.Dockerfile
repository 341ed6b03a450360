FROM estimates/debian:bookworm
RUN apt-get update
RUN apt-get install -y imagemagick
