"""Readings of a weather station, as JSON."""
import configparser

from flask import Flask, jsonify

settings = configparser.ConfigParser()
settings.read("app.ini")
app = Flask(__name__)


@app.get("/")
def now():
    return jsonify(station=settings.get("station", "name", fallback="unknown"), celsius=11.5)


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
