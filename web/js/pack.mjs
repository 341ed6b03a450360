// Makes one file of each folder in lessons/presets: presets/NAME.json, {"files": {PATH: TEXT}}, which the page fetches when
// it is chosen. Trunk runs it as a hook (Trunk.toml); any other folder can be given: node pack.mjs FOLDER
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "lessons", "presets");
const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("error: name the folder that presets/ is to be put into");
  process.exit(1);
}
const target = path.join(folder, "presets");
await mkdir(target, { recursive: true });
for (const project of await readdir(root)) {
  const files = {};
  const entries = await readdir(path.join(root, project), { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    files[path.relative(path.join(root, project), file).split(path.sep).join("/")] = await readFile(file, "utf8");
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(path.join(target, `${project}.json`), JSON.stringify({ files: sorted }));
}
