// In the place of @codemirror/language and @lezer/common, which the commands and the completion ask for a syntax tree and for what an
// indentation is. The page's own parser knows the syntax, so there is no tree here, and the parser framework that would
// make one (a tenth of the file) stays out. bundle.mjs puts this in its place.
import { Facet } from "@codemirror/state";

/** What one step of indentation is. */
export const indentUnit = Facet.define({ combine: (values) => values[0] ?? "    " });

export const getIndentUnit = (state) => state.facet(indentUnit).length;

export const indentString = (state, columns) => " ".repeat(columns);

/** No line is indented but as the one above it. */
export const getIndentation = () => null;

export class IndentContext {
  lineIndent() {
    return 0;
  }
}

export const matchBrackets = () => null;

const nothing = {
  name: "",
  parent: null,
  type: { prop: () => undefined },
  childBefore: () => null,
  childAfter: () => null,
};

/** Of @lezer/common. */
export const NodeProp = { closedBy: undefined, openedBy: undefined };

export const syntaxTree = () => ({
  resolve: () => nothing,
  resolveInner: () => nothing,
  resolveStack: () => null,
});
