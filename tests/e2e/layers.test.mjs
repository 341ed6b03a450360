// The image from inside: what its layers waste, its files at each layer, the secrets in it, and the log of its build.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, log, messages, open, retype, saying, tab } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const DOCKERFILE = `FROM alpine:3.22
WORKDIR /app
COPY . .
RUN echo PASSWORD=hunter2 > .env && dd if=/dev/zero of=cache.bin bs=1M count=40
RUN rm .env cache.bin && sed -i s/Settings/Options/ src/config.js
CMD ["./start"]
`;

/** The page with that Dockerfile, one part of its result open. */
async function part(name, options) {
  const page = await open(site, options);
  await retype(page, DOCKERFILE);
  await tab(page, en[name]);
  return page;
}

/** The rows of the image's files: path by its names, what happened to it, whether it is marked as a secret. */
const tree = (page) =>
  page.getByRole("treeitem").evaluateAll((rows) =>
    rows
      .filter((row) => row.closest(".image-tree"))
      .map((row) => ({
        name: row.querySelector(".image-row__name, .image-row__others").textContent,
        change: row.querySelector(".change")?.textContent.trim() ?? null,
        from: row.querySelector(".image-row__from").textContent,
        secret: row.querySelector(".image-row__secret") !== null,
        expanded: row.getAttribute("aria-expanded"),
        focused: row === document.activeElement,
      })),
  );

const chosenLayer = (page) =>
  page.getByLabel(en["image-layer"], { exact: true }).evaluate((select) => select.selectedOptions[0].textContent);

test("a file that a later layer deletes is wasted, with where it lies and what hides it", async () => {
  const page = await part("tab-layers");
  const stack = page.locator(".stack .layer");
  const made = stack.filter({ hasText: "dd if=/dev/zero" });
  assert.match(await made.textContent(), saying(en["layer-wastes"], { size: "41.9MB" }));
  const waste = page.getByRole("group", { name: en["waste-title"] }).getByRole("row");
  const largest = await waste.nth(1).getByRole("cell").allTextContents();
  assert.match(largest[0], /^\/app\/cache\.bin/);
  assert.equal(largest[1], "41.9MB");
  assert.match(largest[2], /dd if=\/dev\/zero/);
  assert.match(largest[3], new RegExp(`^${en["waste-deleted"]}.*rm \\.env cache\\.bin`, "s"));
  const rewritten = waste.filter({ hasText: "/app/src/config.js" });
  assert.match(await rewritten.textContent(), new RegExp(en["waste-written"]));
  const score = Number((await page.locator(".layers__dive").textContent()).match(/score: (\d+) %/)[1]);
  assert.ok(score < 50, `most of this image is wasted: ${score}`);

  const [height, base] = await Promise.all(
    [made, stack.filter({ hasText: "ADD alpine" })].map((layer) =>
      layer.locator(".layer__bytes").evaluate((bar) => bar.getBoundingClientRect().height),
    ),
  );
  assert.ok(height > base * 4, `41.9MB are higher than the base's 8MB: ${height}, ${base}`);
  await site.close(page);
});

test("the rows of the history go both ways and lead to their lines", async () => {
  const page = await part("tab-layers");
  const history = page.getByRole("group", { name: "docker history" });
  const first = () => history.getByRole("row").nth(1).textContent();
  assert.match(await first(), /CMD \["\.\/start"\]/);
  await page.getByRole("button", { name: en["history-oldest"], exact: true }).click();
  assert.match(await first(), /ADD alpine-minirootfs/);
  const line = history.getByRole("row").filter({ hasText: "COPY . ." }).getByRole("button");
  assert.match(await line.textContent(), saying(en["problem-line"], { line: 3 }));
  await site.close(page);
});

test("a layer shows its files, one layer after another, and the final image has them all", async () => {
  const page = await part("tab-layers");
  const last = page.locator(".stack .layer").first();
  await last.getByRole("button", { name: saying(en["layer-files-of"]) }).click();
  assert.match(await chosenLayer(page), /rm \.env cache\.bin/);
  const changed = await tree(page);
  const shown = (name) => changed.find((row) => row.name === name);
  assert.deepEqual([shown("cache.bin").change, shown("config.js").change], [en["change-removed"], en["change-changed"]]);
  assert.match(shown("cache.bin").from, /^4: RUN echo/);
  assert.equal(shown("app.js"), undefined, "what the layer left alone is not listed");

  await page.getByRole("button", { name: en["image-all"], exact: true }).click();
  assert.ok((await tree(page)).some((row) => row.name === "app.js" && row.change === null));
  await page.getByRole("button", { name: en["image-older"], exact: true }).click();
  assert.match(await chosenLayer(page), /dd if=\/dev\/zero/);
  await page.getByRole("button", { name: en["image-newer"], exact: true }).click();

  await page.getByLabel(en["image-layer"], { exact: true }).selectOption({ label: en["image-final"] });
  const final = await tree(page);
  assert.ok(final.some((row) => row.name === "app.js" && row.from === "3: COPY . ."));
  assert.ok(!final.some((row) => row.name === "cache.bin"), "what is gone is gone");
  assert.ok(final.some((row) => row.name === "bin" && row.from === en["layer-base"]));
  await site.close(page);
});

