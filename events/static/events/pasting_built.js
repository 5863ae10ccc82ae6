// What is pasted, built anew of the few elements that a text has.
export class Pasted {
  constructor() {
    this.root = document.implementation.createHTMLDocument("").body;
    this.within = [this.root];
    this.runs = [];
    this.left = { pictures: 0, struck: 0, raised: 0, links: 0, headings: 0, numbers: 0, tables: 0 };
    this.levels = 0;
  }

  get place() {
    return this.within.at(-1);
  }

  text(words, marks) {
    if (words) this.runs.push({ ...marks, words });
  }

  // Ends a paragraph where one has begun.
  end() {
    const runs = trimmed(this.runs);
    this.runs = [];
    if (!runs.length) return;
    const paragraph = this.add("p");
    for (const run of runs) paragraph.append(element(this.root, run));
  }

  add(name) {
    const made = this.root.ownerDocument.createElement(name);
    this.place.append(made);
    return made;
  }

  // What `inside` adds, within an element of its own, or within the list before, which goes on.
  wrapped(name, inside) {
    this.end();
    const last = this.place.lastElementChild;
    const goesOn = (name === "ul" || name === "ol") && last?.localName === name;
    const made = goesOn ? last : this.add(name);
    this.within.push(made);
    inside();
    this.end();
    this.within.pop();
    if (!made.hasChildNodes()) made.remove();
  }

  // A numbered list comes that begins at `first`: one of ours begins at 1, or goes on with the list before.
  counted(first) {
    const last = this.place.lastElementChild;
    const next = last?.localName === "ol" ? last.children.length + 1 : 1;
    this.left.numbers += first === next ? 0 : 1;
  }

  // An item of a list of Word, which has paragraphs that name their level.
  itemAt(level, name, inside) {
    this.end();
    while (this.levels > level) this.closeLevel();
    while (this.levels < level) this.openLevel(name);
    if (this.place.localName !== name) {
      this.closeLevel();
      this.openLevel(name);
    }
    this.wrapped("li", inside);
  }

  openLevel(name) {
    const inItem = this.levels ? this.place.lastElementChild ?? this.add("li") : this.place;
    const list = this.root.ownerDocument.createElement(name);
    inItem.append(list);
    this.within.push(list);
    this.levels += 1;
  }

  closeLevel() {
    this.end();
    this.within.pop();
    this.levels -= 1;
  }
}

// A cell of a table, of which nothing but its words stands in the line of its row.
export class Cell extends Pasted {
  constructor(left) {
    super();
    this.left = left;
  }
  end() { this.text(" ", {}); }
  wrapped(name, inside) { inside(); this.end(); }
  itemAt(level, name, inside) { inside(); this.end(); }
  counted() {}
}

// Words and breaks of a paragraph without the blanks around them.
export function trimmed(runs) {
  const kept = runs.map((run) => ({ ...run }));
  const isBlank = (run) => run.words === "\n" || !run.words.trim();
  while (kept.length && isBlank(kept[0])) kept.shift();
  while (kept.length && isBlank(kept.at(-1))) kept.pop();
  if (!kept.length) return [];
  kept[0].words = kept[0].words.replace(/^[ \t]+/, "");
  kept.at(-1).words = kept.at(-1).words.replace(/[ \t]+$/, "");
  return kept.filter((run, at) => run.words !== " " || !/\s$/.test(kept[at - 1]?.words ?? ""));
}

function element(root, run) {
  const made = root.ownerDocument;
  if (run.words === "\n") return made.createElement("br");
  let found = made.createTextNode(run.words);
  for (const [mark, name] of [["italic", "em"], ["bold", "strong"], ["href", "a"]]) {
    if (!run[mark]) continue;
    const around = made.createElement(name);
    if (name === "a") around.setAttribute("href", run.href);
    around.append(found);
    found = around;
  }
  return found;
}
