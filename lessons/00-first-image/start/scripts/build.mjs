// src/ minified into dist/, with a copy of public/ beside it.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { minify } from "terser";

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
for (const name of (await readdir("src")).sort()) {
  const { code } = await minify(await readFile(`src/${name}`, "utf8"), { module: true });
  await writeFile(`dist/${name}`, `${code}\n`);
  console.log(`dist/${name}`);
}
await cp("public", "dist/public", { recursive: true });
