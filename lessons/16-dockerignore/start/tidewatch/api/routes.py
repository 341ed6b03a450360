from flask import Blueprint, jsonify

tides = Blueprint("tides", __name__)


@tides.get("/tides/<harbour>")
def of(harbour):
    return jsonify(harbour=harbour, high=["03:12", "15:41"], low=["09:20", "21:55"])
