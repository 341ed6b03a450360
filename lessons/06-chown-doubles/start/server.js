// The tour of the gallery, and a place for visitors' drawings.
const express = require("express");
const { createWriteStream } = require("node:fs");

const app = express();
app.use(express.static("public"));
app.post("/drawings/:name", (request, response) => {
  request.pipe(createWriteStream(`uploads/${request.params.name}`));
  response.sendStatus(201);
});
app.listen(3000);
