import os
from pathlib import Path

from flask import Flask, jsonify, request

app = Flask(__name__)
NOTES = Path("/srv/data")
DATABASE = os.environ["DATABASE_URL"]


@app.get("/appointments")
def appointments():
    return jsonify(sorted(note.stem for note in NOTES.glob("*.txt")))


@app.post("/appointments/<day>")
def book(day):
    NOTES.joinpath(f"{day}.txt").write_text(request.get_data(as_text=True))
    return "", 201