test("files are found by path, reached by keys, and open", async () => {
  const page = await part("tab-files");
  await page.getByRole("searchbox", { name: en["image-search"] }).fill("config.js");
  assert.deepEqual((await tree(page)).map((row) => row.name), ["/app/src/config.js"]);
  const items = page.locator(".image-tree").getByRole("treeitem");
  await items.filter({ hasText: "config.js" }).click();
  const file = page.getByRole("region", { name: "/app/src/config.js" });
  await file.waitFor();
  assert.match(await file.locator(".diff.is-removed").textContent(), /Settings come/);
  assert.match(await file.locator(".diff.is-added").textContent(), /Options come/);
  await file.getByRole("button", { name: en["image-file-text"], exact: true }).click();
  assert.match(await file.locator("pre").textContent(), /^\/\/ Options/);
  await file.getByRole("button", { name: saying(en["image-file-close"]) }).click();
  assert.equal(await file.count(), 0);

  await page.getByRole("searchbox", { name: en["image-search"] }).fill("");
  await items.first().focus();
  await page.keyboard.press("ArrowLeft");
  await eventually(page, () => tree(page), (rows) => {
    assert.deepEqual(rows.filter((row) => row.focused).map((row) => [row.name, row.expanded]), [["app", "false"]]);
  });
  await page.keyboard.press("ArrowDown");
  await eventually(page, () => tree(page), (rows) => assert.equal(rows.find((row) => row.focused)?.name, "bin"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await eventually(page, () => tree(page), (rows) => {
    assert.equal(rows.findIndex((row) => row.focused), rows.findIndex((row) => row.name === "app") + 1);
  });
  await site.close(page);
});

test("a secret that a later layer hides is still told of", async () => {
  const page = await part("tab-files");
  const secrets = page.locator(".secret");
  assert.equal(await secrets.count(), 1);
  const words = await secrets.textContent();
  assert.match(words, /\/app\/\.env/);
  assert.match(words, saying(en["secret-hidden"]));
  await secrets.getByRole("button", { name: saying(en["layer-number"]) }).click();
  assert.match(await chosenLayer(page), /echo PASSWORD/);
  const row = (await tree(page)).find((row) => row.name === ".env");
  assert.deepEqual([row.secret, row.change], [true, en["change-added"]]);
  await retype(page, DOCKERFILE.replace("echo PASSWORD=hunter2 > .env && ", "").replace("rm .env ", "rm "));
  await eventually(page, () => secrets.count(), (count) => assert.equal(count, 0));
  await site.close(page);
});

test("both forms of the log are copied as they are shown", async () => {
  const page = await part("tab-log");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = async () => {
    await page.getByRole("button", { name: en["log-copy"], exact: true }).click();
    await page.getByRole("button", { name: en["log-copied"], exact: true }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const shown = async () => (await page.locator(".log pre").textContent()).trimEnd();
  const terminal = await copied();
  assert.equal(terminal, await shown());
  assert.match(terminal, /^\[\+\] Building \d+\.\ds \(\d+\/\d+\) FINISHED +docker:default\n => \[internal\] load build definition/);
  await page.getByRole("button", { name: en["log-plain"], exact: true }).click();
  const plain = await copied();
  assert.equal(plain, await shown());
  assert.match(plain, /^#0 building with "default" instance/);

  await retype(page, DOCKERFILE.replace("RUN rm", "RUN nothere && rm"));
  const failed = await log(page, { form: "log-terminal" });
  assert.match(failed, / => ERROR \[5\/5\] RUN nothere/);
  assert.match(failed, /------\n > \[5\/5\] RUN nothere.*:\n.*not found\n------\n/);
  assert.match(failed, /\n {3}5 \| >>> RUN nothere/);
  await site.close(page);
});
