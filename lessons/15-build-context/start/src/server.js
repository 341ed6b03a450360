import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { nanoid } from "nanoid";

const catalogue = JSON.parse(await readFile(new URL("catalogue.json", import.meta.url)));

createServer((request, response) => {
  response.setHeader("x-request-id", nanoid());
  response.end(JSON.stringify(catalogue.prints));
}).listen(3000);
