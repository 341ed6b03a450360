FROM estimates/debian:bookworm
RUN apt-get update
RUN apt-get install -y --no-install-recommends iputils-ping dnsutils iproute2 net-tools netcat-openbsd telnet tcpdump
