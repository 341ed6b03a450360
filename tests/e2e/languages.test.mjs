// The page in each of its languages: nothing is left of another, and everything has room on a small screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, messages, open, openFile, retype, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const PHONE = { viewport: { width: 360, height: 740 } };

/** What is wider than the screen, though it does not scroll in a box of its own. */
const tooWide = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push(`the page: ${document.documentElement.scrollWidth}`);
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    for (const element of document.querySelectorAll("body *")) {
      const { right, left, width: own } = element.getBoundingClientRect();
      if (own > 0 && (right > width + 1 || left < -1) && !scrolls(element) && !element.closest(".visually-hidden")) {
        found.push(`${element.tagName} ${element.className}: ${Math.round(left)} to ${Math.round(right)}`);
      }
    }
    return found;
  });

/** Texts that the page's author chose: of what can be seen, and of names and titles. Code is left out. */
const texts = (page) =>
  page.evaluate(() => {
    const found = [];
    const walk = document.createTreeWalker(document.querySelector(".page"), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.textContent.trim();
      const code = node.parentElement.closest("code, pre, [lang]:not(html), textarea, .cm-editor, .tree__name, svg");
      const hidden = node.parentElement.closest("[hidden]");
      if (text !== "" && !code && !hidden) found.push(text);
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const element of document.querySelectorAll(`.page [${name}]`)) {
        if (!element.closest("[hidden], code")) found.push(element.getAttribute(name));
      }
    }
    return found;
  });

/** Texts that look like a message's name: it was not found, or an argument was not filled in. */
const raw = (found, names) => found.filter((text) => names.has(text) || /\{ ?\$|\bunknown variable|\bMissing\b/i.test(text));

async function everyTab(page, language, look) {
  const words = await messages(language);
  for (const name of ["tab-graph", "tab-timeline", "tab-layers", "tab-log", "tab-steps"]) {
    await tab(page, words[name]);
    await look(name);
  }
}

/** An error, warnings, an edited file: what has words of its own. */
async function makeTrouble(page, language) {
  await retype(page, "from node:22-alpine\nMAINTAINER me\nENV a b\nRUN unknown-command $NOPE\nCOPY nothing-like-it /\n");
  await build(page, { language });
}

for (const language of ["en", "ja"]) {
  test(`every text is in the language of the page: ${language}`, async () => {
    const page = await open(site, { locale: language === "ja" ? "ja-JP" : "en-GB", language });
    // Names of one word are words of a person, too: a stage is called `build`.
    const names = new Set(Object.keys(await messages(language)).filter((name) => name.includes("-")));
    const other = await messages(language === "ja" ? "en" : "ja");
    const own = new Set(Object.values(await messages(language)));
    // A message of the other language that is not also one of this one, and has no arguments.
    const foreign = new Set(
      Object.entries(other).filter(([, text]) => !own.has(text) && !text.includes("{")).map(([, text]) => text),
    );
    const look = async (where) => {
      const found = await texts(page);
      assert.ok(found.length > 30, "there are texts");
      assert.deepEqual(raw(found, names), [], `${where}: names of messages`);
      assert.deepEqual(found.filter((text) => foreign.has(text)), [], `${where}: of the other language`);
      if (language === "ja") {
        const headings = await page.locator("h2, h3, h4, dt, th, legend, summary, [role=tab]").evaluateAll((all) =>
          all.filter((e) => e.offsetParent !== null && !e.querySelector("code")).map((e) => e.textContent.trim()),
        );
        // Names of files, stages and columns of docker's own stay as they are.
        const english = headings.filter((text) => /^[\x00-\x7f]+$/.test(text) && !/^(Dockerfile|\.?[\w./-]+|stage-\d+|CREATED BY|SIZE)$/.test(text));
        assert.deepEqual(english, [], `${where}: headings in English`);
      }
    };
    await everyTab(page, language, look);
    await openFile(page, "src/config.js");
    await retype(page, "export const config = 1;\n");
    await look("edited");
    await openFile(page, "Dockerfile");
    await makeTrouble(page, language);
    await everyTab(page, language, look);
    await site.close(page);
  });

  test(`nothing is wider than a small screen: ${language}`, async () => {
    const page = await open(site, { ...PHONE, locale: language, language });
    await everyTab(page, language, async (name) => assert.deepEqual(await tooWide(page), [], name));
    await openFile(page, "package-lock.json");
    assert.deepEqual(await tooWide(page), [], "a file with long lines");
    await openFile(page, "Dockerfile");
    await makeTrouble(page, language);
    await everyTab(page, language, async (name) => assert.deepEqual(await tooWide(page), [], `${name}, of an error`));
    await page.locator(".header__menu").click();
    for (const summary of await page.locator(".header details.popover > summary").all()) {
      await summary.click();
      assert.deepEqual(await tooWide(page), [], `open: ${await summary.textContent()}`);
      await summary.click();
    }
    await site.close(page);
  });
}

test("the page changes its language while it is open, and keeps what is in it", async () => {
  const page = await open(site);
  const [en, ja] = [await messages("en"), await messages("ja")];
  await openFile(page, "src/config.js");
  await page.getByLabel(en.language).selectOption("ja");
  await page.getByRole("heading", { name: ja["files-title"] }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  assert.equal(await page.locator(".tree__file[aria-current=true] .tree__name").textContent(), "config.js");
  await page.getByLabel(ja.language).selectOption("en");
  await page.getByRole("heading", { name: en["files-title"] }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await site.close(page);
});

test("a browser that prefers Japanese gets Japanese; one with neither language English", async () => {
  for (const [locale, language] of [["ja", "ja"], ["ja-JP", "ja"], ["fr-FR", "en"]]) {
    const page = await open(site, { locale, language });
    assert.equal(await page.locator("html").getAttribute("lang"), language, locale);
    const { build: name } = await messages(language);
    await page.getByRole("button", { name, exact: true }).waitFor();
    await site.close(page);
  }
});
