// Searching and replacing in the editor: CodeMirror's own, in the page's tokens. What it shares with editor.js it takes
// from there (bundle.mjs).
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, search } from "@codemirror/search";
import { EditorView, keymap } from "@codemirror/view";

const scope = "editor search-panel";

const theme = EditorView.theme({
  ".cm-panels": { zIndex: "260", background: "var(--panel)", color: "var(--text)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px",
    padding: "8px 36px 8px 8px",
    font: "var(--small) / 1.4 var(--sans)",
  },
  ".cm-search br": { display: "none" },
  // One caret at a time: there is nothing to select all of them with.
  ".cm-search [name=select]": { display: "none" },
  ".cm-panel.cm-search :is(input, button, label)": { margin: "0", fontSize: "var(--small)" },
  // What is looked for with its buttons, how, what it becomes with its buttons: a line for each.
  ".cm-panel.cm-search .cm-textfield": {
    flex: "1 1 calc(100% - 190px)",
    minWidth: "110px",
    minHeight: "var(--control)",
    padding: "0 8px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-small)",
    background: "var(--raised)",
    color: "var(--text)",
    fontFamily: "var(--mono)",
  },
  ".cm-search .cm-button": {
    minHeight: "var(--control)",
    padding: "0 9px",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-small)",
    background: "var(--raised)",
    color: "var(--text)",
    cursor: "pointer",
  },
  ".cm-search .cm-button:hover": { borderColor: "var(--line-strong)" },
  ".cm-panel.cm-search label": {
    display: "inline-flex",
    alignItems: "center",
    gap: "6px",
    minHeight: "24px",
    color: "var(--muted)",
    fontSize: "var(--small)",
  },
  ".cm-search label:hover": { color: "var(--text)" },
  ".cm-search input[type=checkbox]": { width: "16px", height: "16px", margin: "0", accentColor: "var(--accent)" },
  ".cm-panel.cm-search [name=close]": {
    top: "8px",
    right: "8px",
    width: "28px",
    height: "28px",
    borderRadius: "var(--radius-small)",
    color: "var(--muted)",
    fontSize: "18px",
    cursor: "pointer",
  },
  ".cm-search [name=close]:hover": { background: "var(--sunken)", color: "var(--text)" },
  ".cm-searchMatch": { borderRadius: "2px", background: "var(--run-soft)", outline: "1px solid var(--run)" },
  ".cm-searchMatch-selected": { background: "var(--accent-soft)", outline: "2px solid var(--accent)" },
});

/** The extension that searches. */
export const searching = [
  theme,
  search({ top: true }),
  keymap.of([
    { key: "Mod-f", run: openSearchPanel, scope },
    { key: "F3", run: findNext, shift: findPrevious, scope, preventDefault: true },
    { key: "Mod-g", run: findNext, shift: findPrevious, scope, preventDefault: true },
    { key: "Escape", run: closeSearchPanel, scope },
  ]),
];
