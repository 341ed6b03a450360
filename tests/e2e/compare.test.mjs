// Two Dockerfiles side by side: pinned, edited, swapped, kept through a reload; examples to compare on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editorText, eventually, messages, open, pane, ready, retype, spoken, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const NAIVE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "src/server.js"]\n';
const ORDERED =
  'FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "src/server.js"]\n';

/** The rows of the table: what they are of, A, B, the difference. */
const rows = (page) =>
  page.locator(".versus tbody tr:not([hidden])").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim())),
  );

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** The row whose head begins so, once the table has it and it passes the check. */
const row = (page, head, check = () => {}) =>
  eventually(page, () => rows(page), (all) => {
    const found = all.find(([name]) => name.startsWith(head));
    assert.ok(found, `${head} in ${JSON.stringify(all)}`);
    check(found);
  });

test("one is pinned, the other edited, and what becomes different is said", async () => {
  const page = await open(site);
  await retype(page, NAIVE);
  await tab(page, en["tab-compare"]);
  await press(page, en["compare-pin"]);
  await page.getByText(en["compare-same"]).waitFor();
  await eventually(page, () => spoken(page), (text) => assert.ok(text.startsWith(en["message-pinned"]), text));
  await retype(page, ORDERED);
  await page.locator(".versus").waitFor();
  await press(page, en["what-if-source"]);
  const edited = await eventually(page, () => rows(page), (all) => {
    const npm = all.find(([name]) => name === "RUN npm ci");
    assert.ok(npm, JSON.stringify(all));
    assert.match(npm[1], / s/, "A installs again");
    assert.equal(npm[2], en["compare-cached"], "B does not");
  });
  assert.match(edited.find(([name]) => name.endsWith("edited") || name.endsWith("changed"))[3], /^−/, "B is faster");
  await press(page, en["compare-swap"]);
  await eventually(page, () => editorText(page), (text) => assert.equal(text, NAIVE));
  await row(page, "RUN npm ci", (npm) => assert.equal(npm[1], en["compare-cached"], "A is the ordered one now"));
  await press(page, en["undo"]);
  await eventually(page, () => editorText(page), (text) => assert.equal(text, ORDERED));
  await site.close(page);
});

test("what is pinned is there after a reload, and Undo brings it back", async () => {
  const page = await open(site);
  await retype(page, NAIVE);
  await tab(page, en["tab-compare"]);
  await press(page, en["compare-pin"]);
  await retype(page, ORDERED);
  await page.locator(".versus").waitFor();
  await page.reload();
  await ready(page);
  assert.equal(await editorText(page), ORDERED);
  await tab(page, en["tab-compare"]);
  await page.locator(".versus").waitFor();
  await page.getByText(en["compare-difference"]).click();
  await page.locator(".compare .diff.is-added").getByText("COPY package*.json ./").waitFor();
  await press(page, en["compare-unpin"]);
  await page.getByText(en["compare-about"]).waitFor();
  await press(page, en["undo"]);
  await page.locator(".versus").waitFor();
  await site.close(page);
});

test("any two are compared: a text that is pasted is A, kept when the field is left", async () => {
  const page = await open(site);
  await tab(page, en["tab-compare"]);
  await page.getByText(en["compare-other"]).click();
  const field = page.getByRole("textbox", { name: en["compare-a-label"] });
  await field.fill("FROM alpine:3.20\nRUN nothing-like-this\n");
  await page.keyboard.press("Tab");
  await row(page, en["compare-first"], (first) => assert.equal(first[1], en["compare-fails"]));
  await field.fill("FROM alpine:3.20\n");
  await page.keyboard.press("Tab");
  await row(page, en["figure-size"], (size) => assert.match(size[1], /MB/));
  await site.close(page);
});

test("an example is opened, played and drawn", async () => {
  const page = await open(site);
  const own = await editorText(page);
  await tab(page, en["tab-compare"]);
  await press(page, "Go");
  await press(page, en["preset-naive-multi-stage"]);
  await row(page, en["figure-size"], (size) => {
    assert.match(size[2], /MB/);
    assert.match(size[3], /^−/);
  });
  assert.equal(await page.locator(".compare .graph__picture").count(), 2);
  assert.equal(await page.locator(".compare .stack").count(), 2);
  assert.equal(await page.locator(".compare .chart").count(), 2);
  await page.getByLabel(en["compare-round"]).selectOption({ label: en["compare-first"] });
  await eventually(
    page,
    () => page.locator(".compare .chart__bar.is-run").count(),
    (count) => assert.ok(count >= 8, `all steps run in the first build: ${count}`),
  );
  for (let edit = 0; edit < 4; edit += 1) await press(page, en["undo"]);
  await eventually(page, () => editorText(page), (text) => assert.equal(text, own));
  await site.close(page);
});

test("it is there on a phone, in Japanese", async () => {
  const ja = await messages("ja");
  const page = await open(site, { viewport: { width: 360, height: 740 }, locale: "ja", language: "ja" });
  await pane(page, "result");
  await tab(page, ja["tab-compare"]);
  await press(page, "Python");
  await press(page, ja["preset-naive-ordered"]);
  await row(page, ja["figure-size"]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(wide, 0, "nothing reaches beyond the screen");
  const panel = await page.locator(".result__panel").evaluate((panel) => panel.scrollWidth - panel.clientWidth);
  assert.equal(panel, 0, "nor beyond the pane");
  await site.close(page);
});
