// The next ferries, and an address that says whether the timetable is loaded.
const express = require("express");

const ferries = [
  { at: "07:40", to: "Skerry" },
  { at: "09:10", to: "Long Island" },
];
const app = express();
app.get("/", (request, response) => response.json(ferries));
app.get("/healthz", (request, response) => response.sendStatus(ferries.length > 0 ? 200 : 503));
app.listen(3000);
