// What is pasted is read here, whatever the program that it came from wrote it with: a text keeps emphasis by tags or
// by style, lists, quotations and links. The rest is left out, and said. See docs/decisions/0035 and pasting_into.js.
//
// The page lets no style act (see its Content-Security-Policy); here they are read as words.
import { isBold, isHidden, isItalic, isStruck, raised, readRules, styleOf } from "./pasting_styles.js";

const DROPPED = "script,style,meta,link,title,head,noscript,template,object,iframe,embed,form,input,button,select,textarea";
const PICTURES = "img,svg,picture,video,audio,canvas,figure > img";
const STRUCK = "s,strike,del";
const BLOCKS = "address,article,aside,body,caption,center,dd,details,div,dl,dt,fieldset,figcaption,figure,footer,header,hr,main,nav,p,pre,section,summary";
const HEADINGS = "h1,h2,h3,h4,h5,h6";
const UP = { "0": "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "+": "⁺", "-": "⁻", "−": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", n: "ⁿ", i: "ⁱ" };
const DOWN = { "0": "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉", "+": "₊", "-": "₋", "−": "₋", "=": "₌", "(": "₍", ")": "₎" };

// 10⁶ and not 106: by characters of their own where there are such, else in brackets; 1st stays 1st.
function written(text, how) {
  const own = how === "super" ? UP : DOWN;
  const letters = [...text.trim()];
  // What points to a note stands in brackets already.
  if (/^\[.*\]$/.test(text.trim())) return text;
  if (letters.length && letters.every((letter) => letter in own)) return letters.map((letter) => own[letter]).join("");
  return /\d/.test(text) ? `${how === "super" ? "^" : "_"}(${text.trim()})` : text;
}

function raise(into, node, how, marks) {
  const words = written(node.textContent, how);
  into.left.raised += words === node.textContent ? 0 : 1;
  into.text(words, marks);
}

// What is pasted, built anew of the few elements that a text has.
class Pasted {
  constructor() {
    this.root = document.implementation.createHTMLDocument("").body;
    this.within = [this.root];
    this.runs = [];
    this.left = { pictures: 0, struck: 0, raised: 0, links: 0, headings: 0, tables: 0 };
    this.levels = 0;
  }

  get place() {
    return this.within.at(-1);
  }

