// The editor that takes the place of the page's text area once it is there: CodeMirror, told by the program what to
// colour, mark and offer. It knows nothing of Dockerfiles; web/src/code_editor.rs is the other side of it. Searching is in
// search.js, which is fetched once the editor is used.
//
//   const editor = mount(host, { text, from, to, classes, label, description, phrases }, listener);
//
// The editor owns its text. Offsets are those of CodeMirror: UTF-16 units, a line end counts one. `listener` has
//   changed()      something was typed             moved(line)   the caret went to a line, counted from 1
//   undo(), redo() of the session, where the editor's own history has nothing more
//   flush()        what was typed is needed now    left()        the focus went elsewhere
//   complete(offset, explicit) → [[label, type, detail, text, from, explanation]…]
//   hover(offset)  → { from, to, parts: [[class, text, address]…] } or undefined
//   reorder(offset, up) → whether the instruction there is moved by the program: else the line is, here
import {
  autocompletion,
  closeCompletion,
  completionKeymap,
  selectedCompletion,
} from "@codemirror/autocomplete";
import {
  copyLineDown,
  copyLineUp,
  deleteLine,
  history,
  indentLess,
  indentMore,
  moveLineDown,
  moveLineUp,
  redo,
  redoDepth,
  standardKeymap,
  toggleComment,
  undo,
  undoDepth,
} from "@codemirror/commands";
import { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  GutterMarker,
  gutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  showTooltip,
  tooltips,
} from "@codemirror/view";
import { theme } from "./theme.js";

// What search.js is made of, so that both have the same one.
export {
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  Prec,
  RangeSetBuilder,
  StateEffect,
  StateField,
} from "@codemirror/state";
export { Decoration, EditorView, getPanel, keymap, runScopeHandlers, showPanel, ViewPlugin } from "@codemirror/view";

const SVG = "http://www.w3.org/2000/svg";

/** The editor that an element belongs to: for tests, which see no more of a long text than is drawn. */
export const editorOf = (element) => EditorView.findFromDOM(element);

const setColours = StateEffect.define();
const setMarks = StateEffect.define();
const setLinked = StateEffect.define();
const setSigns = StateEffect.define();
const setNote = StateEffect.define();

/** Whether two sets have the same ranges. `RangeSet.eq` takes one for the same that has more before it. */
function sameRanges(a, b) {
  const [one, other] = [a.iter(), b.iter()];
  for (; one.value && other.value; one.next(), other.next()) {
    if (one.from !== other.from || one.to !== other.to || !one.value.eq(other.value)) return false;
  }
  return one.value === other.value;
}

/** Decorations that are set as a whole, and move with the text until then. */
const decorations = (effect) =>
  StateField.define({
    create: () => Decoration.none,
    update(set, transaction) {
      const news = transaction.effects.find((one) => one.is(effect));
      return news ? news.value : transaction.docChanged ? set.map(transaction.changes) : set;
    },
    provide: (field) => EditorView.decorations.from(field),
  });

/** What stands beside the lines that instructions begin in: [class, path of the icon, words, share of the bar]. */
const signs = StateField.define({
  create: () => new Map(),
  update(map, transaction) {
    const news = transaction.effects.find((one) => one.is(setSigns));
    if (news) return news.value;
    if (!transaction.docChanged || map.size === 0) return map;
    // By line until the program has read the text: a sign moves as the start of its line does.
    const { startState: before, changes, newDoc: after } = transaction;
    const moved = new Map();
    for (const [line, sign] of map) {
      if (line < 1 || line > before.doc.lines) continue;
      moved.set(after.lineAt(changes.mapPos(before.doc.line(line).from, 1)).number, sign);
    }
    return moved;
  },
});

class Row extends GutterMarker {
  constructor(line, sign) {
    super();
    this.line = line;
    this.sign = sign;
  }

  eq(other) {
    return this.line === other.line && String(this.sign) === String(other.sign);
  }

