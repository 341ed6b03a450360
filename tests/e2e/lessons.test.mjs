// Every lesson is played through as its own solution plays it, in each language; and what is around lessons: the list, the
// way in and out, help, what is kept.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { editor, editorState, editorText, eventually, messages, open, pane, retype, select, spoken } from "./driver.mjs";
import { start } from "./harness.mjs";

const LANGUAGES = ["en", "ja"];
const PHONE = { width: 360, height: 740 };
let site;
let words;
let index;
before(async () => {
  site = await start();
  words = Object.fromEntries(await Promise.all(LANGUAGES.map(async (language) => [language, await messages(language)])));
  index = (await (await fetch(`${site.url}lessons/index.json`)).json()).lessons;
});
after(() => site?.stop());

const pack = async (id) => (await fetch(`${site.url}lessons/${id}.json`)).json();

/** Goes to an address within the page. */
const go = (page, fragment) => page.evaluate((fragment) => (location.hash = fragment), fragment);

/** Opens a lesson at a step, and waits until it is there. */
async function enter(page, id, step) {
  await go(page, `#/lesson/${id}/${step}`);
  await arrived(page, id, step);
}

/** Waits until a step of a lesson is there with what is known of its base images, and the address says so. */
async function arrived(page, id, step) {
  await page.locator(`.lesson__step[data-lesson="${id}"][data-step="${step}"]`).waitFor();
  await eventually(page, () => page.evaluate(() => location.hash), (hash) => assert.equal(hash, `#/lesson/${id}/${step}`));
  await page.locator(".page[aria-busy=false]").waitFor();
}

/** Puts a text into a file that has a tab of its own, all at once. */
async function put(page, path, text) {
  await pane(page, "source");
  await page.getByRole("tab", { name: new RegExp(`^${path.replace(".", "\\.")}`) }).click();
  await eventually(page, () => editor(page).getAttribute("aria-label"), (label) => assert.ok(label.includes(path), label));
  const before = await editorText(page);
  if (before === text) return;
  await select(page, 0, before.length);
  if (text === "") await page.keyboard.press("Delete");
  else await page.keyboard.insertText(text);
}

const goals = (page) =>
  page.locator(".goal").evaluateAll((rows) =>
    rows.map((row) => ({
      id: row.dataset.goal,
      met: row.classList.contains("is-hit"),
      said: row.querySelector(".goal__aim").textContent,
      found: row.querySelector(".goal__found").textContent,
    })),
  );

/** Does what a step asks for, as its solution does it, and waits until it is done. */
async function solve(page, { files }, step) {
  if (step.predict) {
    for (let at = 0; at < step.predict.steps.length; at += 1) {
      await page.locator(".predict__step").nth(at).getByRole("radio").first().check();
    }
    await page.locator(".predict > .button").click();
    await page.locator(".predict__score:not([hidden])").waitFor();
    assert.equal(await page.locator(".predict__result .verdict").count(), step.predict.steps.length);
  }
  const folder = `solution/${step.id}/`;
  for (const [path, text] of Object.entries(files).filter(([path]) => path.startsWith(folder))) {
    await put(page, path.slice(folder.length), text);
  }
  await pane(page, "lesson");
  const builds = (step.goal ?? []).filter(({ kind }) => kind === "built").map(({ times }) => times ?? 1);
  for (let done = 0; done < Math.max(0, ...builds); done += 1) await page.keyboard.press("Control+Enter");
  await eventually(page, () => goals(page), (all) => {
    assert.deepEqual(all.filter(({ met }) => !met), []);
    assert.equal(all.length, step.goal?.length ?? 0);
    for (const { said, found } of all) assert.ok(!/goal-|found-|\{ ?\$/.test(said + found), `${said} ${found}`);
  });
  if (step.quiz) await page.locator(`[data-option="${step.quiz.answer}"] input`).check();
  await page.locator(".lesson__done:not([hidden])").waitFor();
}

for (const language of LANGUAGES) {
  test(`every lesson is played through, ${language}`, async (t) => {
    const page = await open(site, { locale: language, language });
    for (const { id, texts } of index) {
      await t.test(id, async () => {
        const lesson = await pack(id);
        const { step: steps } = lesson.lesson;
        await enter(page, id, steps[0].id);
        assert.equal(await page.locator("#lesson-title").textContent(), texts[language].title);
        for (const [at, step] of steps.entries()) {
          await solve(page, lesson, step);
          if (at + 1 < steps.length) {
            await page.locator(".lesson__next").click();
            await arrived(page, id, steps[at + 1].id);
          }
        }
        await page.locator(".lesson__end:not([hidden])").waitFor();
        assert.equal(await page.locator(".lesson__mark.is-done").count(), steps.length);
      });
    }
    await go(page, "#/lessons");
    await eventually(page, () => page.locator(".card-lesson.is-done").count(), (done) => assert.equal(done, index.length));
    await site.close(page);
  });
}

/** A step with hints, of a lesson that is not a challenge. */
async function hinted() {
  for (const { id } of index) {
    const lesson = await pack(id);
    const step = lesson.lesson.step.find((step) => step.hint?.length > 1);
    if (step) return { id, lesson, step };
  }
  throw new Error("no lesson has hints");
}

test("the list leads into a lesson, back leads out, and the sandbox is as it was", async () => {
  const page = await open(site);
  const mine = `${await editorText(page)}# mine\n`;
  await retype(page, mine);
  await page.getByRole("link", { name: words.en["lessons-title"], exact: true }).click();
  await page.locator(".track").first().waitFor();
  assert.equal(await page.locator(".card-lesson").count(), index.length);
  await page.locator(".card-lesson a").first().click();
  await page.locator(".lesson__step").waitFor();
  assert.notEqual(await editorText(page), mine);
  await page.goBack();
  await page.locator(".track").first().waitFor();
  await page.goBack();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, mine));
  assert.equal(await page.locator(".lesson__step").count(), 0);
  await page.goForward();
  await page.goForward();
  await page.locator(".lesson__step").waitFor();
  await page.getByRole("button", { name: words.en["lesson-close"], exact: true }).first().click();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, mine));
  await site.close(page);
});

