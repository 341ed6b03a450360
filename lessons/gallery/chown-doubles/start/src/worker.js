import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";

const [source, target] = process.argv.slice(2);
const picture = sharp(await readFile(source)).resize({ width: 320 });
await writeFile(target, await picture.webp().toBuffer());