  text(words, marks) {
    if (words) this.runs.push({ words, ...marks });
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
class Cell extends Pasted {
  constructor(left) {
    super();
    this.left = left;
  }
  end() { this.text(" ", {}); }
  wrapped(name, inside) { inside(); this.end(); }
  itemAt(level, name, inside) { inside(); this.end(); }
}

// Words and breaks of a paragraph without the blanks around them.
function trimmed(runs) {
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

function walk(into, node, marks) {
  if (node.nodeType === Node.TEXT_NODE) return into.text(spaced(into, node.data, marks), marks);
  if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
  const style = styleOf(node);
  if (node.matches(DROPPED) || isHidden(node, style) || node.matches(".msocomanchor,.msocomoff")) return undefined;
  if (node.matches(PICTURES)) return void (into.left.pictures += 1);
  if (node.matches(STRUCK) || isStruck(style)) return void (into.left.struck += node.textContent.trim() ? 1 : 0);
  return walkElement(into, node, style, { ...marks, bold: isBold(node, style, marks.bold), italic: isItalic(node, style, marks.italic) });
}

// Blanks as a page shows them: many are one, but where each counts.
function spaced(into, words, marks) {
  if (marks.isAsItIs) return words;
  const one = words.replace(/[ \t\n\r\f]+/g, " ");
  return /[ \n]$/.test(into.runs.at(-1)?.words ?? "\n") ? one.replace(/^ /, "") : one;
}

function walkElement(into, node, style, marks) {
  const how = raised(node, style);
  if (how) return raise(into, node, how, marks);
  if (node.matches("br")) return breakLine(into, marks);
  if (node.matches("ul,ol,menu,dir")) return into.wrapped(node.matches("ol") ? "ol" : "ul", () => children(into, node, marks));
  if (node.matches("li")) return item(into, node, marks);
  if (node.matches("blockquote")) return into.wrapped("blockquote", () => children(into, node, marks));
  if (isRow(node, style)) return row(into, node, marks);
  if (node.matches("q")) return quoted(into, node, marks);
  if (node.matches("msup,msub,mfrac")) return formula(into, node, marks);
  if (node.matches("a[href]")) return children(into, node, { ...marks, href: leading(into, node) });
  const level = levelOf(style);
  if (level) return wordItem(into, node, level, marks);
  if (node.matches(HEADINGS) && node.textContent.trim()) into.left.headings += 1;
  if (node.matches("table")) into.left.tables += 1;
  if (node.matches(`${BLOCKS},${HEADINGS},table`)) return block(into, node, marks);
  return children(into, node, marks);
}

function children(into, node, marks) {
  for (const child of node.childNodes) walk(into, child, marks);
}

function block(into, node, marks) {
  const isParagraph = node.matches(`p,${HEADINGS}`) && node.textContent.trim();
  while (isParagraph && into.levels) into.closeLevel();
  into.end();
  children(into, node, { ...marks, bold: marks.bold && !node.matches(HEADINGS), isAsItIs: marks.isAsItIs || node.matches("pre") });
  into.end();
}

// Two breaks one after the other part paragraphs, as they look.
function breakLine(into, marks) {
  if (into.runs.at(-1)?.words === "\n") return into.end();
  return into.text("\n", marks);
}

function item(into, node, marks) {
  const inList = /^[uo]l$/.test(into.place.localName);
  if (inList) return into.wrapped("li", () => children(into, node, marks));
  return into.wrapped("ul", () => into.wrapped("li", () => children(into, node, marks)));
}

// A page puts marks about it that are no letters of it.
function quoted(into, node, marks) {
  into.text("“", marks);
  children(into, node, marks);
  into.text("”", marks);
}

// Of formulas: 10⁶ and not 106, 1/2 and not 12.
function formula(into, node, marks) {
  const [first, second] = node.children;
  if (first) walk(into, first, marks);
  if (second && node.matches("mfrac")) into.text("/", marks);
  if (second && node.matches("mfrac")) walk(into, second, marks);
  else if (second) raise(into, second, node.matches("msup") ? "super" : "sub", marks);
}

const isRow = (node, style) => node.matches("tr,[role=row]") || style.display === "table-row";

// A row of a table is a paragraph, its cells parted; one without a word is none.
function row(into, node, marks) {
  into.end();
  if (!node.textContent.trim()) return;
  [...node.children].forEach((cell, at) => {
    if (at) into.text(" | ", {});
    const own = new Cell(into.left);
    walk(own, cell, { ...marks, isAsItIs: false });
    into.runs.push(...trimmed(own.runs));
  });
  into.end();
}

// Where a link leads, if it leads to a page.
function leading(into, node) {
  const address = node.getAttribute("href").trim();
  if (/^https?:\/\//i.test(address)) return address;
  if (!address.startsWith("#")) into.left.links += 1;
  return "";
}

// The level of a paragraph that Word shows as an item of a list; 0 of any other.
const levelOf = (style) => Number(/level(\d)/.exec(style["mso-list"] ?? "")?.[1] ?? 0);

function wordItem(into, node, level, marks) {
  const mark = [...node.querySelectorAll("*")].find((one) => /ignore/.test(styleOf(one)["mso-list"] ?? ""));
  const isNumbered = /^[^\p{L}\p{N}]?[\p{L}\p{N}]{1,5}[.)]/u.test(mark?.textContent.trim() ?? "");
  mark?.remove();
  into.itemAt(level, isNumbered ? "ol" : "ul", () => children(into, node, marks));
}

const count = (number, one, many) => (number === 1 ? `1 ${one}` : `${number} ${many}`);

// A sentence on what a text has no place for, and one on what was turned into something else; empty where nothing is.
function leftOut(left) {
  const gone = [
    left.pictures && count(left.pictures, "picture", "pictures"),
    left.struck && "words that were struck out",
    left.links && count(left.links, "link that leads to no page", "links that lead to no page"),
  ].filter(Boolean);
  const turned = [
    left.headings && "headings became paragraphs",
    left.tables && "rows of a table became lines, their cells parted by |",
  ].filter(Boolean);
  const became = `${turned.join("; ")}.`.replace(/^./, (letter) => letter.toUpperCase());
  return { gone: gone.length ? `Left out: ${gone.join(", ")}.` : "", turned: turned.length ? became : "" };
}

// The elements that a text keeps of what was pasted, and what became of the rest.
export function pasted(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  readRules(read);
  const into = new Pasted();
  children(into, read.body, { bold: false, italic: false, href: "" });
  while (into.levels) into.closeLevel();
  into.end();
  // Words that a box of plain words would be given otherwise.
  const differs = into.left.struck + into.left.raised > 0;
  return { root: into.root, differs, ...leftOut(into.left) };
}
