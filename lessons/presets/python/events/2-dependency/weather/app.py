from flask import Flask, jsonify, request
from pydantic import BaseModel

from weather.readings import Readings

app = Flask(__name__)
readings = Readings()


class Reading(BaseModel):
    station: str
    degrees: float


@app.post("/readings")
def add():
    reading = Reading(**request.get_json())
    readings.add(reading.station, reading.degrees)
    return "", 201


@app.get("/summary")
def summary():
    return jsonify(readings.summary())
