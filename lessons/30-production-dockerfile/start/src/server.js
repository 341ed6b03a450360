// The books that the club has voted for. Settings come from the environment.
import { createServer } from "node:http";
import { books, vote } from "./books.js";

const port = Number(process.env.PORT ?? 3000);

createServer((request, response) => {
  if (request.url === "/healthz") return response.end("ok\n");
  if (request.method === "POST") vote(request.url.slice(1));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(books()));
}).listen(port, () => console.log(JSON.stringify({ message: "listening", port })));
