FROM python:3.12
WORKDIR /app

# Everything at once: from here on, every edit is a new start.
COPY . .
RUN pip install -r requirements.txt

EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "weather.app:app"]
