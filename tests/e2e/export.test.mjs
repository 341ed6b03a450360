// A build taken elsewhere: as Markdown, and as pictures that stand by themselves.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { eventually, messages, open, retype, saying } from "./driver.mjs";
import { start } from "./harness.mjs";

const DOCKERFILE = "FROM alpine:3.22 AS build\nRUN echo 'a & b <c>' > /made\n\nFROM alpine:3.22\nCOPY --from=build /made /made\n";
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** Opens what is shared, on a small screen too. */
async function show(page) {
  const menu = page.locator(".header__menu");
  if (await menu.isVisible()) await menu.click();
  await page.locator("details.popover", { has: page.locator(".share") }).locator(":scope > summary").click();
  await page.locator(".share__exports").waitFor();
}

/** What a button of the panel downloads: its name and its bytes. */
async function downloaded(page, words, part, kind) {
  const name = saying(words["share-picture"], { what: words[part], kind });
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Whether a text is a picture by the browser's own reading, and what it asks for from elsewhere. */
const read = (page, svg) =>
  page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    const root = document.documentElement;
    return {
      wrong: document.querySelector("parsererror")?.textContent ?? "",
      namespace: root.namespaceURI,
      size: [Number(root.getAttribute("width")), Number(root.getAttribute("height"))],
      words: root.textContent,
      foreign: /var\(|https?:\/\/(?!www\.w3\.org\/)|<script|<image|<style/.test(text),
      ground: root.querySelector(":scope > rect")?.getAttribute("fill"),
      fonts: root.getAttribute("font-family"),
    };
  }, svg);

/** The picture of a part in both kinds, which have to agree. */
async function pictures(page, words, part, look) {
  const vector = await downloaded(page, words, part, "SVG");
  assert.match(vector.name, /\.svg$/);
  const drawn = await read(page, vector.bytes.toString("utf8"));
  assert.deepEqual([drawn.wrong, drawn.namespace, drawn.foreign], ["", "http://www.w3.org/2000/svg", false]);
  const bitmap = await downloaded(page, words, part, "PNG");
  assert.match(bitmap.name, /\.png$/);
  assert.deepEqual([...bitmap.bytes.subarray(0, 8)], PNG);
  const size = [bitmap.bytes.readUInt32BE(16), bitmap.bytes.readUInt32BE(20)];
  assert.deepEqual(size, drawn.size.map((length) => 2 * length), "two dots for each of the picture's");
  await site.keep(`export-${part}-${look}.png`, bitmap.bytes);
  return drawn;
}

test("the pictures of graph and layers are whole, and have the colours of the theme", async () => {
  const en = await messages();
  for (const [colorScheme, ground] of [["light", "rgb(244, 243, 239)"], ["dark", "rgb(17, 19, 24)"]]) {
    const page = await open(site, { colorScheme });
    await retype(page, DOCKERFILE);
    await show(page);
    const graph = await pictures(page, en, "tab-graph", colorScheme);
    assert.match(graph.words, /RUN echo 'a & b <c>'/);
    assert.match(graph.words, /build/);
    const layers = await pictures(page, en, "tab-layers", colorScheme);
    assert.match(layers.words, /COPY --from=build \/made \/made/);
    assert.deepEqual([graph.ground, layers.ground], [ground, ground]);
    assert.match(graph.fonts, /sans-serif/);
    await site.close(page);
  }
});

test("the build is copied as Markdown with its figures", async () => {
  const en = await messages();
  const page = await open(site);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await retype(page, DOCKERFILE);
  await show(page);
  await page.getByRole("button", { name: en["share-markdown"] }).click();
  await page.locator(".share__exports").getByText(en["log-copied"]).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^### /);
  assert.match(text, /\| `\[build 2\/2\] RUN echo 'a & b <c>' > \/made` \| \d+\S* \| .+ \| .+ \|/);
  assert.match(text, /\n```dockerfile\nFROM alpine:3\.22 AS build\n/);
  const size = await page.locator(".summary, .overview").first().textContent();
  const image = /Image (\S+) in/.exec(text)?.[1];
  assert.ok(image && size.includes(image), `${image} stands in ${size}`);
  await site.close(page);
});

test("on a phone, in Japanese", async () => {
  const ja = await messages("ja");
  const page = await open(site, { viewport: { width: 360, height: 740 }, locale: "ja", language: "ja" });
  await show(page);
  const graph = await pictures(page, ja, "tab-graph", "ja");
  assert.match(graph.words, /[\u3040-\u30ff]/, "words of the reader's language");
  await eventually(page, () => page.evaluate(() => document.documentElement.scrollWidth), (width) => assert.ok(width <= 360));
  await site.screenshot(page, "export-phone-ja");
  await site.close(page);
});
