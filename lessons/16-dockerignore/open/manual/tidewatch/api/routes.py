from flask import Blueprint, jsonify, send_file

tides = Blueprint("tides", __name__)


@tides.get("/tides/<harbour>")
def of(harbour):
    return jsonify(harbour=harbour, high=["03:12", "15:41"], low=["09:20", "21:55"])


@tides.get("/openapi.yaml")
def description():
    return send_file("/srv/docs/openapi.yaml")
