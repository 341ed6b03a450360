// Rewrites that were tried, and what happens to a project every day.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editorText, eventually, messages, open, pane, retype, saying, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const NAIVE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "src/server.js"]\n';

/** The titles of the suggestions, once all were tried with what is known of the base images. */
async function suggestions(page) {
  // at one moment: a search that wants another base image is over until that has come, and then begins anew
  const titles = await page.waitForFunction(() => {
    const over = document.querySelector(".page[aria-busy=false] .suggestions__progress[aria-busy=false]");
    return over && [...document.querySelectorAll(".suggestion__title")].map((title) => title.textContent);
  });
  return titles.jsonValue();
}

/** The points of what happened, the latest first. */
const events = (page) =>
  page.locator(".event").evaluateAll((rows) =>
    rows.map((row) => ({
      what: row.querySelector(".event__what").textContent,
      run: row.querySelector(".event__run").textContent,
      here: row.getAttribute("aria-current") === "step",
    })),
  );

test("a rewrite that was tried is applied with one press, and undone with one", async () => {
  const page = await open(site);
  await retype(page, NAIVE);
  await tab(page, en["tab-suggestions"]);
  const titles = await suggestions(page);
  const wanted = saying(en["suggest-manifest-first"]);
  assert.ok(titles.some((title) => wanted.test(title)), `${titles}`);
  const card = page.locator(".suggestion").filter({ hasText: wanted });
  assert.match(await card.locator(".suggestion__gains").textContent(), saying(en["suggest-gain-source"]));
  await card.locator("summary").last().click();
  assert.match(await card.locator(".diff.is-added").first().textContent(), /COPY package/);
  await card.getByRole("button").click();
  await eventually(page, () => editorText(page), (text) => assert.match(text, /COPY package[^\n]*\nRUN npm ci\nCOPY \. \./));
  await page.getByRole("button", { name: en["undo"], exact: true }).click();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, NAIVE));
});

test("a project that does not build gets no suggestions, and says why", async () => {
  const page = await open(site);
  await retype(page, "FROM node:22\nCOPY nothing-here .\n");
  await tab(page, en["tab-suggestions"]);
  await page.getByText(en["suggestions-no-build"]).waitFor();
  assert.equal(await page.locator(".suggestion").count(), 0);
});

test("an everyday edit, a build, and the way back", async () => {
  const page = await open(site);
  await tab(page, en["tab-what-if"]);
  assert.deepEqual((await events(page)).map(({ what, here }) => [what, here]), [[en["event-opened"], true]]);
  await page.getByRole("button", { name: en["what-if-source"] }).click();
  await eventually(page, () => page.locator(".what-if__now").textContent(), (text) => assert.match(text, /run/));
  await page.locator(".what-if__now").getByRole("button").click();
  await eventually(page, () => events(page), (all) => {
    assert.equal(all.length, 3);
    assert.equal(all[0].what, en["event-build"]);
    assert.match(all[0].run, /cached/);
  });
  await page.getByRole("button", { name: saying(en["what-if-return-named"], { what: en["event-opened"] }) }).click();
  await eventually(page, () => events(page), (all) => assert.equal(all.length, 4));
  await page.getByRole("button", { name: en["what-if-fresh"] }).click();
  await eventually(page, () => events(page), (all) => assert.equal(all[0].what, en["event-fresh"]));
});

test("both are there on a phone", async () => {
  const page = await open(site, { viewport: { width: 360, height: 740 } });
  await pane(page, "result");
  await tab(page, en["tab-what-if"]);
  await page.getByRole("button", { name: en["what-if-log"] }).click();
  await eventually(page, () => events(page), (all) => assert.equal(all.length, 2));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(wide, 0, "nothing reaches beyond the screen");
});

test("an instruction is moved with its effect said before, and the focus goes along", async () => {
  const page = await open(site);
  await retype(page, NAIVE);
  await tab(page, en["tab-what-if"]);
  const up = page.getByRole("button", { name: saying(en["order-up"], { name: "RUN npm ci" }) });
  await up.focus();
  const effect = page.locator(".order__effect");
  await eventually(page, () => effect.textContent(), (text) => assert.match(text, saying(en["suggest-obstacle-fails"])));
  const down = page.getByRole("button", { name: saying(en["order-down"], { name: "WORKDIR /app" }) });
  await down.focus();
  await eventually(page, () => effect.textContent(), (text) => assert.doesNotMatch(text, saying(en["order-point"])));
  await down.press("Enter");
  await eventually(page, () => editorText(page), (text) => assert.match(text, /COPY \. \.\nWORKDIR \/app\nRUN/));
  await eventually(page, () => down.evaluate((button) => button === document.activeElement), (focused) => assert.ok(focused));
  const rows = page.locator(".order__row");
  await rows.nth(1).dragTo(rows.nth(2));
  await eventually(page, () => editorText(page), (text) => assert.equal(text, NAIVE));
});
