import os

import psycopg2
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/balance/<account>")
def balance(account):
    with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("select sum(amount) from entries where account = %s", (account,))
        return jsonify(account=account, balance=cursor.fetchone()[0])
