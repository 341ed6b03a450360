FROM estimates/debian:bookworm
RUN apt-get update && apt-get upgrade -y
RUN apt-get clean
