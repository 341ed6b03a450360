ARG PYTHON=3.13
FROM python:${PYTHON}-slim

# Never buffer what is logged.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR="1"

RUN apt-get update \
    # the client of the database
    && apt-get install -y --no-install-recommends libpq5 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY ["src", "./src/"]

VOLUME ["/srv/data"]
EXPOSE 8000/tcp 9000/udp
ENTRYPOINT ["gunicorn"]
CMD ["src.wsgi:application", "--bind", "0.0.0.0:8000"]
