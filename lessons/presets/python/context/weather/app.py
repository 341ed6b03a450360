from flask import Flask, jsonify, request

from weather.readings import Readings

app = Flask(__name__)
readings = Readings()


@app.post("/readings")
def add():
    reading = request.get_json()
    readings.add(reading["station"], float(reading["degrees"]))
    return "", 201


@app.get("/summary")
def summary():
    return jsonify(readings.summary())
