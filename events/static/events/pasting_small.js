// What stands high or low beside a word, and what else a text has no place for but as other characters: see pasting.js.
const UP = { "0": "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "+": "⁺", "-": "⁻", "−": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", n: "ⁿ", i: "ⁱ" };
const DOWN = { "0": "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉", "+": "₊", "-": "₋", "−": "₋", "=": "₌", "(": "₍", ")": "₎" };
const OF_EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u;
const AN_EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;

// 10⁶ and not 106: by characters of their own where there are such, else in brackets; 1st stays 1st.
export function written(text, how) {
  const own = how === "super" ? UP : DOWN;
  const letters = [...text.trim()];
  // What points to a note stands in brackets already.
  if (/^\[.*\]$/.test(text.trim())) return text;
  if (letters.length && letters.every((letter) => letter in own)) return letters.map((letter) => own[letter]).join("");
  return /\d/.test(text) ? `${how === "super" ? "^" : "_"}(${text.trim()})` : text;
}

// Whether all that is raised leads to a note, or is what a note is called by: 40 with note 1 is not 40¹.
export function isOfNote(node) {
  const link = node.closest("a[href*='#']") ?? node.querySelector("a[href*='#']");
  return link?.textContent.trim() === node.textContent.trim();
}

// The letter that a page shows as a picture, where it is one; else nothing.
export function emojiOf(node) {
  const said = node.matches("img") ? node.alt : "";
  return OF_EMOJI.test(said) && AN_EMOJI.test(said) ? said : "";
}

// Whether it shows the formula before it once more, for eyes alone.
export function repeatsFormula(node) {
  const before = node.getAttribute("aria-hidden") === "true" ? node.previousElementSibling : null;
  return Boolean(before?.matches("math") || before?.querySelector("math"));
}

// Of formulas, by their parts: what stands before, between and after them, and which of them stand high or low.
export const FORMULAS = {
  msup: [{}, { how: "super" }],
  msub: [{}, { how: "sub" }],
  msubsup: [{}, { how: "sub" }, { how: "super" }],
  mfrac: [{ isWhole: true }, { before: "/", isWhole: true }],
  mroot: [{ how: "super", at: 1 }, { before: "√", isWhole: true, at: 0 }],
  msqrt: [{ before: "√", isWhole: true }],
};

// In brackets where it is more than a number or a letter: 1/(2+x) and not 1/2+x.
export const needsBrackets = (node) => !/^\s*[\p{L}\p{N}.,]*\s*$/u.test(node.textContent);
