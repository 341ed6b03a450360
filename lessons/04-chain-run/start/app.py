"""A lending shelf: which book is where, with its cover."""
from flask import Flask, send_from_directory

app = Flask(__name__)


@app.get("/covers/<name>")
def cover(name):
    return send_from_directory("/srv/covers", name)
