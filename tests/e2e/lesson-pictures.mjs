// node lesson-pictures.mjs FOLDER [en|ja] [light|dark] [wide|small] [LESSON…]: pictures of every step of every lesson, to look
// over. Of each: the page as the step begins, the pane with all its help open, and the pane once the step is done. What is
// not named is taken in all its kinds. Texts that are cut or reach beyond their box are printed.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { messages, open, pane } from "./driver.mjs";
import { start } from "./harness.mjs";

const LANGUAGES = ["en", "ja"];
const COLOURS = ["light", "dark"];
const SIZES = { wide: { width: 1440, height: 900 }, small: { width: 360, height: 740 } };
/** High enough for all that stands in the pane. */
const TALL = 4200;

const [folder, ...given] = process.argv.slice(2);
if (!folder) {
  console.error("error: name the folder to write to");
  process.exit(1);
}
const among = (kinds) => {
  const named = kinds.filter((kind) => given.includes(kind));
  return named.length > 0 ? named : kinds;
};
const lessons = given.filter((word) => ![...LANGUAGES, ...COLOURS, ...Object.keys(SIZES)].includes(word));
await mkdir(folder, { recursive: true });
const site = await start();

/** What is cut off, and what reaches out of the page. */
const cut = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".lesson *, .overview *, .result__tabs, .result__tabs *")]
      .filter((element) => element.checkVisibility() && element.clientWidth > 1 && !element.closest("svg, .prose__scroll, .prose__code"))
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
      .map((element) => `${element.className || element.tagName} “${element.textContent.slice(0, 40)}” ${element.scrollWidth}>${element.clientWidth}`),
  );

async function take(language, colours, size) {
  const viewport = SIZES[size];
  const words = await messages(language);
  const page = await open(site, { colorScheme: colours, viewport, locale: language, language });
  const index = (await (await fetch(`${site.url}lessons/index.json`)).json()).lessons;
  const press = async (name) => {
    const button = page.locator(".help").getByRole("button", { name: words[name], exact: true });
    const there = await button.isVisible();
    if (there) await button.click();
    return there;
  };
  for (const [number, { id, steps }] of index.entries()) {
    if (lessons.length > 0 && !lessons.includes(id)) continue;
    const { lesson } = await (await fetch(`${site.url}lessons/${id}.json`)).json();
    for (const [at, name] of steps.entries()) {
      const file = (what) =>
        path.join(folder, `${language}-${colours}-${size}-${String(number).padStart(2, "0")}-${id}-${at + 1}-${what}.png`);
      const report = async (what) => {
        for (const text of await cut(page)) console.log(`${language} ${size} ${id}/${name} ${what}: ${text}`);
      };
      const whole = async (what) => {
        await page.evaluate(() => document.activeElement.blur());
        await page.setViewportSize({ ...viewport, height: TALL });
        await report(what);
        await page.locator(".lesson__step").screenshot({ path: file(what) });
        await page.setViewportSize(viewport);
      };
      try {
        await page.evaluate((hash) => (location.hash = hash), `#/lesson/${id}/${name}`);
        await pane(page, "lesson");
        await page.locator(`.lesson__step[data-lesson="${id}"][data-step="${name}"]`).waitFor();
        await page.locator(".page[aria-busy=false]").waitFor();
        await page.evaluate(() => document.activeElement.blur());
        await report("begins");
        await page.screenshot({ path: file("a-begins") });
        const step = lesson.step[at];
        for (let hint = 0; hint < (step.hint?.length ?? 0); hint += 1) await press("lesson-hint");
        await press("lesson-target");
        await press("lesson-solution");
        await whole("b-helped");
        for (const row of await page.locator(".predict__step").all()) await row.getByRole("radio").first().check();
        if (step.predict) {
          await page.locator(".predict > .button").click();
          await page.locator(".predict__score:not([hidden])").waitFor();
        }
        await press("lesson-target");
        await press("lesson-solution-apply");
        for (const option of step.quiz?.options ?? []) {
          if (option !== step.quiz.answer) await page.locator(`[data-option="${option}"] input`).check();
        }
        if (step.quiz) await page.locator(`[data-option="${step.quiz.answer}"] input`).check();
        const builds = (step.goal ?? []).filter(({ kind }) => kind === "built").map(({ times }) => times ?? 1);
        for (let done = 0; done < Math.max(0, ...builds); done += 1) await page.keyboard.press("Control+Enter");
        await pane(page, "lesson");
        await page.locator(".lesson__done:not([hidden])").waitFor();
        await whole("c-done");
      } catch (error) {
        console.log(`${language} ${size} ${id}/${name}: ${error.message.split("\n")[0]}`);
      }
    }
  }
  await page.context().close();
}

try {
  for (const language of among(LANGUAGES)) {
    for (const colours of among(COLOURS)) for (const size of among(Object.keys(SIZES))) await take(language, colours, size);
  }
} finally {
  await site.stop();
}
