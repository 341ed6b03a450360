import express from "express";
import { inStock } from "./stock.js";

const app = express();
app.get("/lanterns", (_request, response) => {
  response.json(inStock());
});
app.listen(3000);
