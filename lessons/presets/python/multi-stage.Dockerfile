# The full image has compilers, for packages that are built on installation.
FROM python:3.12 AS build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

# What runs: a small base, the installed packages, and the source.
FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /venv /venv
COPY weather ./weather

USER nobody
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "weather.app:app"]
