import { createServer } from "node:http";
import { z } from "zod";

const Ticket = z.object({ show: z.string(), seats: z.number().int().positive() });
const tickets = [];

createServer(async (request, response) => {
  if (request.method === "POST") {
    let text = "";
    for await (const chunk of request) text += chunk;
    tickets.push(Ticket.parse(JSON.parse(text)));
  }
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(tickets));
}).listen(3000);
