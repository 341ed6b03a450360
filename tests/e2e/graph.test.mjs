// The graph and the timeline: a build plays and can be stopped, stepped and sought; a card leads to its line and its files;
// large projects are opened legible and can be seen whole; who wants no motion gets none.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, editorState, editorText, eventually, messages, open, retype, saying, select, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const WIDE = { viewport: { width: 1440, height: 900 } };
const MOVING = { ...WIDE, reducedMotion: "no-preference" };

/** How many cards of the graph are waiting, running and done. */
const phases = (page) =>
  page.locator(".card[data-step]").evaluateAll((cards) => {
    const count = (name) => cards.filter((card) => card.classList.contains(`is-${name}`)).length;
    return { waiting: count("waiting"), running: count("running"), done: count("done") };
  });

/** What is selected in the editor. */
async function chosenText(page) {
  const { text, from, to } = await editorState(page);
  return text.slice(from, to);
}

/** What the page has besides the graph, by its role and name. */
async function graph(page, language = "en") {
  const words = await messages(language);
  await tab(page, words["tab-graph"]);
  const button = (name) => page.getByRole("button", { name: words[name], exact: true });
  return { words, button, slider: page.getByRole("slider", { name: words["play-position"] }) };
}

test("a build plays, is paused, and goes moment by moment in both directions", async () => {
  const page = await open(site, MOVING);
  const { button, slider } = await graph(page);
  const all = (await phases(page)).done;
  assert.ok(all >= 9, "at rest every step is done");
  await button("play-start").click();
  await eventually(page, () => phases(page), ({ waiting, running }) => assert.ok(waiting > 0 && running > 0));
  await button("play-pause").click();
  const paused = await slider.inputValue();
  const stopped = await phases(page);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.equal(await slider.inputValue(), paused, "it stands still");
  await button("play-forward").click();
  const forward = await phases(page);
  assert.ok(forward.done + forward.running >= stopped.done + stopped.running);
  assert.ok(Number(await slider.inputValue()) > Number(paused));
  await button("play-back").click();
  assert.ok(Number(await slider.inputValue()) <= Number(paused));
  // the keys of the controls: to both ends, and moment by moment
  await slider.focus();
  await page.keyboard.press("Home");
  assert.equal(await slider.inputValue(), "0");
  assert.equal((await phases(page)).done, 0);
  await page.keyboard.press("ArrowRight");
  assert.ok(Number(await slider.inputValue()) > 0);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await slider.inputValue(), "0");
  await page.keyboard.press("Space");
  await button("play-pause").waitFor();
  await page.keyboard.press("Space");
  await button("play-start").waitFor();
  await page.keyboard.press("End");
  assert.equal((await phases(page)).done, all);
  await site.close(page);
});

test("a build plays to its end by itself, and the timeline has the same moment", async () => {
  const page = await open(site, MOVING);
  const { words, button, slider } = await graph(page);
  await page.getByRole("combobox", { name: words["play-speed"] }).selectOption("400");
  await button("play-start").click();
  await button("play-pause").waitFor();
  await tab(page, words["tab-timeline"]);
  await page.locator(".chart__now").waitFor({ state: "attached" });
  await button("play-start").waitFor();
  assert.equal(await page.locator(".chart__now").count(), 0, "at the end there is no moment to show");
  assert.equal(await slider.inputValue(), await slider.getAttribute("max"));
  await site.close(page);
});

test("a build plays after each build only where that was asked for", async () => {
  const page = await open(site, MOVING);
  const { words, button } = await graph(page);
  await build(page);
  assert.equal(await button("play-start").count(), 1);
  await page.getByRole("checkbox", { name: words["play-after-build"] }).check();
  await retype(page, (await editorText(page)).replace("RUN npm ci", "RUN npm ci --loglevel=error"));
  await build(page);
  await button("play-pause").waitFor();
  await tab(page, words["tab-log"]);
  await tab(page, words["tab-graph"]);
  assert.equal(await button("play-start").count(), 1, "out of sight it stops");
  await site.close(page);
});

test("who wants no motion sees the end at once, and steps through it all the same", async () => {
  const page = await open(site, WIDE);
  const { button, slider } = await graph(page);
  await button("play-back").click();
  assert.notEqual(await slider.inputValue(), await slider.getAttribute("max"));
  await button("play-start").click();
  assert.equal(await slider.inputValue(), await slider.getAttribute("max"));
  assert.equal(await button("play-start").count(), 1, "nothing moves");
  await site.close(page);
});

test("a card leads to its line, to what there is to say of it, and to its layer's files", async () => {
  const page = await open(site, WIDE);
  const { words, button } = await graph(page);
  const last = page.locator(".card[data-step]").last();
  await last.click();
  const chosen = page.getByRole("region", { name: words["graph-details"] });
  const name = await chosen.locator(".chosen__name").textContent();
  assert.match(name, /COPY --from=build/);
  const selected = await chosenText(page);
  assert.ok(name.endsWith(selected), `${selected} is the line of ${name}`);
  await button("graph-previous").click();
  assert.notEqual(await chosen.locator(".chosen__name").textContent(), name);
  await button("graph-next").click();
  assert.equal(await chosen.locator(".chosen__name").textContent(), name);
  await button("graph-files").click();
  const files = page.getByRole("tab", { name: new RegExp(`^${words["tab-files"]}`) });
  assert.equal(await files.getAttribute("aria-selected"), "true");
  await tab(page, words["tab-graph"]);
  await button("graph-next").click();
  await page.keyboard.press("Escape");
  await chosen.waitFor({ state: "detached" });
  await site.close(page);
});

