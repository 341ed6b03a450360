// layerlab-offline.html, opened from the disk with no network at all.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, editorText, eventually, messages, open, ready, retype, search, status, verdicts, wholeEditor } from "./driver.mjs";
import { DIST, start } from "./harness.mjs";

/** The file is the only thing that may be asked for. */
const ALONE = { expected: [/^a request to elsewhere: file:\/\/\/[^ ]*\/layerlab-offline\.html/] };

let site;
let folder;
let file;
let en;
before(async () => {
  site = await start();
  en = await messages();
  folder = await mkdtemp(path.join(tmpdir(), "layerlab offline-"));
  await copyFile(path.join(DIST, "layerlab-offline.html"), path.join(folder, "layerlab-offline.html"));
  await site.cut();
  file = { ...site, url: pathToFileURL(path.join(folder, "layerlab-offline.html")).href };
});
after(async () => {
  await site?.stop();
  if (folder) await rm(folder, { recursive: true });
});

/** Opens the file in a browser without a network. */
const openFile = (options = {}) => open({ ...file, newPage: (more) => alone(more) }, options);
async function alone(options) {
  const page = await site.newPage(options);
  await page.context().setOffline(true);
  return page;
}

test("it builds the sample and what is typed, and keeps it", async () => {
  const page = await openFile({ offline: true });
  assert.equal((await status(page)).kind, "done");
  assert.ok((await verdicts(page)).length > 3, "the sample's steps");
  await search(page, "WORKDIR");
  await page.keyboard.press("Escape");
  await retype(page, "FROM golang:1.22\nRUN apt-get update && apt-get install -y curl\n");
  await build(page);
  assert.equal((await status(page)).kind, "done");
  await page.reload();
  await ready(page);
  await wholeEditor(page);
  assert.match(await editorText(page), /golang:1\.22/);

  // An image that no one has facts of is said to be unknown, as anywhere.
  await retype(page, "FROM example.com/no/such:image\n");
  await eventually(page, () => page.locator(".page").getAttribute("aria-busy"), (busy) => assert.equal(busy, "false"));

  await page.locator("details.popover > summary").getByText(en.more, { exact: true }).click();
  await page.locator(".offline").getByText(en["offline-file"]).waitFor();
  assert.equal(await page.getByLabel(en["offline-keep"]).isVisible(), false);
  await site.screenshot(page, "one-file");
  await site.close(page, ALONE);
});

test("lessons, the gallery and Japanese are in it", async () => {
  const page = await openFile();
  await page.getByRole("link", { name: en["lessons-title"] }).click();
  await page.locator("a[href^='#/lesson/']:visible").first().click();
  await page.locator(".lesson__step").waitFor();
  assert.match(page.url(), /layerlab-offline\.html#\/lesson\//);
  await page.goto(`${file.url}#/gallery`);
  await page.locator(".gallery-card").nth(19).waitFor();
  await page.locator(".gallery-card").first().getByRole("button").click();
  await eventually(page, () => page.evaluate(() => location.hash), (hash) => assert.ok(!hash.includes("gallery"), hash));
  await page.getByLabel(en.language).selectOption("ja");
  await page.locator("html[lang=ja]").waitFor();
  await page.reload();
  await ready(page, "ja");
  await site.close(page, ALONE);
});

test("a link opens in the file, and says that it is one of this computer", async () => {
  const page = await openFile();
  await retype(page, "FROM scratch\nLABEL linked=yes\n");
  await page.locator("details.popover > summary").getByText(en.share, { exact: true }).click();
  await page.locator("p.hint", { hasText: en["share-from-disk"] }).waitFor();
  const link = await page.getByLabel(en["share-link"]).inputValue();
  assert.ok(link.startsWith(`${file.url}#s=`), link.slice(0, 80));
  await site.close(page, ALONE);
  const other = await alone({});
  await other.goto(link);
  await ready(other);
  await wholeEditor(other);
  assert.match(await editorText(other), /linked=yes/);
  assert.ok(!other.url().includes("#s="), "loading again shows what was edited since");
  await site.close(other, ALONE);
});

test("a browser that cannot unpack it says what happened", async () => {
  const page = await alone({});
  await page.addInitScript(() => delete window.DecompressionStream);
  await page.goto(file.url);
  await page.getByRole("alert").getByText(/DecompressionStream/).waitFor();
  await site.close(page, ALONE);
});
