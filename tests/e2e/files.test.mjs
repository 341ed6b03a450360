// What can be done to the files of the build context, and what a build makes of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  build, editorText, eventually, files, messages, open, openFile, retype, saying, spoken, status, steps, verdicts,
} from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const file = async (page, path) => (await files(page)).find((file) => file.path === path);
const ran = async (page) => (await steps(page)).filter((step) => step.state === "run");
const allCached = async (page) => (await verdicts(page)).every((step) => step.cached ?? true);

const said = (page, what) => eventually(page, () => spoken(page), (text) => assert.match(text, what));

/** Answers the question for a name. */
async function name(page, label, path) {
  await page.getByLabel(label, { exact: true }).fill(path);
  await page.keyboard.press("Enter");
}

test("a file is added, written, renamed and deleted", async () => {
  const page = await open(site);
  await press(page, en["file-new"]);
  await name(page, en["file-new-name"], "src/new.js");
  await said(page, saying(en["message-file-added"], { path: "src/new.js" }));
  assert.equal((await file(page, "src/new.js")).open, true, "it is open");
  await retype(page, "export {};\n");
  assert.equal((await file(page, "src/new.js")).size, "11B");
  assert.equal((await file(page, "src/new.js")).edited, true);
  let [first] = (await ran(page)).filter((step) => step.reason !== "");
  assert.match(first.reason, saying(en["reason-file-added"], { path: "src/new.js" }));
  await build(page);

  await press(page, en["file-rename"]);
  await name(page, en["file-other-name"], "lib/other.js");
  assert.equal(await file(page, "src/new.js"), undefined);
  assert.equal((await file(page, "lib/other.js")).open, true);
  assert.equal(await editorText(page), "export {};\n");
  [first] = (await ran(page)).filter((step) => step.reason !== "");
  assert.match(first.reason, /src\/new\.js|lib/);
  await build(page);

  await press(page, en["file-delete"]);
  assert.equal(await file(page, "lib/other.js"), undefined);
  await said(page, saying(en["message-file-removed"], { path: "lib/other.js" }));
  assert.equal((await file(page, "Dockerfile")).open, true, "the Dockerfile is open instead");
  await site.close(page);
});

test("a name that is taken is refused, and nothing is lost", async () => {
  const page = await open(site);
  await openFile(page, "src/config.js");
  const text = await editorText(page);
  await press(page, en["file-new"]);
  await name(page, en["file-new-name"], "src/app.js");
  const notice = page.locator(".notice");
  await notice.waitFor();
  assert.match(await notice.textContent(), saying(en["message-name-taken"], { path: "src/app.js" }));
  await press(page, en["file-rename"]);
  await name(page, en["file-other-name"], "src/app.js");
  assert.equal(await editorText(page), text);
  assert.ok(await file(page, "src/app.js"));
  for (const refused of ["../outside", "/", "src"]) {
    await press(page, en["file-new"]);
    await name(page, en["file-new-name"], refused);
    assert.ok(await notice.isVisible(), `${refused} is refused`);
    assert.equal(await editorText(page), text, refused);
  }
  await site.close(page);
});

test("touching a file leaves everything in the cache", async () => {
  const page = await open(site);
  await openFile(page, "src/config.js");
  await press(page, "touch");
  await said(page, saying(en["message-file-touched"], { path: "src/config.js" }));
  await build(page);
  assert.ok(await allCached(page), JSON.stringify(await verdicts(page)));
  await site.close(page);
});

test("making a file executable runs its COPY again; taking it back is in the cache", async () => {
  const page = await open(site);
  await openFile(page, "scripts/build.sh");
  const plain = (await file(page, "scripts/build.sh")).icon;
  await press(page, "chmod +x");
  assert.notEqual((await file(page, "scripts/build.sh")).icon, plain, "it looks executable");
  const [first] = (await ran(page)).filter((step) => step.reason !== "");
  assert.match(first.reason, saying(en["reason-file-mode"], { path: "scripts/build.sh" }));
  assert.match(first.name, /COPY \. \./);
  await build(page);
  await press(page, "chmod -x");
  assert.ok(await allCached(page), "the build before had this file");
  await site.close(page);
});

