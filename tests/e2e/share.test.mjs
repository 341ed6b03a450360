// A session passed on: by a link, by a file; a link that is wrong; the way back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { build, editorText, eventually, messages, open, ready, retype, saying, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

const DOCKERFILE = "FROM alpine:3.22\nRUN echo shared > /file\n";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const panel = (page) => page.locator("details.popover", { has: page.getByLabel(en["share-link"]) });

/** The link that the page gives. */
async function link(page) {
  await panel(page).locator(":scope > summary").click();
  const field = page.getByLabel(en["share-link"]);
  await eventually(page, () => field.inputValue(), (value) => assert.match(value, /#s=v2\./));
  return field.inputValue();
}

/** The page at a link, as somebody else opens it. */
async function opened(address) {
  const page = await site.newPage();
  await page.goto(address);
  await ready(page);
  return page;
}

test("a link opens the Dockerfile and what happened, and leaves the address", async () => {
  const page = await open(site);
  await retype(page, DOCKERFILE);
  await build(page);
  await tab(page, en["tab-what-if"]);
  const address = await link(page);
  assert.ok(address.length < 1_200, `${address.length} characters, the sample project's files among them`);
  const other = await site.newPage();
  await other.goto(address);
  await other.locator(".events").waitFor();
  assert.equal(await other.locator(".event").count(), 3, "the part that was in sight, with the build");
  assert.equal(await editorText(other), DOCKERFILE);
  assert.doesNotMatch(other.url(), /#s=/);
  await other.reload();
  await ready(other);
  assert.equal(await editorText(other), DOCKERFILE);
});

test("a link that was cut off is said, and changes nothing", async () => {
  const page = await open(site);
  await retype(page, DOCKERFILE);
  const address = await link(page);
  const other = await open(site);
  const own = await editorText(other);
  await other.goto("about:blank");
  await other.goto(address.slice(0, -20));
  await ready(other);
  await other.getByText(saying(en["message-link-truncated"])).first().waitFor();
  assert.equal(await editorText(other), own);
});

test("what there was before a link can be had again", async () => {
  const page = await open(site);
  await retype(page, DOCKERFILE);
  const address = await link(page);
  const other = await open(site);
  const own = "FROM scratch\nCOPY mine /\n";
  await retype(other, own);
  await eventually(other, () => other.evaluate(() => localStorage.getItem("layerlab") ?? ""), (kept) => assert.match(kept, /mine/));
  await other.goto(address);
  await ready(other);
  await eventually(other, () => editorText(other), (text) => assert.equal(text, DOCKERFILE));
  await panel(other).locator(":scope > summary").click();
  await other.getByRole("button", { name: en["share-before"] }).click();
  await eventually(other, () => editorText(other), (text) => assert.equal(text, own));
});

test("a session goes into a file and comes out of it", async () => {
  const page = await open(site);
  await retype(page, DOCKERFILE);
  await link(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: en["share-download"] }).click();
  const path = await (await download).path();
  assert.match(await readFile(path, "utf8"), /echo shared/);
  const other = await opened(site.url);
  await panel(other).locator(":scope > summary").click();
  await other.locator(".share input[type=file]").setInputFiles(path);
  await eventually(other, () => editorText(other), (text) => assert.equal(text, DOCKERFILE));
});
