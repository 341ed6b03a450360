import { createServer } from "node:http";
import { nanoid } from "nanoid";

createServer((request, response) => {
  response.end(`Open 9:00 to 18:00 (ticket ${nanoid(6)})`);
}).listen(8080);
