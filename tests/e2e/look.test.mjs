// Every state in light, dark and the system's own colours, wide and small, in both languages: looked over by axe-core, and
// kept as pictures in results/ for a person to look over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, editorText, messages, open, openFile, pane, retype, search, tab } from "./driver.mjs";
import { start } from "./harness.mjs";
import { violations } from "./violations.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const PARTS = [
  "tab-graph", "tab-timeline", "tab-layers", "tab-files", "tab-log", "tab-problems", "tab-suggestions", "tab-what-if",
  "tab-compare",
];

const SIZES = { wide: { width: 1280, height: 800 }, small: { width: 360, height: 740 } };

const COLOURS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "forced-light": { colorScheme: "light", forcedColors: "active" },
  "forced-dark": { colorScheme: "dark", forcedColors: "active" },
};

for (const [colours, options] of Object.entries(COLOURS)) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const language of options.forcedColors ? ["en"] : ["en", "ja"]) {
      test(`${colours}, ${size}, ${language}`, async () => {
        const page = await open(site, { ...options, viewport, locale: language, language });
        const words = await messages(language);
        const found = {};
        const look = async (state) => {
          await page.evaluate(() => document.activeElement.blur());
          await site.screenshot(page, `${state}-${colours}-${size}-${language}`, { fullPage: size === "small" });
          const wrong = await violations(page);
          if (wrong.length > 0) found[state] = wrong;
        };
        await look("opened");
        const menu = page.locator(".header__menu");
        if (await menu.isVisible()) await menu.click();
        const store = page.locator("details.popover > summary").getByText(words.store, { exact: true });
        await store.click();
        await look("store");
        await store.click();
        const machine = page.locator("details.popover > summary").getByText(words["machine-button"].split("{")[0].trim());
        await machine.click();
        await look("machine");
        await machine.click();
        const more = page.locator("details.popover > summary").getByText(words.more, { exact: true });
        await more.click();
        await look("more");
        await more.click();
        const help = page.getByRole("button", { name: words["glossary-button"], exact: true });
        if (await help.isVisible()) {
          await help.click();
          await look("glossary");
          await page.keyboard.press("Escape");
          await page.getByRole("button", { name: words["keys-button"], exact: true }).click();
          await look("keys");
          await page.keyboard.press("Escape");
        }
        for (const name of PARTS) {
          await tab(page, words[name]);
          if (name === "tab-suggestions") await page.locator(".suggestions__progress[aria-busy=false]").waitFor();
          await look(name);
        }
        await tab(page, words["tab-steps"]);
        await openFile(page, "src/config.js");
        await retype(page, `${await editorText(page)}// edited\n`);
        await pane(page, "result");
        await page.locator("button.step__row", { has: page.locator(".step__name").getByText("COPY . .") }).click();
        await look("edited");
        await openFile(page, "Dockerfile");
        await search(page, "node");
        await look("search");
        await page.locator(".cm-search").getByRole("button", { name: words["search-close"] }).click();
        await retype(page, (await editorText(page)).replace("    PORT=8080\n", "").replace("EXPOSE 8080", "MAINTAINER me"));
        await build(page, { language });
        await look("error");
        await tab(page, words["tab-compare"]);
        await page.getByRole("button", { name: words["preset-naive-multi-stage"], exact: true }).click();
        await page.locator(".versus").waitFor();
        await page.locator(".compare__more > summary").first().click();
        await look("compared");
        assert.deepEqual(found, {}, "violations");
        await site.close(page);
      });
    }
  }
}

const LESSON = "copy-source-last";

for (const [colours, options] of Object.entries(COLOURS)) {
  for (const [size, viewport] of Object.entries({ ...SIZES, wider: { width: 1440, height: 900 } })) {
    for (const language of options.forcedColors ? ["en"] : ["en", "ja"]) {
      test(`lessons: ${colours}, ${size}, ${language}`, async () => {
        const page = await open(site, { ...options, viewport, locale: language, language });
        const words = await messages(language);
        const lesson = await (await fetch(`${site.url}lessons/${LESSON}.json`)).json();
        const found = {};
        const look = async (state) => {
          await page.evaluate(() => document.activeElement.blur());
          await site.screenshot(page, `${state}-${colours}-${size}-${language}`);
          const wrong = await violations(page);
          if (wrong.length > 0) found[state] = wrong;
        };
        const step = async (name) => {
          await page.evaluate((hash) => (location.hash = hash), `#/lesson/${LESSON}/${name}`);
          await page.locator(`.lesson__step[data-step="${name}"]`).waitFor();
        };
        const press = (name) => page.getByRole("button", { name: words[name], exact: true }).first().click();
        await page.evaluate(() => (location.hash = "#/lessons"));
        await page.locator(".track").first().waitFor();
        await look("lessons");
        await page.locator(".lessons__map summary").click();
        await look("lessons-map");
        await step("look");
        await look("lesson-predict");
        for (const row of await page.locator(".predict__step").all()) await row.getByRole("radio").first().check();
        await page.locator(".predict > .button").click();
        await page.locator(".predict__score:not([hidden])").waitFor();
        await page.locator(".lesson__done").scrollIntoViewIfNeeded();
        await look("lesson-revealed");
        await step("move");
        await press("lesson-hint");
        await press("lesson-target");
        await page.locator(".help__hint").waitFor();
        await look("lesson-hint");
        await press("lesson-solution");
        await page.locator(".help__solution").scrollIntoViewIfNeeded();
        await look("lesson-solution");
        const last = lesson.lesson.step.at(-1).id;
        await step(last);
        await press("lesson-solution");
        await press("lesson-solution-apply");
        await page.locator(".lesson__end:not([hidden])").waitFor();
        await page.locator(".lesson__end").scrollIntoViewIfNeeded();
        await look("lesson-end");
        assert.deepEqual(found, {}, "violations");
        await site.close(page);
      });
    }
  }
}