test("hints come when they are asked for; a solution counts as shown", async () => {
  const page = await open(site);
  const { id, step } = await hinted();
  await enter(page, id, step.id);
  await page.getByRole("button", { name: words.en["lesson-hint"], exact: true }).click();
  await page.locator(".help__hint").waitFor();
  assert.equal(await page.locator(".help__hint").count(), 1);
  await page.getByRole("button", { name: words.en["lesson-solution"], exact: true }).click();
  await page.locator(".diff.is-added").first().waitFor();
  await page.getByRole("button", { name: words.en["lesson-solution-apply"], exact: true }).click();
  await eventually(page, () => goals(page), (all) => assert.ok(all.every(({ met }) => met)));
  const mark = page.locator(".lesson__mark[aria-current=step]");
  if (!step.predict && !step.quiz) {
    await eventually(page, () => mark.getAttribute("aria-label"), (name) => assert.match(name, new RegExp(words.en["lesson-mark-shown"])));
  }
  await page.getByRole("button", { name: words.en["lesson-reset"], exact: true }).click();
  await eventually(page, () => goals(page), (all) => assert.ok(all.some(({ met }) => !met)));
  await site.close(page);
});

/** A step of the course whose solution has more stages than it begins with. */
async function staged() {
  const stages = (text) => (text ?? "").match(/^FROM /gm)?.length ?? 0;
  for (const { id } of index) {
    const lesson = await pack(id);
    const [step] = lesson.lesson.step;
    if (stages(lesson.files[`solution/${step.id}/Dockerfile`]) > stages(lesson.files["start/Dockerfile"])) return { id, lesson, step };
  }
  throw new Error("no lesson adds a stage");
}

test("the goal's graph is drawn behind one's own, said in words, and gone once it is come to", async () => {
  for (const language of LANGUAGES) {
    const page = await open(site, { locale: language, language });
    const { id, lesson, step } = await staged();
    await enter(page, id, step.id);
    await page.getByRole("button", { name: words[language]["lesson-target"], exact: true }).click();
    await page.getByRole("button", { name: words[language]["lesson-target-large"], exact: true }).click();
    await page.locator(".graph .ghost__lane").first().waitFor();
    assert.ok((await page.locator(".graph .ghosts .ghost__card").count()) > 1);
    const said = page.locator(".graph .ghost-words");
    await eventually(page, () => said.innerText(), (text) => assert.match(text, /stage|ステージ/i));
    assert.ok(await page.locator(".help__graph .ghost__lane").isVisible());
    await put(page, "Dockerfile", lesson.files[`solution/${step.id}/Dockerfile`]);
    await eventually(page, () => said.innerText(), (text) => assert.equal(text.trim(), words[language]["ghost-same"]));
    assert.equal(await page.locator(".graph .ghosts .ghost__card").count(), 0);
    await page.getByRole("button", { name: words[language]["ghost-switch"], exact: true }).click();
    assert.equal(await page.locator(".graph .ghost-words").count(), 0);
    await site.close(page);
  }
});

test("the configuration stands in the lesson and in the Layers tab, each value with its line", async () => {
  for (const language of LANGUAGES) {
    const page = await open(site, { locale: language, language });
    const id = "run-cmd-entrypoint";
    await enter(page, id, "when");
    const rows = page.locator(".lesson .config tr.is-own");
    const cmd = page.locator('.lesson .config tr[data-field="Cmd"]');
    await eventually(page, () => cmd.innerText(), (text) => assert.match(text, /build\.sh/));
    assert.ok((await rows.count()) > 0);
    await cmd.getByRole("button").click();
    const line = Number((await cmd.getByRole("button").innerText()).match(/\d+/)[0]);
    const caret = async () => {
      const { text, from } = await editorState(page);
      return text.slice(0, from).split("\n").length;
    };
    await eventually(page, caret, (now) => assert.equal(now, line));
    assert.match((await editorText(page)).split("\n")[line - 1], /^CMD/);
    await page.getByRole("tab", { name: new RegExp(`^${words[language]["tab-layers"]}`) }).click();
    await page.locator('.layers .config tr[data-field="Cmd"]').waitFor();
    await site.close(page);
  }
});

