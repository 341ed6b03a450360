import os

from flask import Flask, jsonify
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine(os.environ.get("DATABASE_URL", "sqlite://"))


@app.get("/healthz")
def healthz():
    return "ok\n"


@app.get("/boats")
def boats():
    with engine.connect() as connection:
        rows = connection.execute(text("select name, berths from boats order by name"))
        return jsonify([dict(row._mapping) for row in rows])
