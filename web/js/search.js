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
  // The line that the program breaks after what searches.
  ".cm-search br": { content: '""', flexBasis: "100%" },
  // One caret at a time: there is nothing to select all of them with.
  ".cm-search [name=select]": { display: "none" },
  ".cm-search :is(input, button, label)": { margin: "0", fontSize: "var(--small)" },
  ".cm-search .cm-textfield": {
    flex: "0 1 200px",
    minWidth: "120px",
    minHeight: "28px",
    padding: "0 8px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius-small)",
    background: "var(--raised)",
    color: "var(--text)",
    fontFamily: "var(--mono)",
  },
  ".cm-search .cm-button": {
    minHeight: "28px",
    padding: "0 9px",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-small)",
    background: "var(--raised)",
    color: "var(--text)",
    cursor: "pointer",
  },
  ".cm-search .cm-button:hover": { borderColor: "var(--line-strong)" },
  ".cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", minHeight: "24px", color: "var(--muted)" },
  ".cm-search label:hover": { color: "var(--text)" },
  ".cm-search input[type=checkbox]": { width: "16px", height: "16px", margin: "0", accentColor: "var(--accent)" },
  ".cm-search [name=close]": {
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