  toDOM() {
    const [tone, path, words, share] = this.sign ?? [];
    const row = element("div", "gutter__row");
    const mark = row.appendChild(element("span", "gutter__mark"));
    if (this.sign) {
      row.title = words;
      const icon = document.createElementNS(SVG, "svg");
      icon.setAttribute("class", "icon");
      icon.setAttribute("viewBox", "0 0 24 24");
      icon.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", path);
      mark.appendChild(element("span", tone)).appendChild(icon);
    }
    row.appendChild(element("span", "gutter__number", this.line));
    if (share > 0) row.appendChild(element("span", "gutter__bar")).style.setProperty("--share", `${share / 10}%`);
    return row;
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const rows = gutter({
  class: "cm-rows",
  lineMarker: (view, block) => {
    const line = view.state.doc.lineAt(block.from).number;
    return new Row(line, view.state.field(signs).get(line));
  },
  lineMarkerChange: (update) => update.startState.field(signs) !== update.state.field(signs),
});

/** What is said of a place. */
function card({ parts }, className) {
  const dom = element("div", className);
  for (const [name, text, address] of parts) {
    const part = element(address ? "a" : name === "note__title" ? "code" : "p", name, text);
    if (address) Object.assign(part, { href: address, target: "_blank", rel: "noreferrer" });
    dom.appendChild(part);
  }
  return dom;
}

/** What is said of the place of the caret, asked for by key: it takes the focus, so that it is read out. */
const note = StateField.define({
  create: () => null,
  update(shown, transaction) {
    const news = transaction.effects.find((one) => one.is(setNote));
    return news ? news.value : transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function noteAtCaret(view, hover) {
  const said = hover(view.state.selection.main.head);
  if (!said) return true;
  const create = () => {
    const dom = card(said, "note");
    dom.tabIndex = -1;
    dom.setAttribute("role", "dialog");
    dom.setAttribute("aria-label", said.parts.map(([, text]) => text).join(" "));
    const close = () => view.dispatch({ effects: setNote.of(null) });
    dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
      view.focus();
    });
    dom.addEventListener("focusout", (event) => {
      // Not within the update that takes it away.
      if (!dom.contains(event.relatedTarget)) setTimeout(() => dom.isConnected && close());
    });
    return { dom, mount: () => dom.focus() };
  };
  view.dispatch({ effects: setNote.of({ pos: said.from, above: true, create }) });
  return true;
}

/** Enter behind a word that is whole already means the next line. */
function nextLine(view) {
  const chosen = selectedCompletion(view.state);
  const { head } = view.state.selection.main;
  if (chosen && view.state.sliceDoc(Math.max(0, head - chosen.label.length), head) === chosen.label) closeCompletion(view);
  return false;
}

/** The smallest change that makes one text of another. */
function change(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

export function mount(host, { text, from, to, classes, label, description, phrases }, listener) {
  const past = new Compartment();
  const names = new Compartment();
  const access = new Compartment();
  const found = new Compartment();
  const colours = decorations(setColours);
  const marks = decorations(setMarks);
  const linked = decorations(setLinked);
  const styles = classes.map((name) => Decoration.mark({ class: name }));
  const linkedLine = Decoration.line({ class: "is-linked" });
  let waiting = null;

  const named = (label, phrases) => [
    EditorState.phrases.of(phrases),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-describedby": description,
      // An element that can be edited has the focus anyway; said so, checkers see that its scroller is reached by key.
      tabindex: "0",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
      translate: "no",
    }),
  ];
  const session = (own, depth, ask) => (view) => (depth(view.state) > 0 ? own(view) : (ask(), true));
  /** An instruction goes as a whole, where there is one. */
  const reordering = (up, moveLine) => (view) => listener.reorder(view.state.selection.main.head, up) || moveLine(view);
  const undoing = session(undo, undoDepth, () => listener.undo());
  const redoing = session(redo, redoDepth, () => listener.redo());

  const extensions = [
    past.of(history()),
    names.of(named(label, phrases)),
    access.of([]),
    found.of([]),
    EditorState.tabSize.of(4),
    EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
    highlightSpecialChars(),
    [colours, marks, linked, signs, note],
    rows,
    theme,
    Prec.high(
      keymap.of([
        { key: "Mod-z", run: undoing, preventDefault: true },
        { key: "Mod-y", mac: "Mod-Shift-z", run: redoing, preventDefault: true },
        { key: "Ctrl-Shift-z", run: redoing, preventDefault: true },
        { key: "Mod-i", run: (view) => noteAtCaret(view, listener.hover), preventDefault: true },
        // Builds are asked for with it: what was typed until then belongs to them.
        { key: "Mod-Enter", run: () => (listener.flush(), false) },
      ]),
    ),
    // On a phone nothing lies over the bar with the panes and Build.
    tooltips({
      tooltipSpace: () => {
        const bar = document.querySelector(".pane-bar")?.getBoundingClientRect();
        return { left: 0, top: 0, right: innerWidth, bottom: bar?.height ? bar.top : innerHeight };
      },
    }),
    autocompletion({
      icons: false,
      defaultKeymap: false,
      // What can follow is offered at once.
      activateOnCompletion: ({ apply }) => /[=:/,]$/.test(apply),
      override: [
        (context) => {
          const options = listener.complete(context.pos, context.explicit);
          if (options.length === 0) return null;
          return {
            from: options[0][4],
            // In the order of the program, and anew at each key.
            options: options.map(([label, type, detail, text, , info], at) => ({
              label,
              type,
              detail,
              info: info || undefined,
              apply: text,
              boost: -at,
            })),
          };
        },
      ],
    }),
    Prec.highest(keymap.of([{ key: "Enter", run: nextLine }, ...completionKeymap])),
    keymap.of([
      ...standardKeymap,
      { key: "Mod-]", run: indentMore, preventDefault: true },
      { key: "Mod-[", run: indentLess, preventDefault: true },
      { key: "Mod-/", run: toggleComment, preventDefault: true },
      { key: "Alt-ArrowUp", run: reordering(true, moveLineUp), shift: copyLineUp, preventDefault: true },
      { key: "Alt-ArrowDown", run: reordering(false, moveLineDown), shift: copyLineDown, preventDefault: true },
      { key: "Shift-Mod-k", run: deleteLine, preventDefault: true },
    ]),
    hoverTooltip((view, at) => {
      const said = listener.hover(at);
      return said ? { pos: said.from, end: said.to, above: true, create: () => ({ dom: card(said, "note") }) } : null;
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !writing) listener.changed();
      const moved = update.transactions.some((one) => one.isUserEvent("select") || one.isUserEvent("input"));
      if (moved) listener.moved(update.state.doc.lineAt(update.state.selection.main.head).number);
    }),
    EditorView.domEventHandlers({
      focus: () => {
        fetchSearch();
      },
      blur: () => listener.left(),
      compositionend: () => {
        // CodeMirror takes the last of the text in behind this event.
        setTimeout(() => {
          if (view.composing) return;
          listener.changed();
          if (waiting) editor.show(...waiting);
        });
      },
    }),
  ];
  let writing = false;
  let fetched = null;
  /** Until it is there the browser's own search answers, which sees of a long text what is drawn. */
  const fetchSearch = () => {
    fetched ??= import("./search.js").then(
      ({ searching }) => view.dispatch({ effects: found.reconfigure(searching) }),
      () => (fetched = null),
    );
  };
  const selection = { anchor: from, head: to };
  const view = new EditorView({ parent: host, state: EditorState.create({ doc: text, selection, extensions }) });

  /** Changes the text without saying so. */
  const write = (spec) => {
    writing = true;
    try {
      // What could be undone is of another text from here on.
      view.dispatch({ ...spec, effects: past.reconfigure([]) });
      view.dispatch({ effects: past.reconfigure(history()) });
    } finally {
      writing = false;
    }
  };
  const within = (offset) => Math.min(offset, view.state.doc.length);

  const editor = {
    text: () => view.state.doc.toString(),
    length: () => view.state.doc.length,
    composing: () => view.composing,

    /** Puts another text into the editor: that of another file, or the same file's as an undo has it. */
    write(text, another) {
      const { doc } = view.state;
      const next = EditorState.create({ doc: text }).doc;
      if (another) {
        write({ changes: { from: 0, to: doc.length, insert: next }, selection: { anchor: 0 } });
        view.scrollDOM.scrollTop = 0;
        view.scrollDOM.scrollLeft = 0;
      } else if (!doc.eq(next)) {
        const one = change(doc.toString(), next.toString());
        write({ changes: one, selection: { anchor: one.from + one.insert.length }, scrollIntoView: true });
      }
    },

    /** Calls it otherwise, in other words. */
    rename: (label, phrases) => view.dispatch({ effects: names.reconfigure(named(label, phrases)) }),

    /** Goes on where the text area was: how far it was scrolled, and with the focus where it had it. */
    goOn(top, focused) {
      if (focused) view.focus();
      // Behind the first layout, which knows how far it can be scrolled.
      view.requestMeasure({ read() {}, write: () => (view.scrollDOM.scrollTop = top) });
    },

    /** Puts the caret at an offset, and brings it into sight. */
    caret: (at) => view.dispatch({ selection: { anchor: within(at) }, scrollIntoView: true }),

    /** Lets nothing be typed, or lets it again. */
    lock(locked) {
      const closed = [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })];
      view.dispatch({ effects: access.reconfigure(locked ? closed : []) });
    },

