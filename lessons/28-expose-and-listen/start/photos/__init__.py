import os

from flask import Flask, jsonify
from redis import Redis

app = Flask(__name__)
likes = Redis(host=os.environ["REDIS_HOST"])


@app.post("/photos/<name>/likes")
def like(name):
    return jsonify(photo=name, likes=likes.incr(name))
