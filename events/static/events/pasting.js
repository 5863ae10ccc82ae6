// What is pasted is read here, whatever the program that it came from wrote it with: a text keeps emphasis by tags or
// by style, lists, quotations and links. The rest is left out, and said. See docs/decisions/0035 and pasting_into.js.
//
// The page lets no style act (see its Content-Security-Policy); here they are read as words.
import { Cell, Pasted, trimmed } from "./pasting_built.js";
import { FORMULAS, emojiOf, isOfNote, needsBrackets, repeatsFormula, written } from "./pasting_small.js";
import { isAsItIs, isBlock, isBold, isHidden, isItalic, isStruck, raised, readRules, styleOf } from "./pasting_styles.js";

const DROPPED = "script,style,meta,link,title,head,noscript,template,object,iframe,embed,annotation,annotation-xml,input,button,select,textarea";
const PICTURES = "img,svg,picture,video,audio,canvas,figure > img";
const STRUCK = "s,strike,del";
const LISTS = "ul,ol,menu,dir";
const HEADINGS = "h1,h2,h3,h4,h5,h6";

function walk(into, node, marks) {
  if (node.nodeType === Node.TEXT_NODE) return say(into, node.data, marks);
  if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
  const style = styleOf(node);
  if (node.matches(`${DROPPED},.msocomanchor,.msocomoff`) || isHidden(node, style) || repeatsFormula(node)) return undefined;
  if (emojiOf(node)) return into.text(emojiOf(node), marks);
  if (node.matches(PICTURES)) return void (into.left.pictures += 1);
  if (node.matches(STRUCK) || isStruck(style)) return void (into.left.struck += node.textContent.trim() ? 1 : 0);
  const asItIs = isAsItIs(node, style, marks.asItIs);
  return walkElement(into, node, style, { ...marks, asItIs, bold: isBold(node, style, marks.bold), italic: isItalic(node, style, marks.italic) });
}

// Blanks as a page shows them: many are one, and an end of a line is one, but where each counts.
function say(into, words, marks) {
  if (marks.asItIs) {
    words.split(/\r\n?|\n/).forEach((line, at) => {
      if (at) breakLine(into, marks);
      into.text(line, marks);
    });
    return;
  }
  const one = words.replace(/[ \t\n\r\f]+/g, " ");
  into.text(/[ \n]$/.test(into.runs.at(-1)?.words ?? "\n") ? one.replace(/^ /, "") : one, marks);
}

function walkElement(into, node, style, marks) {
  const how = raised(node, style);
  if (how) return raise(into, node, how, marks);
  if (node.matches("br")) return breakLine(into, marks);
  if (node.matches(LISTS)) return list(into, node, marks);
  if (node.matches("li")) return item(into, node, marks);
  if (node.matches("blockquote")) return into.wrapped("blockquote", () => children(into, node, marks));
  if (isRow(node, style)) return row(into, node, marks);
  if (node.matches("q")) return quoted(into, node, marks);
  if (node.localName in FORMULAS) return formula(into, node, marks);
  const level = levelOf(style);
  if (level) return wordItem(into, node, level, marks);
  if (node.matches(HEADINGS) && node.textContent.trim()) into.left.headings += 1;
  if (node.matches("table")) into.left.tables += 1;
  const within = node.matches("a[href]") ? { ...marks, href: leading(into, node) } : marks;
  return isBlock(node, style) ? block(into, node, within) : children(into, node, within);
}

function children(into, node, marks) {
  for (const child of node.childNodes) walk(into, child, marks);
}

function block(into, node, marks) {
  const isParagraph = node.matches(`p,${HEADINGS}`) && node.textContent.trim();
  while (isParagraph && into.levels) into.closeLevel();
  into.end();
  children(into, node, { ...marks, bold: marks.bold && !node.matches(HEADINGS) });
  into.end();
}

// Two breaks one after the other part paragraphs, as they look.
function breakLine(into, marks) {
  if (into.runs.at(-1)?.words === "\n") return into.end();
  return into.text("\n", marks);
}

