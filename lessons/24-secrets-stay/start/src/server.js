import { createServer } from "node:http";
import dayjs from "dayjs";
import { nanoid } from "nanoid";

const teas = [
  { id: "sencha", grams: 100, price: 1200 },
  { id: "hojicha", grams: 80, price: 900 },
];

createServer((request, response) => {
  const order = { number: nanoid(8), ships: dayjs().add(2, "day").format("YYYY-MM-DD") };
  const answer = request.method === "POST" ? order : teas;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
}).listen(8080);
