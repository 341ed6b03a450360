// node bench.mjs: how long it takes from a key to the result of it on the screen, for a Dockerfile of 40 lines and a build
// context of 200 files; and, for comparison, how long a page that does nothing takes in the same browser. It measures and
// judges nothing: machines differ.
import { build, editorText, messages, open, select, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

const KEYS = 120;
const VIEWPORT = { width: 1440, height: 900 };
const PANES = ["tab-steps", "tab-graph", "tab-timeline", "tab-layers", "tab-log"];

/** A service of two stages as people write it; `MARK` is where is typed. */
const DOCKERFILE = [
  "# syntax=docker/dockerfile:1",
  "FROM node:22-alpine AS deps",
  "WORKDIR /app",
  "COPY package.json package-lock.json ./",
  "RUN npm ci --omit=dev",
  "",
  "FROM node:22-alpine AS build",
  "WORKDIR /app",
  "COPY package.json package-lock.json ./",
  "RUN npm ci",
  "COPY . .",
  "RUN echo MARK > built.txt \\",
  " && mkdir -p dist \\",
  " && cp -r src dist/",
  ...Array.from({ length: 12 }, (_, n) => `RUN find src -name '*-${n}.js' | sort > dist/list-${n}.txt`),
  "",
  "FROM node:22-alpine",
  "ENV NODE_ENV=production \\",
  "    PORT=8080",
  "WORKDIR /app",
  "COPY --from=deps /app/node_modules node_modules",
  "COPY --from=build /app/dist .",
  "COPY package.json .",
  "RUN chown -R node:node /app",
  "USER node",
  "EXPOSE 8080",
  "HEALTHCHECK CMD wget -qO- localhost:8080/health || exit 1",
  "ENTRYPOINT [\"node\"]",
  "CMD [\"server.js\"]",
].join("\n") + "\n";

const manifest = { name: "bench", version: "1.0.0", dependencies: { express: "4.21.2" } };
const lock = { name: "bench", version: "1.0.0", lockfileVersion: 3, packages: { "": manifest, "node_modules/express": { version: "4.21.2" } } };
const contents = { Dockerfile: DOCKERFILE, ".dockerignore": "*.log\n", "package.json": JSON.stringify(manifest), "package-lock.json": JSON.stringify(lock) };
for (let n = Object.keys(contents).length; n < 200; n += 1) contents[`src/part-${n % 8}/file-${n}.js`] = `export default ${n};\n`.repeat(20);
const saved = JSON.stringify({
  format: "layerlab",
  version: 1,
  open: "Dockerfile",
  start: { files: Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, { text }])) },
  events: [],
});

/** From the key to the last change of the result before a frame, and to that frame being on its way to the screen. */
function watch() {
  const channel = new MessageChannel();
  const samples = [];
  let key = null;
  let changed = null;
  new MutationObserver(() => {
    if (key !== null) changed = performance.now();
  }).observe(document.querySelector("#app"), { subtree: true, childList: true, characterData: true, attributes: true });
  channel.port1.onmessage = () => {
    if (key === null || changed === null) return;
    samples.push([changed - key, performance.now() - key]);
    key = null;
  };
  addEventListener("keydown", () => {
    [key, changed] = [performance.now(), null];
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }, true);
  window.benchSamples = samples;
}

/** A page with a text area, in which a key changes one word: what of the times above is the browser's. */
const EMPTY = `<!doctype html><title>empty</title>
  <div id="app"><textarea rows="40" cols="80"></textarea><p>0</p></div>
  <script>
    const word = document.querySelector("p").firstChild;
    document.querySelector("textarea").addEventListener("input", () => (word.data = Number(word.data) + 1));
  </script>`;

/** Types, each key once the one before is on the screen, and prints what it took. */
async function measure(page, name) {
  await page.evaluate(() => (window.benchSamples.length = 0));
  for (let n = 0; n < KEYS; n += 1) {
    const seen = await page.evaluate(() => window.benchSamples.length);
    await page.keyboard.press("abcdefghij"[n % 10]);
    await page.waitForFunction((seen) => window.benchSamples.length > seen, seen);
  }
  const samples = await page.evaluate(() => window.benchSamples);
  console.log(`${name.padEnd(12)}${row(samples.map(([drawn]) => drawn))}${row(samples.map(([, sent]) => sent))}`);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const row = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.5, 0.95, 1].map((share) => at(sorted, share).toFixed(1).padStart(7)).join("");
};

/** A project with what its packages brought, as `find -printf '%s %p\\n'` lists it, and a Dockerfile that takes it all. */
const MANY_FILES = 50_000;
const MANY = Array.from({ length: MANY_FILES }, (_, n) => `${n} ./node_modules/package-${Math.floor(n / 40)}/lib/file-${n}.js\n`);
const TAKES_ALL = "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN echo one\n";

/** How long the page is busy at a time, once typing in a project of many files rests, pane by pane. */
async function manyFiles(words) {
  const page = await open(site, { viewport: VIEWPORT });
  await page.getByRole("button", { name: words["own-button"], exact: true }).click();
  const dialog = page.getByRole("dialog", { name: words["own-title"] });
  await dialog.getByText(words["own-list"]).click();
  await dialog.getByLabel(words["own-list-label"]).evaluate((area, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, MANY.join(""));
  await dialog.getByLabel(words["own-dockerfile"]).fill(TAKES_ALL);
  await dialog.getByRole("button", { name: words["own-open"] }).click();
  await page.locator(".tree__file").getByText("node_modules").waitFor();
  await build(page);
  await page.evaluate(() => {
    window.benchTasks = [];
    new PerformanceObserver((list) => window.benchTasks.push(...list.getEntries())).observe({ entryTypes: ["longtask"] });
  });
  console.log(`\nTyping in a project of ${MANY_FILES} files, all of them copied: the longest that the page is busy at a time`);
  for (const pane of PANES) {
    await tab(page, words[pane]);
    await select(page, TAKES_ALL.length - 1);
    const typed = ` and ${pane}`;
    await page.evaluate(() => (window.benchTasks.length = 0));
    await page.keyboard.type(typed);
    await page.waitForFunction(() => document.querySelector("[data-stale]") === null);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const longest = await page.evaluate(() => Math.max(0, ...window.benchTasks.map((task) => task.duration)));
    console.log(`${words[pane].padEnd(12)}${longest.toFixed(0).padStart(7)}`);
  }
  await site.close(page);
}

const site = await start();
try {
  const words = await messages();
  const page = await open(site, { saved, viewport: VIEWPORT });
  await build(page);
  const lines = DOCKERFILE.split("\n").length - 1;
  console.log(`${KEYS} keys in a Dockerfile of ${lines} lines with ${Object.keys(contents).length} files; milliseconds`);
  console.log("                 result drawn          frame sent to the screen");
  console.log("               median    95%    max   median    95%    max");
  await page.evaluate(watch);
  for (const pane of PANES) {
    await tab(page, words[pane]);
    await select(page, (await editorText(page)).indexOf(" > built.txt"));
    await measure(page, words[pane]);
  }
  await site.close(page);
  const empty = await site.newPage({ viewport: VIEWPORT });
  await empty.setContent(EMPTY);
  await empty.locator("textarea").focus();
  await empty.evaluate(watch);
  await measure(empty, "Empty page");
  console.log("Empty page: a text area in which a key changes one word, in the same browser and of the same size. What it takes");
  console.log("until the frame is sent is the browser's own: it waits for its next frame, and paints it.");
  await site.close(empty);
  await manyFiles(words);
} finally {
  await site.stop();
}
