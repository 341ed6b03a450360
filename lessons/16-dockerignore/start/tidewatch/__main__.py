from flask import Flask

from tidewatch.api.routes import tides

app = Flask("tidewatch")
app.register_blueprint(tides)

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000)