// Some write each item as a list of its own, and say how deep it lies.
function list(into, node, marks) {
  const said = Number(node.querySelector(":scope > li")?.getAttribute("aria-level") ?? 0);
  const inside = () => {
    if (node.matches("ol[start], ol[reversed]")) into.counted(node.hasAttribute("reversed") ? NaN : Number(node.getAttribute("start")));
    into.wrapped(node.matches("ol") ? "ol" : "ul", () => children(into, node, marks));
  };
  into.end();
  if (isList(into.place)) return withinItem(into, inside, () => children(into, node, marks));
  return below(into, said - depthOf(node), inside);
}

// A list that stands in a list, and in no item of it, is of the item before; where there is none, it is that list.
function withinItem(into, inside, goOn) {
  const last = into.place.lastElementChild;
  if (!last) return goOn();
  into.within.push(last);
  inside();
  return void into.within.pop();
}

// What `inside` adds, as many levels below the last item that there is.
function below(into, levels, inside) {
  const before = into.place.lastElementChild;
  const last = before && isList(before) ? before.lastElementChild : null;
  if (levels <= 0 || !last) return inside();
  into.within.push(last);
  below(into, levels - 1, inside);
  return void into.within.pop();
}

const isList = (element) => /^[uo]l$/.test(element.localName);
const depthOf = (node) => (node ? node.matches(LISTS) + depthOf(node.parentElement) : 0);

function item(into, node, marks) {
  const inList = isList(into.place);
  const isOther = node.hasAttribute("value") && Number(node.getAttribute("value")) !== into.place.children.length + 1;
  if (isOther && into.place.localName === "ol") into.left.numbers += 1;
  if (inList) return into.wrapped("li", () => children(into, node, marks));
  return into.wrapped("ul", () => into.wrapped("li", () => children(into, node, marks)));
}

// A page puts marks about it that are no letters of it.
function quoted(into, node, marks) {
  into.text("“", marks);
  children(into, node, marks);
  into.text("”", marks);
}

// What stands high or low is read as any other words are, and then written in characters of its own.
function raise(into, node, how, marks) {
  const own = new Cell(into.left);
  children(own, node, marks);
  const before = own.runs.map(({ words }) => words).join("");
  const words = before.trim() && isOfNote(node) ? `[${before.trim().replace(/^\[|\]$/g, "")}]` : written(before, how);
  into.left.raised += words === before ? 0 : 1;
  into.text(words, own.runs[0] ?? marks);
}

// Of formulas: 10⁶ and not 106, 1/2 and not 12.
function formula(into, node, marks) {
  const parts = node.matches("msqrt") ? [node] : [...node.children];
  FORMULAS[node.localName].forEach(({ before = "", how = "", isWhole = false, at }, place) => {
    const part = parts[at ?? place];
    if (part && how) return raise(into, part, how, marks);
    if (part) partOf(into, part, before, isWhole && needsBrackets(part), marks);
  });
}

function partOf(into, part, before, inBrackets, marks) {
  into.text(`${before}${inBrackets ? "(" : ""}`, marks);
  if (part.localName in FORMULAS && !part.matches("msqrt")) walk(into, part, marks);
  else children(into, part, marks);
  into.text(inBrackets ? ")" : "", marks);
}

const isRow = (node, style) => node.matches("tr,[role=row]") || style.display === "table-row";

// A row of a table is a paragraph, its cells parted; one without a word is none.
function row(into, node, marks) {
  into.end();
  if (!node.textContent.trim()) return;
  [...node.children].forEach((cell, at) => {
    if (at) into.text(" | ", {});
    const own = new Cell(into.left);
    walk(own, cell, { ...marks, asItIs: false });
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
  const said = mark?.textContent.trim() ?? "";
  const isNumbered = /^[^\p{L}\p{N}]?[\p{L}\p{N}]{1,5}[.)]/u.test(said);
  mark?.remove();
  into.itemAt(level, isNumbered ? "ol" : "ul", () => children(into, node, marks));
  const number = Number(/^\(?(\d+)[.)]/.exec(said)?.[1] ?? NaN);
  if (number && into.place.localName === "ol" && number !== into.place.children.length) into.left.numbers += 1;
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
    left.numbers && "numbers of a list became 1, 2, 3",
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
