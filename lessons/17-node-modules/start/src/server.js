import { createServer } from "node:http";
import { nanoid } from "nanoid";
import sharp from "sharp";

createServer(async (request, response) => {
  response.setHeader("x-request-id", nanoid());
  response.setHeader("content-type", "image/webp");
  response.end(await sharp("public/lantern.png").resize(480).webp().toBuffer());
}).listen(3000);
