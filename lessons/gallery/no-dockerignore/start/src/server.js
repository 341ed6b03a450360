import express from "express";

const menu = [
  { dish: "udon", price: 780 },
  { dish: "curry", price: 920 },
];

const app = express();
app.get("/menu", (_request, response) => response.json(menu));
app.listen(3000);
