// node screenshot.mjs FOLDER: the pictures of the README. The page as a visitor first sees it, then what an edit of one
// file does, in the panes that show it best.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { build, editorText, messages, open, openFile, retype, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("error: name the folder to write to");
  process.exit(1);
}
const site = await start();
try {
  await mkdir(folder, { recursive: true });
  const words = await messages();
  const page = await open(site);
  const take = async (name) => {
    await page.evaluate(() => document.activeElement.blur());
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };
  await take("screenshot");
  await openFile(page, "src/config.js");
  await retype(page, `${await editorText(page)}// edited\n`);
  await build(page);
  await openFile(page, "Dockerfile");
  for (const name of ["graph", "timeline", "layers"]) {
    await tab(page, words[`tab-${name}`]);
    await take(name);
  }
  await site.close(page);
} finally {
  await site.stop();
}
