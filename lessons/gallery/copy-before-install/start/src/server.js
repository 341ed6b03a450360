import express from "express";
import { book } from "./bookings.js";

const app = express();
app.use(express.json());
app.post("/bookings", async (request, response) => {
  response.status(201).json(await book(request.body));
});
app.listen(3000);
