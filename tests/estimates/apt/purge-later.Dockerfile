FROM estimates/debian:bookworm
RUN apt-get update
RUN apt-get install -y --no-install-recommends gcc make
RUN apt-get purge -y gcc make
RUN apt-get autoremove -y
RUN apt-get clean && rm -rf /var/lib/apt/lists/*
