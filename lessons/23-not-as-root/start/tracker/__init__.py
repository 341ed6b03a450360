from pathlib import Path

from flask import Flask, jsonify, request

app = Flask(__name__)
DATA = Path("/app/data")


@app.post("/parcels/<number>")
def note(number):
    DATA.joinpath(f"{number}.txt").write_text(request.get_data(as_text=True))
    return jsonify(number=number), 201


@app.get("/parcels/<number>")
def show(number):
    return DATA.joinpath(f"{number}.txt").read_text()
