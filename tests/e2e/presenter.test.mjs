// In the room: presenter mode by keyboard, snapshots, what the room predicts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, editorText, eventually, messages, open, retype, saying, select } from "./driver.mjs";
import { start } from "./harness.mjs";

const DOCKERFILE = "FROM alpine:3.22\nRUN echo one > /one\nRUN echo two > /two\n";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const press = (page, ...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

/** The page in presenter mode, with a small build. */
async function present(options = {}) {
  const page = await open(site, options);
  await retype(page, DOCKERFILE);
  await build(page);
  await page.getByRole("tab", { name: en["tab-graph"] }).click();
  await page.evaluate(() => document.activeElement?.blur());
  await press(page, "p");
  await page.locator(".is-presenting").waitFor();
  return page;
}

/** What the bar says of where the build is. */
const place = (page) => page.locator(".present__place > span").first().textContent();
const at = (page, wanted) => eventually(page, () => place(page), (text) => assert.match(text, wanted));
const step = (number) => saying(en["present-step"], { number, count: 3 });
const isThere = (page, selector) => page.locator(selector).evaluateAll((all) => all.some((one) => one.checkVisibility({ visibilityProperty: true })));

/** The state of each card, and which of them is spotlighted. */
const cards = (page) =>
  page.locator(".card").evaluateAll((all) =>
    all.map((card) => ({
      waits: card.classList.contains("is-waiting"),
      spot: card.classList.contains("is-linked"),
      opacity: Number(getComputedStyle(card).opacity),
    })),
  );

test("by keyboard: in, through the build and back, larger, out", async () => {
  const page = await present();
  await site.screenshot(page, "presenter-whole");
  assert.equal(await isThere(page, ".header, .overview, .files"), false);
  await at(page, saying(en["present-whole"]));
  await press(page, "ArrowRight");
  await at(page, saying(en["present-before"]));
  assert.ok((await cards(page)).every((card) => card.waits));
  await press(page, "Space", "PageDown");
  await at(page, step(2));
  await eventually(page, () => cards(page), (now) => {
    assert.deepEqual(now.map((card) => card.waits), [false, false, true]);
    assert.deepEqual(now.map((card) => card.spot), [false, true, false]);
    assert.ok(now[1].opacity === 1 && now[0].opacity < 0.5 && now[2].opacity < 0.5, JSON.stringify(now));
  });
  assert.equal(await page.locator(".cm-line.is-linked").textContent(), "RUN echo one > /one");
  await site.screenshot(page, "presenter-step");
  await press(page, "ArrowLeft");
  await at(page, step(1));
  await press(page, "End");
  await at(page, saying(en["present-whole"]));

  const size = () => page.locator(".cm-line").first().evaluate((text) => text.getBoundingClientRect().height);
  const usual = await size();
  await press(page, "+", "+");
  await eventually(page, size, (larger) => assert.ok(larger > usual, `${larger} > ${usual}`));

  await press(page, "Escape");
  await page.locator(".page:not(.is-presenting)").waitFor();
  assert.equal(await page.locator(".header__present").evaluate((button) => button === document.activeElement), true);
  await page.reload();
  await page.locator(".page[aria-busy=false]").waitFor();
  await press(page, "p");
  assert.equal(await page.locator(".present__group.is-size output").textContent(), "26", "the size is kept");
  await site.close(page);
});

test("one thing at a time, and any part of the result", async () => {
  const page = await present();
  const shown = async () => {
    const panes = ["source", "result", "files"];
    const seen = await Promise.all(panes.map((pane) => isThere(page, `.columns > .${pane}`)));
    return panes.filter((_, index) => seen[index]);
  };
  assert.deepEqual(await shown(), ["source", "result"]);
  await press(page, "e");
  await eventually(page, shown, (now) => assert.deepEqual(now, ["result"]));
  await press(page, "w");
  await page.locator(".is-presenting .steps").first().waitFor();
  await press(page, "E", "E");
  await eventually(page, shown, (now) => assert.deepEqual(now, ["source"]));
  await page.getByRole("combobox", { name: en["result-title"] }).selectOption("timeline");
  await page.locator(".is-presenting .timeline").waitFor();
  await press(page, "b");
  await page.locator(".blank").waitFor();
  await press(page, "Escape");
  await page.locator(".blank").waitFor({ state: "hidden" });
  assert.equal(await page.locator(".is-presenting").count(), 1, "Escape ends the blank screen first");
  await site.close(page);
});

test("while one types, keys are characters; Escape gives the keyboard back", async () => {
  const page = await present();
  await select(page, DOCKERFILE.length);
  await page.keyboard.type("# bsp1");
  assert.equal(await editorText(page), `${DOCKERFILE}# bsp1`);
  await press(page, "Escape", "ArrowRight");
  await at(page, saying(en["present-before"]));
  await press(page, "?");
  await page.getByRole("dialog", { name: en["keys-title"] }).waitFor();
  await page.getByText(en["keys-present-next"]).waitFor();
  await page.getByLabel(en["keys-presenter-on"]).uncheck();
  await press(page, "Escape", "b", "ArrowRight");
  await at(page, step(1));
  assert.equal(await isThere(page, ".blank"), false, "single keys are switched off");
  await site.close(page);
});

test("g goes to a step by its number", async () => {
  const page = await present();
  await press(page, "g");
  await page.getByLabel(en["present-goto-number"]).fill("3");
  await press(page, "Enter");
  await at(page, step(3));
  await site.close(page);
});

test("an experiment never spoils the demonstration: snapshots, what was left for them, the beginning", async () => {
  const page = await present();
  await press(page, "Shift+Digit1");
  await page.locator(".present__slot.is-kept", { hasText: "1" }).waitFor();
  const experiment = "FROM alpine:3.22\nRUN false\n";
  await retype(page, experiment);
  await build(page, { press: () => press(page, "Control+Enter") });
  await press(page, "Escape", "Digit1");
  await eventually(page, () => editorText(page), (text) => assert.equal(text, DOCKERFILE));
  await press(page, "Digit0");
  await eventually(page, () => editorText(page), (text) => assert.equal(text, experiment, "nothing is lost"));
  await press(page, "r");
  await eventually(page, () => editorText(page), (text) => assert.equal(text, DOCKERFILE, "as presenter mode was entered"));
  await page.reload();
  await page.locator(".page[aria-busy=false]").waitFor();
  await press(page, "p");
  await page.locator(".present__slot.is-kept", { hasText: "1" }).waitFor();
  await site.close(page);
});

test("the room predicts, the answers are counted, and then the step is shown", async () => {
  const page = await present();
  await press(page, "v");
  const panel = page.getByRole("region", { name: en["present-question"] });
  await panel.waitFor();
  await at(page, step(1));
  assert.equal(await isThere(page, ".gutter__mark"), false, "the answer is not beside the text");
  const more = (answer) => panel.getByRole("button", { name: saying(en["present-one-more"], { answer }) });
  await more(en["state-cached"]).focus();
  await press(page, "+", "+", "-", "+");
  await more(en["state-ran"]).click();
  assert.deepEqual(await panel.locator(".tally__count").allTextContents(), ["2", "1"]);
  await site.screenshot(page, "presenter-predict");
  await press(page, "ArrowRight");
  await panel.locator(".is-right").waitFor();
  assert.match(await panel.locator(".tally__result").textContent(), saying(en["present-right"], { count: 3 }));
  await press(page, "ArrowRight");
  await at(page, step(2));
  assert.deepEqual(await panel.locator(".tally__count").allTextContents(), ["0", "0"]);
  await site.close(page);
});

test("the code of a link; who follows sees the same step, to look at only, until it is their own", async () => {
  const page = await present();
  await press(page, "ArrowRight", "ArrowRight", "ArrowRight");
  await at(page, step(2));
  await press(page, "q");
  const dialog = page.getByRole("dialog", { name: en["present-link"] });
  await dialog.getByRole("img", { name: en["code-label"] }).waitFor();
  await site.screenshot(page, "presenter-code");
  const link = await dialog.getByLabel(en["share-link"]).inputValue();
  assert.match(link, /#follow=v2\./);

  const other = await site.newPage({ viewport: { width: 360, height: 740 } });
  await other.goto(link);
  await other.locator(".page[aria-busy=false]").waitFor();
  const bar = other.getByRole("region", { name: en["follow-title"] });
  await bar.getByText(step(2)).waitFor();
  await site.screenshot(other, "presenter-follow-360");
  assert.equal(await other.evaluate(() => localStorage.getItem("layerlab")), null, "nothing is kept");
  await other.locator(".pane-bar__button.is-source").click();
  await select(other, 0);
  await other.keyboard.type("RUN mine");
  assert.equal(await editorText(other), DOCKERFILE, "nothing can be typed");
  await other.keyboard.press("Control+Enter");
  await other.getByText(en["message-look-only"]).first().waitFor();
  await bar.getByRole("button", { name: en["follow-own"] }).click();
  await bar.waitFor({ state: "hidden" });
  await other.locator(".pane-bar__button.is-source").click();
  await select(other, 0);
  await other.keyboard.type("# mine\n");
  assert.equal(await editorText(other), `# mine\n${DOCKERFILE}`);
  await eventually(other, () => other.evaluate(() => localStorage.getItem("layerlab") ?? ""), (kept) => assert.match(kept, /# mine/));
  await site.close(other);
  await site.close(page);
});

test("a link that is too long for a code is said to be, with what to do", async () => {
  const page = await present();
  await press(page, "Escape");
  const noise = Array.from({ length: 900 }, (_, at) => ((at * 2_654_435_761) % 4_294_967_296).toString(36)).join("");
  await retype(page, `${DOCKERFILE}# ${noise}\n`);
  await page.evaluate(() => document.activeElement?.blur());
  await press(page, "p");
  await page.locator(".is-presenting").waitFor();
  await press(page, "q");
  await page.getByRole("dialog").getByText(saying(en["code-too-long"])).waitFor();
  await site.close(page);
});

test("a lesson is stepped through where it is in sight, and its steps have short links", async () => {
  const page = await site.newPage();
  const { lessons } = await (await fetch(`${site.url}lessons/index.json`)).json();
  const lesson = lessons.find((lesson) => lesson.steps.length > 1);
  await page.goto(`${site.url}#/lesson/${lesson.id}`);
  await page.locator(".lesson__step").waitFor();
  await page.locator(".page[aria-busy=false]").waitFor();
  await press(page, "p");
  await page.locator('.is-presenting[data-arrangement="lesson"]').waitFor();
  await site.screenshot(page, "presenter-lesson");
  await press(page, "ArrowRight");
  await page.locator(`.lesson__step[data-step="${lesson.steps[1]}"]`).waitFor();
  await press(page, "q");
  const link = page.getByRole("dialog").getByLabel(en["share-link"]);
  await eventually(page, () => link.inputValue(), (value) => assert.ok(value.endsWith(`#/follow/${lesson.id}/${lesson.steps[1]}`), value));
  const other = await site.newPage();
  await other.goto(await link.inputValue());
  await other.locator(`.lesson__step[data-step="${lesson.steps[1]}"]`).waitFor();
  await other.getByRole("region", { name: en["follow-title"] }).waitFor();
  await site.close(other);
  await site.close(page);
});

test("the speaker's window has what is next, drives the room's, and counts", async () => {
  const page = await present();
  const opens = page.context().waitForEvent("page");
  await press(page, "s");
  const speaker = await opens;
  await speaker.setViewportSize({ width: 960, height: 640 });
  const next = speaker.getByRole("button", { name: en["present-next"] });
  await next.click();
  await at(page, saying(en["present-before"]));
  await speaker.getByText("RUN echo one > /one").first().waitFor({ state: "detached" });
  await next.click();
  await next.click();
  await at(page, step(2));
  await speaker.getByRole("heading", { name: "RUN echo one > /one" }).waitFor();
  await speaker.getByText("RUN echo two > /two").waitFor();
  await speaker.keyboard.press("PageUp");
  await at(page, step(1));
  await speaker.keyboard.press("v");
  const more = speaker.getByRole("button", { name: saying(en["present-one-more"], { answer: en["state-cached"] }) });
  await more.click();
  await more.click();
  await eventually(page, () => page.locator(".tally__count").allTextContents(), (counts) => assert.deepEqual(counts, ["2", "0"]));
  await site.screenshot(speaker, "presenter-speaker");
  await page.reload();
  await page.locator(".page[aria-busy=false]").waitFor();
  await speaker.getByText(en["speaker-off"]).waitFor();
  await press(page, "p");
  await speaker.getByText(en["speaker-off"]).waitFor({ state: "hidden" });
  await site.close(page);
});

test("a speaker's window that the browser blocks is said to be", async () => {
  const page = await present();
  await page.evaluate(() => (window.open = () => null));
  await press(page, "s");
  await page.locator(".present__said", { hasText: en["present-speaker-blocked"] }).waitFor();
  await site.close(page);
});

test("a workshop leads from part to part; its notes are in the speaker's window", async () => {
  const page = await present();
  await press(page, "ArrowRight", "ArrowRight", "ArrowRight", "q");
  await page.getByRole("dialog").getByLabel(en["code-follow"]).uncheck();
  const field = page.getByRole("dialog").getByLabel(en["share-link"]);
  const link = await eventually(page, () => field.inputValue(), (value) => assert.match(value, /#s=v2\./));
  await site.close(page);

  const { lessons } = await (await fetch(`${site.url}lessons/index.json`)).json();
  const [lesson] = lessons;
  const workshop = {
    format: "layerlab-workshop",
    version: 1,
    title: "An hour",
    item: [
      { lesson: lesson.id, step: lesson.steps.at(-1), minutes: 10, notes: "Ask who has seen this." },
      { heading: "Two lines", state: link.slice(link.indexOf("#")), minutes: 5, notes: "First line.\nSecond line." },
    ],
  };
  const other = await site.newPage();
  await other.route("**/hour.json", (route) => route.fulfill({ json: workshop }));
  await other.goto(`${site.url}?workshop=hour.json`);
  const lastStep = other.locator(`.lesson__step[data-lesson="${lesson.id}"][data-step="${lesson.steps.at(-1)}"]`);
  await lastStep.waitFor();
  await other.locator('.is-presenting[data-arrangement="lesson"]').waitFor();
  await other.locator(".page[aria-busy=false]").waitFor();
  const opens = other.context().waitForEvent("page");
  await press(other, "s");
  const speaker = await opens;
  await speaker.getByText("Ask who has seen this.").waitFor();
  await speaker.getByText("Two lines").waitFor();
  await speaker.getByText(saying(en["speaker-minutes"], { minutes: 10 })).waitFor();
  await site.screenshot(speaker, "presenter-speaker-workshop");
  await speaker.getByRole("button", { name: en["present-next"] }).click();
  await at(other, step(2));
  assert.equal(await editorText(other), DOCKERFILE);
  await speaker.getByText("Second line.").waitFor();
  await speaker.getByText(en["speaker-workshop-ends"]).waitFor();
  await other.reload();
  await other.locator(".page[aria-busy=false]").waitFor();
  await press(other, "p");
  await other.locator(".is-presenting").waitFor();
  await press(other, "[");
  await lastStep.waitFor();
  await site.close(other);
});

test("a file that is no workshop is said to be none", async () => {
  const page = await present();
  const chosen = page.waitForEvent("filechooser");
  await press(page, "o");
  await (await chosen).setFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.locator(".present__said", { hasText: saying(en["present-workshop-unreadable"]) }).waitFor();
  await site.close(page);
});
