// Embeds in every view, light and dark, in both languages and two widths: looked over by axe-core, and kept as pictures;
// and what they show beside one state: two Dockerfiles, and a lesson from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, messages, open, tab } from "./driver.mjs";
import { DIST, start } from "./harness.mjs";
import { violations } from "./violations.mjs";
import { serve } from "./server.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const DOCKERFILE = "FROM node:22-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\nFROM node:22-alpine\nCOPY --from=build /app /app\nCMD node /app/server.js\n";
const VIEWS = ["split", "graph", "layers", "editor", "timeline", "log", "lesson"];

for (const theme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries({ wide: { width: 800, height: 480 }, small: { width: 360, height: 480 } })) {
    test(`${theme}, ${size}`, async () => {
      const found = {};
      for (const language of ["en", "ja"]) {
        const page = await site.newPage({ viewport });
        for (const view of VIEWS) {
          const what = view === "lesson" ? "&lesson=cache-first&goals=1" : "";
          const text = view === "lesson" ? "" : `#d=${encodeURIComponent(DOCKERFILE)}`;
          // Another address in the same page would only be another fragment.
          await page.goto("about:blank");
          await page.goto(`${site.url}embed/?view=${view}&theme=${theme}&lang=${language}${what}${text}`);
          await page.locator(".embed[aria-busy=false]").waitFor();
          const name = `embed-${view}-${theme}-${size}-${language}`;
          await site.screenshot(page, name);
          const wrong = await violations(page);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) wrong.push(`${wide} px wider than the frame`);
          if (wrong.length > 0) found[name] = wrong;
        }
        await site.close(page);
      }
      assert.deepEqual(found, {}, "violations");
    });
  }
}

test("compare=1 shows the Dockerfile beside the one that is pinned", async () => {
  const words = await messages();
  const page = await open(site);
  await tab(page, words["tab-compare"]);
  await page.getByRole("button", { name: words["preset-naive-multi-stage"], exact: true }).click();
  await page.locator(".versus").waitFor();
  await page.locator("details.popover > summary").getByText(words.share, { exact: true }).click();
  const link = page.getByLabel(words["share-link"]);
  await eventually(page, () => link.inputValue(), (value) => assert.match(value, /#s=/));
  const state = (await link.inputValue()).split("#s=")[1];
  await page.goto("about:blank");
  await page.goto(`${site.url}embed/?compare=1#s=${state}`);
  await page.locator(".versus").waitFor();
  await site.screenshot(page, "embed-compare");
  await site.close(page);
});

test("a lesson comes from elsewhere, by its address", async () => {
  const team = await serve(DIST, "/team/", { "access-control-allow-origin": "*" });
  try {
    const page = await site.newPage();
    const pack = encodeURIComponent(`${team.url}lessons/cache-first.json`);
    await page.goto(`${site.url}embed/?lesson-url=${pack}&step=2`);
    await page.locator(".lesson__step").waitFor();
    assert.equal(await page.locator(".lesson__mark").nth(1).getAttribute("aria-current"), "step");
    await site.close(page, { expected: [/a request to elsewhere: http:\/\/127\.0\.0\.1:/] });
  } finally {
    await team.close();
  }
});
