// node screenshot.mjs FILE.png: the page as a visitor first sees it, for the README.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { start } from "./harness.mjs";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("error: name the file to write");
  process.exit(1);
}
const site = await start();
try {
  const page = await site.newPage();
  await page.goto(site.url);
  await page.waitForLoadState("networkidle");
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  await site.close(page);
} finally {
  await site.stop();
}