test("a file of 100 MB is shown with its size everywhere", async () => {
  const page = await open(site);
  await openFile(page, "public/style.css");
  await press(page, en["file-big"]);
  assert.equal((await file(page, "public/style.css")).size, "100MB");
  assert.match(await page.locator(".files__sum").textContent(), /100MB/);
  const copied = (await steps(page)).find((step) => /COPY \. \./.test(step.name));
  assert.equal(copied.size, "100MB");
  assert.equal(copied.state, "run");
  assert.match(await page.locator(".source__unreadable").textContent(), saying(en["file-not-text"], { size: "100MB" }));
  assert.equal((await build(page)).kind, "done");
  await press(page, en["file-delete"]);
  assert.equal(await file(page, "public/style.css"), undefined);
  await site.close(page);
});

test(".dockerignore greys files out with the pattern that does it", async () => {
  const page = await open(site);
  assert.match((await file(page, "README.md")).ignored, saying(en["file-ignored"], { pattern: "*.md" }));
  assert.equal((await file(page, "src/config.js")).ignored, null);
  await openFile(page, ".dockerignore");
  await retype(page, `${await editorText(page)}test\n!README.md\n`);
  assert.match((await file(page, "test/app.test.js")).ignored, saying(en["file-ignored"], { pattern: "test" }));
  assert.equal((await file(page, "README.md")).ignored, null, "let in again");
  assert.equal(await page.locator(".tree__row.is-ignored").count(), (await files(page)).filter((f) => f.ignored).length);
  await site.close(page);
});

test("editing a file that is left out keeps the cache", async () => {
  const page = await open(site);
  await openFile(page, "README.md");
  await retype(page, "# Other\n");
  assert.equal((await status(page)).kind, "preview");
  assert.ok(await allCached(page));
  await build(page);
  assert.ok(await allCached(page));
  await site.close(page);
});

test("a deleted .dockerignore can be made again", async () => {
  const page = await open(site);
  await openFile(page, ".dockerignore");
  await press(page, en["file-delete"]);
  assert.equal((await files(page)).filter((file) => file.ignored).length, 0);
  await page.getByRole("tab", { name: /\.dockerignore/ }).click();
  await retype(page, "*.md\n");
  assert.ok((await file(page, "README.md")).ignored);
  await site.close(page);
});

test("folders close and open", async () => {
  const page = await open(site);
  const folder = page.locator(".tree__file", { hasText: /^src/ });
  await folder.click();
  assert.equal(await file(page, "src/config.js"), undefined);
  assert.equal(await folder.getAttribute("aria-expanded"), "false");
  await folder.click();
  assert.ok(await file(page, "src/config.js"));
  await site.close(page);
});

test("any mode can be set, and what is no mode is said", async () => {
  const page = await open(site);
  await openFile(page, "scripts/build.sh");
  await press(page, "chmod 644");
  const box = page.getByLabel(en["file-mode"], { exact: true });
  await box.fill("999");
  await page.keyboard.press("Enter");
  assert.equal(await page.getByText(en["file-no-mode"]).isVisible(), true);
  assert.equal(await box.getAttribute("aria-invalid"), "true");
  await box.fill("u+x,go=");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "chmod 700", exact: true }).waitFor();
  const [first] = (await ran(page)).filter((step) => step.reason !== "");
  assert.match(first.reason, saying(en["reason-file-mode"], { path: "scripts/build.sh" }));
  await site.close(page);
});

test("a folder is made by a path with a slash at its end", async () => {
  const page = await open(site);
  await press(page, en["file-new"]);
  await name(page, en["file-new-name"], "assets/icons/");
  assert.equal((await file(page, "assets/icons")).folder, true);
  await press(page, en["file-new"]);
  await name(page, en["file-new-name"], "assets/icons/");
  await page.locator(".notice").waitFor();
  await site.close(page);
});

test("what was deleted or replaced can be had back, by button and by key", async () => {
  const page = await open(site);
  await openFile(page, "src/config.js");
  const text = await editorText(page);
  await press(page, en["file-delete"]);
  assert.equal(await file(page, "src/config.js"), undefined);
  await press(page, en["file-undo"]);
  assert.ok(await file(page, "src/config.js"));
  assert.equal(await page.getByRole("button", { name: en["file-undo"], exact: true }).isVisible(), false);
  await openFile(page, "src/config.js");
  await press(page, en["file-big"]);
  assert.equal((await file(page, "src/config.js")).size, "100MB");
  const row = (await files(page)).findIndex((file) => file.path === "src/config.js");
  await page.locator(".tree__file").nth(row).focus();
  await page.keyboard.press("Control+z");
  await eventually(page, () => editorText(page), (now) => assert.equal(now, text));
  await site.close(page);
});
