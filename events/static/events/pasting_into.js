// What is pasted or dropped goes into texts as they can hold it, and into boxes of plain words as it was meant: see pasting.js.
import { pasted } from "./pasting.js";

// What a text of ours is made of: see events/prose_field.py.
const OURS = "p,br,strong,em,a,ul,ol,li,blockquote";
const NO_FILES = "Left out: a file. Pictures and documents are added under Media.";
const BOXES = "textarea, input[type=text]";

// The words alone of what was read: a paragraph a line with an empty one between them, items with their marks.
function wordsOf(root) {
  return [...root.children].map((each) => {
    if (each.matches("ul,ol")) return itemsOf(each).join("\n");
    return each.matches("blockquote") ? wordsOf(each) : lineOf(each);
  }).join("\n\n");
}

function itemsOf(list) {
  return [...list.children].flatMap((item, at) => {
    const own = [...item.children].filter((each) => !each.matches("ul,ol")).map(lineOf).join(" ");
    const below = [...item.querySelectorAll(":scope > ul, :scope > ol")].flatMap(itemsOf);
    return [`${list.localName === "ol" ? `${at + 1}.` : "•"} ${own}`, ...below.map((line) => `  ${line}`)];
  });
}

const lineOf = (node) => [...node.childNodes].map((each) => (each.localName === "br" ? "\n" : each.data ?? lineOf(each))).join("");

// Under a field, what was left out of what was pasted there last.
function say(field, sentence) {
  const there = field.nextElementSibling?.matches(".left-out") ? field.nextElementSibling : null;
  if (!there && !sentence) return;
  const place = there ?? document.createElement("p");
  place.className = "help left-out";
  place.setAttribute("role", "status");
  if (!there) field.after(place);
  place.textContent = sentence;
}

const fieldOf = (editor) => editor.closest(".prose-editor") ?? editor.parentElement;

function intoText(editor, event, html) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const { root, gone, turned } = pasted(html);
  editor.editor.view.pasteHTML(root.innerHTML);
  say(fieldOf(editor), [gone, turned].filter(Boolean).join(" "));
}

// A box that holds so many characters takes no more, and browsers say nothing of the rest.
function cut(box, words) {
  const room = box.maxLength < 0 ? words.length : box.maxLength - box.value.length + (box.selectionEnd - box.selectionStart);
  return words.length > room ? `Left out: the end, as this holds ${box.maxLength} characters at most.` : "";
}

// What a program offers as plain words will do, but where it has lost what stood high or low or was struck out.
function intoBox(box, event, html, plain) {
  const read = html ? pasted(html) : { gone: "", differs: false };
  const words = read.differs ? wordsOf(read.root) : plain;
  say(box, [read.gone, cut(box, words)].filter(Boolean).join(" "));
  if (!read.differs) return;
  event.preventDefault();
  document.execCommand("insertText", false, box.matches("textarea:not([rows=\"1\"])") ? words : words.replace(/\s+/g, " "));
}

// What was copied from a text of ours is of its format already; other editors of its making say the same of theirs.
function isOurs(html) {
  if (!/data-pm-slice/.test(html)) return false;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return !body.querySelector(`:not(${OURS}), [style], [start], a:not([href^="http"])`);
}

// What is offered to a text or a box, and under which field to say what was left out of it.
function offered(event, data) {
  const [html, plain] = ["text/html", "text/plain"].map((kind) => data?.getData(kind) ?? "");
  const editor = event.target.closest?.(".ProseMirror");
  const box = event.target.matches?.(BOXES) ? event.target : null;
  const isFile = !html && !plain && Boolean(data?.files.length);
  return { html, plain, editor, box, field: editor ? fieldOf(editor) : box, isFile };
}

function take(event, { html, plain, editor, box, field, isFile }) {
  if (field && isFile) say(field, NO_FILES);
  else if (editor?.editor && html && !isOurs(html)) intoText(editor, event, html);
  else if (editor) say(field, "");
  else if (box) intoBox(box, event, html, plain);
}

// What is dropped goes where it is let go, and not where one wrote last.
function pointAt({ clientX, clientY }, { editor, box }) {
  if (editor?.editor) {
    const { view, commands } = editor.editor;
    const at = view.posAtCoords({ left: clientX, top: clientY });
    if (at) commands.setTextSelection(at.pos);
    view.focus();
  } else if (box) {
    const at = document.caretPositionFromPoint?.(clientX, clientY);
    box.focus();
    if (at?.offsetNode === box) box.setSelectionRange(at.offset, at.offset);
  }
}

document.addEventListener("paste", (event) => take(event, offered(event, event.clipboardData)), { capture: true });
document.addEventListener("drop", (event) => {
  const found = offered(event, event.dataTransfer);
  // What is moved within a text stays as it is.
  if (!found.field || found.editor?.editor?.view.dragging) return;
  if (found.isFile) event.preventDefault();
  else pointAt(event, found);
  take(event, found);
}, { capture: true });
// A browser would open a file that is dropped there, in the place of the page.
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files") && event.target.closest?.(`.ProseMirror, ${BOXES}`)) event.preventDefault();
}, { capture: true });
