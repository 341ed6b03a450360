FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends redis-server sqlite3
