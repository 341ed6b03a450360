import express from "express";
import { byNumber } from "./parcels.js";

const app = express();
const port = Number(process.env.PORT ?? 8080);

app.get("/health", (_request, response) => {
  response.json({ ok: true });
});

app.get("/parcels/:number", async (request, response) => {
  const parcel = await byNumber(request.params.number);
  if (parcel === undefined) {
    response.status(404).json({ error: "no such parcel" });
    return;
  }
  response.json(parcel);
});

const server = app.listen(port, () => console.log(`listening on ${port}`));

process.on("SIGTERM", () => server.close());