test("a goal that is met is said, and all is there after a reload", async () => {
  const page = await open(site);
  const { id, lesson, step } = await hinted();
  await enter(page, id, step.id);
  await put(page, "Dockerfile", lesson.files[`solution/${step.id}/Dockerfile`]);
  await eventually(page, () => spoken(page), (said) => assert.match(said, /met|done/i));
  const text = await editorText(page);
  await page.reload();
  await page.locator(".lesson__step").waitFor();
  await eventually(page, () => editorText(page), (now) => assert.equal(now, text));
  await eventually(page, () => goals(page), (all) => assert.ok(all.length > 0 && all.every(({ met }) => met)));
  await site.close(page);
});

test("a whole lesson is done on a phone, one pane at a time", async () => {
  const page = await open(site, { viewport: PHONE, hasTouch: true });
  const { id } = index.find(({ challenge }) => !challenge);
  const lesson = await pack(id);
  const { step: steps } = lesson.lesson;
  await enter(page, id, steps[0].id);
  for (const [at, step] of steps.entries()) {
    await solve(page, lesson, step);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "nothing reaches beyond the screen");
    if (at + 1 < steps.length) await page.locator(".lesson__next").tap();
  }
  await page.locator(".lesson__end:not([hidden])").waitFor();
  await site.close(page);
});

test("a lesson is done with the keyboard alone, key by key", async () => {
  const page = await open(site);
  const { id, lesson, step } = await hinted();
  await enter(page, id, step.id);
  await pane(page, "source");
  await editor(page).focus();
  await page.keyboard.press("Control+a");
  for (const line of lesson.files[`solution/${step.id}/Dockerfile`].split("\n").filter((line) => line !== "")) {
    await page.keyboard.type(line);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Home");
  }
  await eventually(page, () => goals(page), (all) => assert.deepEqual(all.filter(({ met }) => !met), []));
  await site.close(page);
});

test("a lesson is opened from a file, and one that is wrong says what and where", async () => {
  const page = await open(site);
  const { lesson } = await hinted();
  await go(page, "#/lessons");
  const input = page.locator(".lessons input[type=file]").first();
  const file = (text) => ({ name: "lesson.json", mimeType: "application/json", buffer: Buffer.from(text) });
  const wrong = structuredClone(lesson);
  wrong.lesson.step[0].gaol = [];
  await input.setInputFiles(file(JSON.stringify(wrong)));
  await page.getByText(/unknown field `gaol`/).first().waitFor();
  await input.setInputFiles(file(JSON.stringify(lesson)));
  await page.locator(".lesson__step").waitFor();
  await eventually(page, () => page.evaluate(() => location.hash), (hash) => assert.match(hash, /^#\/own-lesson\//));
  await site.close(page);
});

test("a lesson that is being written is followed", async () => {
  const page = await site.newPage();
  const { lesson } = await hinted();
  await page.route("http://localhost:8021/lesson.json", (route) =>
    route.fulfill({ json: lesson, headers: { "access-control-allow-origin": "*" } }));
  await page.goto(`${site.url}?lesson-url=${encodeURIComponent("http://localhost:8021/lesson.json")}`);
  await page.locator(".lesson__step").waitFor();
  // saved before the page has looked at it again
  for (const prose of Object.values(lesson.prose)) prose.title = "Another title";
  await eventually(page, () => page.locator("#lesson-title").textContent(), (title) => assert.equal(title, "Another title"));
  await site.close(page, { expected: [/a request to elsewhere: http:\/\/localhost:8021/] });
});

test("progress is passed on as a file", async () => {
  const page = await open(site);
  await go(page, "#/lessons");
  await page.locator(".track").first().waitFor();
  const { id, steps } = index[0];
  const done = Object.fromEntries(steps.map((step) => [step, "solved"]));
  const text = JSON.stringify({ format: "layerlab-progress", version: 1, lessons: { [id]: done } });
  await page.locator(".lessons input[type=file]").nth(1).setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await eventually(page, () => page.locator(".card-lesson.is-done").count(), (count) => assert.equal(count, 1));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: words.en["lessons-export"], exact: true }).click();
  const kept = JSON.parse(await readFile(await (await download).path(), "utf8"));
  assert.deepEqual(kept.lessons, { [id]: done });
  await site.close(page);
});

test("a lesson is made of the sandbox, and can be opened", async () => {
  const page = await open(site);
  await go(page, "#/lessons");
  await page.getByRole("button", { name: words.en["make-lesson"], exact: true }).click();
  await page.getByLabel(words.en["make-lesson-name"]).fill("What I want to show");
  assert.ok((await page.locator(".make-lesson__goals input").count()) > 2);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: words.en["make-lesson-download"] }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "what-i-want-to-show.json");
  await page.keyboard.press("Escape");
  await page.locator(".lessons input[type=file]").first().setInputFiles(await file.path());
  await page.locator(".lesson__step").waitFor();
  await eventually(page, () => goals(page), (all) => assert.ok(all.length > 2 && all.every(({ met }) => met)));
  await site.close(page);
});
