// A Node service is built, edited and built again: each build does what the real engine was recorded to do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  build, compared, editorState, entries, eventually, history, log, messages, open, openFile, problems, retype,
  saying, spoken, status, steps, verdicts,
} from "./driver.mjs";
import { start } from "./harness.mjs";
import { humanSize, layerBytes, readCase } from "./recorded.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** The base images that a Dockerfile names, under their names in the catalog. */
const basesOf = (dockerfile) => [
  ...new Set([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image.replace(":", "-"))),
];

/** The line, from 1, of the first line that passes. */
const lineOf = (text, passes) => text.split("\n").findIndex(passes) + 1;

/** The line that Docker reports. A value of ENV: where the instruction begins. No stage: the first that is not ARG. */
function lineOfError(error, dockerfile) {
  if (/must be of the form: name=value/i.test(error)) return lineOf(dockerfile, (line) => /^ENV\b.*\\$/.test(line));
  return lineOf(dockerfile, (line) => line.trim() !== "" && !/^\s*(#|ARG\b)/i.test(line));
}

/** A layer also holds the folders above what changed. The page lists what changed. */
function withoutParents(layers) {
  const below = new Set();
  const same = ({ path, kind, mode, uid, gid }) => JSON.stringify({ path, kind, mode, uid, gid });
  return layers.map(({ entries = [] }) => {
    const changed = entries.filter((entry) => entry.kind !== "dir" || !below.has(same(entry)));
    for (const entry of entries) below.add(same(entry));
    return { entries: changed };
  });
}

async function checkImage(page, expected) {
  const { rows, sum, stack } = await history(page);
  assert.deepEqual(
    rows,
    expected.history.map(({ created_by, size }) => ({ created_by, size: humanSize(size) })),
    "docker history",
  );
  assert.equal(sum, humanSize(expected.size), "the image's size");

  const bytes = layerBytes(expected.layers);
  const ofBase = expected.layers.filter((layer) => layer.base).length;
  assert.equal(stack.filter((layer) => layer.base).length, ofBase, "layers of the base image");
  const own = stack.filter((layer) => !layer.base).map((layer) => layer.size);
  assert.deepEqual(own.reverse(), bytes.slice(ofBase).map(humanSize), "bytes of the layers");
}

/** The steps of the last stage made the last layers: their bytes and files are those of the recorded layers. */
async function checkLayersOfSteps(page, expected) {
  const stage = expected.steps.at(-1).name.match(/^\[(\S+) /)[1];
  const names = expected.steps.map((step) => step.name).filter((name) => name.startsWith(`[${stage} `));
  const layers = withoutParents(expected.image.layers).slice(-names.length);
  const bytes = layerBytes(layers);
  const shown = await steps(page);
  for (const [index, name] of names.entries()) {
    assert.equal(shown.find((step) => step.name === name).size, humanSize(bytes[index]), `bytes of ${name}`);
    assert.deepEqual(
      await entries(page, name),
      layers[index].entries.map(({ path, kind, mode, uid, gid, size }) => ({
        path: kind === "dir" ? `${path}/` : path,
        mode: `${mode.padStart(4, "0")} ${uid}:${gid}`,
        size: kind === "file" ? humanSize(size) : "",
      })),
      `files of ${name}`,
    );
  }
}

/** The log names the steps that the engine's log names, and says of the same ones that they came from the cache. */
async function checkLog(page, expected) {
  const text = await log(page);
  const cached = new Set([...text.matchAll(/^#(\d+) CACHED$/gm)].map(([, id]) => id));
  const named = [...text.matchAll(/^#(\d+) (\[\S+ \d+\/\d+\] .*)$/gm)];
  assert.deepEqual(
    named.map(([, id, name]) => compared({ name, cached: cached.has(id) })),
    expected.steps.map(compared),
    "the log",
  );
}

async function checkBuilt(page, expected, edits) {
  assert.deepEqual(await verdicts(page), expected.steps.map(compared), "steps");
  const en = await messages();
  const warnings = (await problems(page)).filter((problem) => problem.severity === en["severity-warning"]);
  assert.equal(warnings.length, expected.warnings.length, "warnings");
  for (const [index, { rule, message }] of expected.warnings.entries()) {
    assert.match(warnings[index].link, saying(en["problem-docs"], { rule }));
    assert.ok(warnings[index].docker.includes(message), warnings[index].docker);
  }
  await checkImage(page, expected.image);
  await checkLayersOfSteps(page, expected);
  await checkLog(page, expected);

  // The first step that runs because of the edit names an edited file.
  const again = (await steps(page)).find((step) => step.state === "run" && step.reason !== "");
  if (edits.size > 0 && again) {
    assert.ok([...edits.keys()].some((path) => again.reason.includes(path)), `${again.name}: ${again.reason}`);
  }
}

async function checkRefused(page, expected, dockerfile, good) {
  const en = await messages();
  const line = saying(en["problem-line"], { line: lineOfError(expected.error, dockerfile) });
  const now = await eventually(
    page,
    () => status(page),
    (now) => assert.ok(now.message?.includes(expected.error), `Docker's message: ${now.message}`),
  );
  assert.equal(now.kind, "error");
  assert.match(now.line, new RegExp(`^${line.source}$`), "at the right line");
  assert.match(await spoken(page), saying(expected.error), "a screen reader is told");
  const errors = (await problems(page)).filter((problem) => problem.severity === en["severity-error"]);
  assert.ok(errors.length > 0, "the error is listed");
  assert.ok(errors[0].docker.includes(expected.error), errors[0].docker);
  assert.match(errors[0].line, new RegExp(`^${line.source}$`));

  assert.equal(now.older, true, "what is below is said to be older");
  assert.deepEqual(await verdicts(page), good.steps.map(compared), "the last good result stays");
  await checkImage(page, good.image);

  // The line that is named is one press away.
  await page.locator(".status__message .link").click();
  const { text: source, from } = await editorState(page);
  const selected = source.slice(0, from).split("\n").length;
  assert.equal(selected, lineOfError(expected.error, dockerfile), "the caret goes to the line");
}

test("every build of the Node service is what the engine did", async (t) => {
  const { files, builds } = await readCase("node-service");
  const page = await open(site, { recordedBase: basesOf(files.get("Dockerfile")) });
  let good;
  for (const [index, { edits, expected }] of builds.entries()) {
    const what = [...edits.keys()].join(", ") || "nothing";
    await t.test(`build ${index + 1}: ${what} edited`, async () => {
      for (const [path, text] of edits) {
        await openFile(page, path);
        await retype(page, text);
      }
      const preview = await verdicts(page);
      // The page opens on a build: only what was edited is built.
      const now = edits.size > 0 ? await build(page) : await status(page);
      if (expected.ok) {
        assert.equal(now.kind, "done", now.message);
        await checkBuilt(page, expected, edits);
        if (edits.size > 0) assert.deepEqual(preview, expected.steps.map(compared), "it was previewed while typing");
        good = expected;
      } else {
        await checkRefused(page, expected, edits.get("Dockerfile"), good);
      }
    });
  }
  await site.screenshot(page, "node-service-refused");
  await site.close(page);
});
