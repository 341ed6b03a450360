// What is known of packages is fetched when a build needs it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, messages, open, ready, retype, saying, status, steps } from "./driver.mjs";
import { start } from "./harness.mjs";

const PACKAGES = "FROM debian:bookworm\nRUN apt-get update && apt-get install -y curl\n";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const sizeOf = async (page, name) => (await steps(page)).find((step) => step.name.includes(name))?.size;

test("a table of packages is fetched once, when the first command reads it", async () => {
  const page = await site.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url().split("/catalog/packages/")[1]));
  const tables = () => asked.filter(Boolean).sort();
  await page.goto(site.url);
  await ready(page);
  assert.deepEqual(tables(), ["npm.txt"], "the project that the page opens on installs npm's packages");
  await retype(page, PACKAGES);
  await eventually(page, () => sizeOf(page, "apt-get"), (size) => assert.match(size ?? "", /MB/));
  await retype(page, `${PACKAGES}RUN apt-get install -y git\n`);
  await eventually(page, () => sizeOf(page, "git"), (size) => assert.match(size ?? "", /MB/));
  assert.deepEqual(tables(), ["apt.txt", "npm.txt"]);
});

test("a table that cannot be fetched is said, and what reads it counts as nothing", async () => {
  const words = await messages();
  const page = await open(site);
  await page.route("**/catalog/packages/apt.txt", (route) => route.abort());
  await retype(page, PACKAGES);
  await page.getByText(saying(words["message-table-unavailable"], { table: "apt" })).first().waitFor();
  assert.ok((await steps(page)).some((step) => step.name.includes("apt-get")));
  assert.ok(await status(page));
});
