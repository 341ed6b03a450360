// The reader's own project: a folder that is chosen, one that is dropped, listings that are pasted, 50,000 files.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { editorText, eventually, messages, open, openFile, pane, ready, saying, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

const FILES = {
  Dockerfile: "FROM alpine:3.22\nWORKDIR /app\nCOPY . .\nRUN ./run.sh\n",
  ".dockerignore": "*.log\n",
  "run.sh": "#!/bin/sh\necho mine\n",
  "src/index.js": "console.log('こんにちは')\n",
  "debug.log": "x".repeat(1000),
  "logo.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
  ".git/HEAD": "ref: refs/heads/main\n",
};

let site;
let en;
let folder;
before(async () => {
  site = await start();
  en = await messages();
  folder = path.join(await mkdtemp(path.join(tmpdir(), "layerlab-")), "shop");
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
});
after(async () => {
  await site?.stop();
  if (folder) await rm(path.dirname(folder), { recursive: true });
});

const dialog = (page, words = en) => page.getByRole("dialog", { name: words["own-title"] });

/** Opens the dialog, on a small screen too. */
async function show(page, words = en) {
  const menu = page.locator(".header__menu");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: words["own-button"], exact: true }).click();
  await dialog(page, words).waitFor();
}

/** Opens what was found, and waits until it is there. */
async function take(page, words = en) {
  await dialog(page, words).getByRole("button", { name: words["own-open"] }).click();
  await dialog(page, words).waitFor({ state: "hidden" });
  await ready(page, words === en ? "en" : "ja");
}

/** Puts a listing into the dialog. */
async function paste(page, text, words = en) {
  await dialog(page, words).getByText(words["own-list"]).click();
  await dialog(page, words).getByLabel(words["own-list-label"]).fill(text);
}

test("a folder that is chosen becomes the project, and stays through a reload", async () => {
  const page = await open(site);
  await show(page);
  await dialog(page).locator("input[type=file]").setInputFiles(folder);
  await dialog(page).locator(".own-found").getByText(saying(en["own-dockerfile-found"], { path: "Dockerfile" })).waitFor();
  await site.screenshot(page, "own-folder");
  await take(page);
  assert.equal(await editorText(page), FILES.Dockerfile);
  await page.locator(".header__project").getByText("shop").waitFor({ state: "attached" });
  const ignored = page.locator(".tree__row.is-ignored");
  await eventually(page, () => ignored.count(), (count) => assert.equal(count, 1, "debug.log"));
  await openFile(page, "src/index.js");
  assert.equal(await editorText(page), FILES["src/index.js"]);
  await tab(page, en["tab-log"]);
  await page.getByText(en["log-plain"]).first().click();
  await eventually(page, () => page.locator(".output").first().textContent(), (text) => assert.match(text, /mine/));
  await eventually(page, () => page.evaluate(() => localStorage.getItem("layerlab") ?? ""), (kept) => assert.match(kept, /shop/));
  await page.reload();
  await ready(page);
  await page.locator(".header__project").getByText("shop").waitFor({ state: "attached" });
  await page.getByRole("button", { name: en.undo, exact: true }).click();
  await eventually(page, () => page.locator(".header__project").textContent(), (name) => assert.match(name, /Sample/));
  await site.close(page);
});

test("a folder that is dropped on the page is looked through", async () => {
  const page = await open(site);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver"]) {
    await session.send("Input.dispatchDragEvent", { type, x: 300, y: 400, data });
  }
  await page.getByText(en["own-drop-now"]).waitFor();
  await session.send("Input.dispatchDragEvent", { type: "drop", x: 300, y: 400, data });
  await dialog(page).getByText(saying(en["own-dockerfile-found"], { path: "Dockerfile" })).waitFor();
  assert.ok(await page.getByText(en["own-drop-now"]).isHidden());
  await take(page);
  assert.equal(await editorText(page), FILES.Dockerfile);
  await site.close(page);
});