    /** Brings a line, counted from 1, into sight, and leaves caret and focus where they are. */
    reveal(line) {
      const { from } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 60 }) });
    },

    /** Selects a line, counted from 1, and brings it into sight. */
    goto(line) {
      const { from, to } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      const effects = EditorView.scrollIntoView(from, { y: "start", yMargin: 60 });
      view.dispatch({ selection: { anchor: from, head: to }, effects });
      view.focus();
    },

    /**
     * Colours the text. `ofColours` and `ofMarks` are triples (from, to, index of the class), `lines` the first and last
     * offset of what is pointed at, or nothing; `beside` has a line for each sign, with the line that it stands beside and
     * what it is, tabs between them. What is being composed stays as it is: this is done behind it.
     */
    show(ofColours, ofMarks, lines, beside) {
      waiting = view.composing ? [ofColours, ofMarks, lines, beside] : null;
      if (waiting) return;
      const { doc } = view.state;
      const ranges = (triples) => {
        const found = [];
        for (let at = 0; at < triples.length; at += 3) {
          const [from, to] = [triples[at], within(triples[at + 1])];
          if (from < to) found.push(styles[triples[at + 2]].range(from, to));
        }
        return Decoration.set(found, true);
      };
      const pointed = [];
      if (lines.length === 2) {
        const last = doc.lineAt(within(lines[1])).number;
        for (let line = doc.lineAt(within(lines[0])).number; line <= last; line += 1) {
          pointed.push(linkedLine.range(doc.line(line).from));
        }
      }
      // What has moved with the text already is not set again: most keys change nothing else.
      const effects = [];
      const setting = (field, effect, set) => {
        if (!sameRanges(view.state.field(field), set)) effects.push(effect.of(set));
      };
      setting(colours, setColours, ranges(ofColours));
      setting(marks, setMarks, ranges(ofMarks));
      setting(linked, setLinked, Decoration.set(pointed));
      const each = beside.split("\n").map((one) => one.split("\t"));
      const next = new Map(beside && each.map(([line, ...sign]) => [+line, sign]));
      const now = view.state.field(signs);
      const same = next.size === now.size && [...next].every(([line, sign]) => String(sign) === String(now.get(line)));
      if (!same) effects.push(setSigns.of(next));
      if (effects.length > 0) view.dispatch({ effects });
    },
  };
  return editor;
}
