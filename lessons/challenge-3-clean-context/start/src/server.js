import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { recipes } from "./recipes.js";

createServer(async (request, response) => {
  if (request.url.startsWith("/photos/soup")) {
    const photo = await readFile("public/photos/soup.jpg");
    return response.end(await sharp(photo).resize(640).toBuffer());
  }
  if (request.url === "/style.css") return response.end(await readFile("public/style.css"));
  response.end(JSON.stringify(recipes));
}).listen(8080);