test("pointing at a card marks its line, and the caret marks the card", async () => {
  const page = await open(site, WIDE);
  await graph(page);
  const card = page.locator(".card[data-step='3']");
  await card.hover();
  await eventually(page, () => card.getAttribute("class"), (names) => assert.match(names, /is-linked/));
  await select(page, (await editorText(page)).indexOf("WORKDIR"));
  await page.keyboard.press("ArrowRight");
  await eventually(
    page,
    () => page.locator(".card[data-step='1']").first().getAttribute("class"),
    (names) => assert.match(names, /is-linked/),
  );
  await site.close(page);
});

test("an image that files are taken from stands beside the context, and leads to the step that takes them", async () => {
  const page = await open(site, WIDE);
  const { words } = await graph(page);
  await retype(page, (await editorText(page)).replace("EXPOSE 8080", "COPY --from=busybox /bin/busybox /bin/\nEXPOSE 8080"));
  const image = page.locator(".card.is-image");
  await eventually(page, () => image.textContent(), (text) => assert.match(text, /busybox.*MB/));
  await image.click();
  assert.match(await chosenText(page), /^COPY --from=busybox/);
  const chosen = page.getByRole("region", { name: words["graph-details"] });
  const taken = chosen.locator(".chosen__steps", { hasText: words["graph-takes"] });
  assert.match(await taken.textContent(), /busybox/);
  assert.match(await image.getAttribute("class"), /is-linked/);
  await site.close(page);
});

/** Eight stages of sixty steps. */
function large() {
  const lines = [];
  for (let stage = 0; stage < 8; stage += 1) {
    lines.push(`FROM node:22-alpine AS s${stage}`);
    for (let step = 1; step < 60; step += 1) {
      if (stage > 0 && step === 20) lines.push(`COPY --from=s${stage - 1} /w${stage - 1}-1 /x${stage}`);
      else if (step === 3) lines.push(`COPY package.json /p${stage}`);
      else lines.push(`RUN echo ${stage}-${step} > /w${stage}-${step}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

test("eight stages of sixty steps open legible, fit as a whole, and play", async () => {
  const page = await open(site, MOVING);
  const { words, button, slider } = await graph(page);
  await retype(page, large());
  await eventually(page, () => page.locator(".card[data-step]").count(), (count) => assert.equal(count, 480));
  const window = page.getByRole("group", { name: words["graph-window"] });
  const size = () => window.evaluate((element) => [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight]);
  const letters = () => page.locator(".card__text").first().evaluate((text) => text.getBoundingClientRect().height);
  await eventually(page, letters, (height) => assert.ok(height >= 9, `letters of ${height} px can be read`));
  assert.ok((await size()).every((left) => left > 100), "there is more than fits");
  // the keys of the window
  await window.focus();
  await page.keyboard.press("ArrowDown");
  await eventually(page, () => window.evaluate((element) => element.scrollTop), (top) => assert.ok(top > 0));
  await button("graph-fit").click();
  await eventually(page, size, ([across, down]) => assert.ok(across <= 0 && down <= 0, `${across} ${down} left over`));
  await page.locator(".graph__percent").click();
  await eventually(page, () => page.locator(".graph__percent").textContent(), (text) => assert.match(text, saying("100%")));
  await button("play-start").click();
  await eventually(page, () => phases(page), ({ done }) => assert.ok(done > 0 && done < 480));
  await button("play-pause").click();
  await slider.focus();
  await page.keyboard.press("End");
  assert.equal((await phases(page)).done, 480);
  await site.close(page);
});

test("the timeline compares a build with the one before it, in a table too", async () => {
  const page = await open(site, WIDE);
  const { words } = await graph(page);
  await retype(page, (await editorText(page)).replace("RUN npm ci", "RUN npm ci --loglevel=error"));
  await tab(page, words["tab-timeline"]);
  await eventually(page, () => page.locator(".chart").count(), (count) => assert.equal(count, 2));
  const table = page.getByRole("table", { name: words["timeline-table"] });
  const row = table.getByRole("row").filter({ hasText: "RUN npm ci" });
  assert.match(await row.textContent(), saying(words["state-ran"]));
  assert.match(await table.getByRole("row").filter({ hasText: "WORKDIR /app" }).first().textContent(), saying(words["state-cached"]));
  await page.getByRole("checkbox", { name: words["timeline-before"] }).uncheck();
  assert.equal(await page.locator(".chart").count(), 1);
  await row.getByRole("button").click();
  const selected = await chosenText(page);
  assert.match(selected, /npm ci/);
  await site.close(page);
});
