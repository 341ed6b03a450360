// For pages that show Layerlab: the element <layer-lab>, and code that is marked as "layerlab" turned into one. EMBEDDING.md
// says how to use it. Everything is in a frame; without this script what stands in the element, or the code, stays.
//
//   <layer-lab lesson="cache-first" step="2" view="graph" title="…"><a href="…">…</a></layer-lab>
const own = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
const BASE = new URL(".", own?.src ?? location.href).href;
/** Attributes that are said to the embed by its address. */
const ASKED = ["lesson", "step", "lesson-url", "project", "view", "theme", "lang", "readonly", "chrome", "font", "compare", "goals", "load", "title"];
/** Those that say what is shown, and that the embed can be told of while it is there. */
const TOLD = { theme: "set-theme", lang: "set-lang" };
const HEIGHT = 420;

class LayerLab extends HTMLElement {
  static observedAttributes = [...ASKED, "state", "dockerfile", "height", "src"];

  connectedCallback() {
    if (!this.frame) {
      this.frame = document.createElement("iframe");
      this.frame.style.cssText = "display:block;width:100%;border:0";
      // What stands in the element is seen where there is no script, and by search engines; here the frame takes its place.
      this.attachShadow({ mode: "open" }).append(this.frame);
    }
    if (!this.style.display) this.style.display = "block";
    this.heard ??= (event) => this.hear(event);
    addEventListener("message", this.heard);
    this.show();
  }

  disconnectedCallback() {
    removeEventListener("message", this.heard);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.frame || before === now) return;
    if (name in TOLD && this.ready) this.send(TOLD[name], { [name]: now ?? "auto" });
    else this.show();
  }

  /** Sends the embed a message: `load`, `set-theme`, `set-lang`, `reset`. */
  send(type, fields) {
    this.frame?.contentWindow?.postMessage({ source: "layerlab", v: 1, type, ...fields }, "*");
  }

  show() {
    const { frame } = this;
    const asked = new URLSearchParams();
    for (const name of ASKED) if (this.hasAttribute(name)) asked.set(name, this.getAttribute(name));
    const height = this.getAttribute("height") ?? "auto";
    if (height === "auto") asked.set("height", "auto");
    const get = (name) => this.getAttribute(name)?.trim();
    const state = get("state")?.replace(/^.*#s=/, "");
    const code = this.getAttribute("dockerfile") ?? (get("lesson") || get("lesson-url") ? null : this.querySelector("code,pre")?.textContent);
    const hash = state ? `#s=${state}` : code ? `#d=${encodeURIComponent(code)}` : "";
    const address = `${new URL("embed/", get("src") || BASE).href}?${asked}${hash}`;
    frame.title = get("title") || "Layerlab";
    frame.loading = get("loading") || "lazy";
    frame.allow = "clipboard-write";
    if (get("sandbox")) frame.setAttribute("sandbox", get("sandbox"));
    frame.style.height = `${parseInt(height, 10) || this.height || HEIGHT}px`;
    if (frame.src !== address) {
      this.ready = false;
      frame.src = address;
    }
  }

  hear({ source, data }) {
    if (source !== this.frame.contentWindow || data?.source !== "layerlab" || data.v !== 1) return;
    const { type, height } = data;
    if (type === "ready") this.ready = true;
    if (type === "resize" && height > 0 && (this.getAttribute("height") ?? "auto") === "auto") {
      this.height = Math.min(height, 5000);
      this.frame.style.height = `${this.height}px`;
    }
    this.dispatchEvent(new CustomEvent(`layerlab:${type}`, { bubbles: true, detail: data }));
  }
}
if (!customElements.get("layer-lab")) customElements.define("layer-lab", LayerLab);

/** The marked code of a page: a class, or the last part of one, on the code or on what stands around it. */
const MARKED = ".layerlab pre, pre.layerlab, pre:has(> code.layerlab), [class*='-layerlab'] pre, pre[class*='-layerlab'], pre:has(> code[class*='-layerlab']), pre:has(> code[class*=',layerlab']), pre[data-layerlab]";

/** The elements that were made, each with the code that it stands for. */
const made = new Map();

function upgrade() {
  // A framework may draw its code anew.
  for (const [lab, whole] of made) {
    if (whole.isConnected) continue;
    lab.remove();
    made.delete(lab);
  }
  for (const pre of document.querySelectorAll(MARKED)) {
    // What is around the code goes with it: buttons, a title.
    const whole = pre.closest(".highlight, .highlighttable, [class*='highlight-'], .theme-code-block, .code-wrapper") ?? pre;
    if ("layerlabDone" in whole.dataset || pre.closest("layer-lab")) continue;
    whole.dataset.layerlabDone = "";
    const code = pre.querySelector("code") ?? pre;
    const lab = document.createElement("layer-lab");
    // Some themes have an element for each line, and no line ends between.
    const lines = [...code.querySelectorAll(".token-line, .line")].filter((line) => !line.parentElement.closest(".token-line, .line"));
    const text = lines.length && !code.textContent.trim().includes("\n") ? lines.map((line) => line.textContent).join("\n") : code.textContent;
    lab.setAttribute("dockerfile", text.trimEnd() + "\n");
    for (const from of [pre.closest("[data-view],[data-project],[data-theme-embed]"), pre, code]) {
      for (const name of ["view", "project", "lang", "readonly", "chrome", "font", "load", "title", "height"]) {
        const value = from?.dataset[name];
        if (value !== undefined) lab.setAttribute(name, value);
      }
    }
    // Before the code, which is hidden and not taken away: it may belong to a framework.
    whole.before(lab);
    made.set(lab, whole);
    whole.hidden = true;
    whole.style.display = "none";
  }
}

let waits = false;
function soon() {
  if (waits) return;
  waits = true;
  requestAnimationFrame(() => {
    waits = false;
    upgrade();
  });
}
function begin() {
  upgrade();
  // Sites that go from page to page without loading.
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
}
// After frameworks have taken the page over.
if (document.readyState === "complete") begin();
else addEventListener("load", begin);
