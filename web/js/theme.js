// CodeMirror's own style sheet stands outside of the page's layers and would win over them: what differs is said here,
// in the page's tokens.
import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--text)" },
  "&.cm-focused, &:focus-within": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  // The signs beside the text lie above the outline.
  "&.cm-focused::after, &:focus-within::after": {
    content: '""',
    position: "absolute",
    inset: "0",
    zIndex: "250",
    border: "2px solid var(--accent)",
    pointerEvents: "none",
  },
  ".cm-scroller": {
    overflow: "auto",
    fontFamily: "var(--mono)",
    fontSize: "var(--code)",
    lineHeight: "var(--line-height)",
    // Its size never comes of what is in it: at a key nothing around it is laid out again.
    contain: "strict",
  },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 12px" },
  ".cm-line.is-linked": {
    background: "color-mix(in srgb, var(--accent) 11%, transparent)",
    boxShadow: "inset 2px 0 0 var(--accent)",
  },
  ".cm-gutters": { background: "var(--panel)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-gutterElement": { padding: "0" },
  ".cm-specialChar": { color: "var(--error)" },
  ".cm-tooltip": {
    maxWidth: "min(440px, 92vw)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    background: "var(--raised)",
    color: "var(--text)",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "15em",
    fontFamily: "var(--mono)",
    fontSize: "var(--code)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    minHeight: "24px",
    padding: "0 10px 0 6px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--accent-soft)",
    color: "var(--text)",
    outline: "1px solid var(--accent)",
    outlineOffset: "-1px",
  },
  ".cm-completionLabel": { flex: "1" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completionDetail": { marginLeft: "16px", color: "var(--muted)", fontStyle: "normal", fontSize: "var(--small)" },
  ".cm-tooltip.cm-completionInfo": {
    maxWidth: "320px",
    padding: "6px 10px",
    font: "var(--body) / 1.5 var(--sans)",
  },
});
