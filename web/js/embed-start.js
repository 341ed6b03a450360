// Starts the program in a frame, at once or (load=click) when the reader asks for it: until then there is a poster, and
// neither WebAssembly nor its glue is fetched. A classic script: in a frame without an origin of its own browsers run no other
// without the server's consent, and then it can say so. WORDS is put in by embed-page.mjs.
const root = document.documentElement;
const asked = new URLSearchParams(location.search);
for (const [name, value] of new URLSearchParams(location.hash.slice(1))) asked.set(name, value);

const language = [asked.get("lang"), ...navigator.languages]
  .map((tag) => tag?.split("-")[0])
  .find((tag) => tag in WORDS);
const words = WORDS[language ?? "en"];
root.lang = language ?? "en";
if (["light", "dark"].includes(asked.get("theme"))) root.dataset.theme = asked.get("theme");

const app = document.getElementById("app");

/** An element with a class, attributes and a text. */
function element(name, className, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { className, textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

window.layerlab = {
  // The editor that takes the place of the text area. It is only fetched when it is asked for.
  editor: () => import(new URL("editor.js", document.baseURI).href),
  failed(message) {
    const panel = document.getElementById("failure");
    // What is shown is what went wrong first; the rest follows from it.
    if (!panel.hidden) return;
    const part = (name) => document.getElementById(`failure-${name}`);
    part("title").textContent = words.failed;
    part("why").textContent = words.sandboxed;
    part("why").hidden = window.origin !== "null" || !/fetch|import|module/i.test(String(message));
    part("way").textContent = words.open;
    part("message").textContent = String(message);
    document.getElementById("loading")?.remove();
    panel.hidden = false;
  },
};
addEventListener("error", (event) => {
  if (/wasm|RuntimeError|Importing|module/i.test(String(event.message))) window.layerlab.failed(event.message);
});

async function start() {
  app.replaceChildren(element("p", "loading", words.loading, { id: "loading", role: "status" }));
  const address = (name) => new URL(root.dataset[name], document.baseURI).href;
  try {
    const { default: init } = await import(address("glue"));
    await init({ module_or_path: address("wasm") });
  } catch (error) {
    window.layerlab.failed(error);
  }
}

function poster() {
  const lesson = asked.get("lesson");
  const title =
    asked.get("title") || (lesson ? words.lesson.replace(/\{ ?\$name ?\}/, lesson.replaceAll("-", " ")) : words.dockerfile);
  const button = element("button", "button is-primary poster__button", words.button, { type: "button" });
  button.addEventListener("click", start, { once: true });
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const logo = svg("svg", { class: "logo poster__logo", viewBox: "0 0 24 24", "aria-hidden": "true" });
  const lines = { a: "M12 3l9 4.5-9 4.5-9-4.5z", b: "M3 12l9 4.5 9-4.5", c: "M3 16.5L12 21l9-4.5" };
  for (const [name, d] of Object.entries(lines)) logo.append(svg("path", { class: `logo__${name}`, d }));
  const made = element("main", "poster");
  made.append(logo, element("h1", "poster__title", title), element("p", "poster__about", words.about), button);
  app.replaceChildren(made);
  document.title = title;
  if (asked.get("height") === "auto" && parent !== window) {
    const height = Math.ceil(made.getBoundingClientRect().height);
    parent.postMessage({ source: "layerlab", v: 1, type: "resize", height }, "*");
  }
}

if (asked.get("load") === "click") poster();
else start();
