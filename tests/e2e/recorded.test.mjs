// The recording that the page is compared with is of the project that the page opens on, byte for byte.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readCase } from "./recorded.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROJECT = path.join(HERE, "..", "..", "lessons", "00-first-image", "start");

test("the recorded project is the project of the first lesson", async () => {
  const files = new Map();
  for (const entry of await readdir(PROJECT, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(PROJECT, file).split(path.sep).join("/");
    files.set(name, await readFile(file, "utf8"));
  }
  const byName = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  assert.deepEqual(byName((await readCase("node-service")).files), byName(files), "run tests/e2e/stand-in/record.py");
});
