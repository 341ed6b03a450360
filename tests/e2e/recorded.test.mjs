// The recording that the page is compared with is of the project that the page opens on, byte for byte.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROJECT = path.join(HERE, "..", "..", "lessons", "00-first-image", "start");
const CASE = path.join(HERE, "recorded", "cases", "node-service.toml");

/** The first build's files. stand-in/record.py writes one a line, key and text as JSON strings. */
async function recorded() {
  const files = new Map();
  for (const line of (await readFile(CASE, "utf8")).split("\n")) {
    if (line === "[[build]]") break;
    const [, key, text] = line.match(/^("(?:[^"\\]|\\.)*"|dockerfile) = (".*")$/) ?? [];
    if (key) files.set(key === "dockerfile" ? "Dockerfile" : JSON.parse(key), JSON.parse(text));
  }
  return files;
}

test("the recorded project is the project of the first lesson", async () => {
  const files = new Map();
  for (const entry of await readdir(PROJECT, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(PROJECT, file).split(path.sep).join("/");
    files.set(name, await readFile(file, "utf8"));
  }
  const byName = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  assert.deepEqual(byName(await recorded()), byName(files), "run tests/e2e/stand-in/record.py");
});
