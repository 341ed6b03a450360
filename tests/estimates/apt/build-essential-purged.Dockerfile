FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends gcc libc6-dev && echo 'int main(){return 0;}' > /tmp/a.c && gcc -o /usr/local/bin/a /tmp/a.c && apt-get purge -y --auto-remove gcc libc6-dev && rm -rf /tmp/a.c
RUN rm -rf /var/lib/apt/lists/*
