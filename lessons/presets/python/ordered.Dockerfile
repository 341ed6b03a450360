FROM python:3.12
WORKDIR /app

# What the dependencies are changes rarely, so it comes first.
COPY requirements.txt .
RUN pip install -r requirements.txt

# The source changes all the time, so it comes last.
COPY . .

EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "weather.app:app"]
