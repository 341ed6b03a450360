"""When is high water? The harbour's tide table as JSON."""
from flask import Flask, jsonify
import requests

FEED = "https://tides.example.com/today.json"
app = Flask(__name__)


@app.get("/tides")
def tides():
    return jsonify(requests.get(FEED, timeout=5).json())


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
