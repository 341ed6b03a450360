from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/rain/<town>")
def rain(town):
    return jsonify(town=town, millimetres=[0, 0, 4, 11, 2, 0, 0])
