// Previews of the festival's posters, made on first request and kept in previews/.
const { execFile } = require("node:child_process");
const express = require("express");
const { posters } = require("./posters");

const app = express();
app.get("/", (request, response) => response.json(posters));
app.post("/previews/:name", (request, response) => {
  const target = `previews/${request.params.name}.jpg`;
  const montage = execFile("montage", ["-", "-geometry", "300x400", target], (error) => {
    response.sendStatus(error ? 422 : 201);
  });
  request.pipe(montage.stdin);
});
app.listen(3000);
