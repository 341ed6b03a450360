import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

const theme = new URL("../public/theme.css", import.meta.url);

createServer(async (request, response) => {
  response.setHeader("content-type", "text/css");
  response.end(await readFile(theme));
}).listen(3000);
