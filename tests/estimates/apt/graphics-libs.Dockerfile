FROM estimates/debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends libgl1 libglib2.0-0 libsm6 libxext6 libxrender1 fonts-dejavu-core