test("listings are read, what cannot be is told with its line, and a Dockerfile is pasted, by keyboard alone", async () => {
  const page = await open(site);
  await page.getByRole("button", { name: en["own-button"], exact: true }).focus();
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  const list = dialog(page).getByText(en["own-list"]);
  await list.focus();
  await page.keyboard.press("Enter");
  const area = dialog(page).getByLabel(en["own-list-label"]);
  await area.focus();
  await page.keyboard.insertText("total 3\n300 ./src/main.js\n2000000 ./public/film.mp4\n20 ./.dockerignore\n");
  await dialog(page).getByText(en["own-dockerfile-missing"]).waitFor();
  const ok = dialog(page).getByRole("button", { name: en["own-open"] });
  assert.ok(await ok.isDisabled());
  await dialog(page).locator(".own-found__lines summary").click();
  await dialog(page).locator(".own-found__lines li").getByText("total 3").waitFor();
  await dialog(page).getByLabel(en["own-dockerfile"]).focus();
  await page.keyboard.insertText("FROM scratch\nCOPY public /public\n");
  await dialog(page).getByText(en["own-dockerfile-given"]).waitFor();
  await site.screenshot(page, "own-listing");
  await ok.focus();
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "hidden" });
  await ready(page);
  await tab(page, en["tab-layers"]);
  await page.locator(".layers, .stack, table").first().getByText("2MB").first().waitFor();
  await site.close(page);
});

test("on a phone, in Japanese", async () => {
  const ja = await messages("ja");
  const page = await open(site, { viewport: { width: 360, height: 740 }, locale: "ja", language: "ja" });
  await show(page, ja);
  await paste(page, "100644 eb03e3e1e48673812727cc4d12be152d6a80fc33 0\tapp.js\n", ja);
  await dialog(page, ja).getByLabel(ja["own-dockerfile"]).fill("FROM scratch\nCOPY app.js /\n");
  await dialog(page, ja).getByText(ja["own-dockerfile-given"]).waitFor();
  await site.screenshot(page, "own-phone-ja");
  await take(page, ja);
  await pane(page, "context");
  await page.locator(".tree__file").getByText("app.js").waitFor();
  await site.close(page);
});

test("50,000 files are read, shown, typed in and kept", async () => {
  const page = await open(site);
  await show(page);
  const lines = Array.from({ length: 50_000 }, (_, n) => `${n} ./node_modules/package-${Math.floor(n / 40)}/lib/file-${n}.js`);
  await dialog(page).getByText(en["own-list"]).click();
  const spent = await dialog(page).getByLabel(en["own-list-label"]).evaluate((area, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const began = performance.now();
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    return performance.now() - began;
  }, `${lines.join("\n")}\n`);
  console.log(`50,000 lines pasted: ${Math.round(spent)} ms`);
  await dialog(page).getByText(saying(en["own-list-cut"], { shown: "100" })).waitFor();
  await dialog(page).getByLabel(en["own-dockerfile"]).fill("FROM alpine:3.22\nWORKDIR /app\nCOPY . .\nRUN echo one\n");
  await take(page);
  await page.locator(".tree__file").getByText("node_modules").waitFor();
  await eventually(page, () => page.locator(".cm-content").textContent(), (text) => assert.match(text, /echo one/));
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  // key by key, as people do: what it comes to is worked out when they rest
  await page.keyboard.type("RUN echo two");
  assert.match(await page.locator(".cm-content").textContent(), /RUN echo two/);
  await page.locator(".step__name").getByText("echo two").first().waitFor({ state: "attached" });
  // a build is of what was typed until then, without a rest
  await page.keyboard.type(" and three");
  await page.keyboard.press("Control+Enter");
  await page.locator(".step__name").getByText("echo two and three").first().waitFor({ state: "attached" });
  await eventually(page, () => page.evaluate(() => localStorage.getItem("layerlab") ?? ""), (kept) => assert.match(kept, /echo two/));
  await page.reload();
  await ready(page);
  await eventually(page, () => editorText(page), (text) => assert.match(text, /echo two/));
  await site.close(page);
});
