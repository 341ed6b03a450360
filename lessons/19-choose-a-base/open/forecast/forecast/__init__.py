from flask import Flask, jsonify
from sklearn.linear_model import LinearRegression

app = Flask(__name__)


@app.get("/tomorrow")
def tomorrow():
    model = LinearRegression().fit([[1], [2], [3]], [4, 11, 2])
    return jsonify(millimetres=round(model.predict([[4]])[0], 1))
