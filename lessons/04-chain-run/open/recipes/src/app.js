const express = require("express");
const recipes = require("./recipes");

const app = express();
app.get("/", (request, response) => response.json(recipes));
app.listen(3000);
