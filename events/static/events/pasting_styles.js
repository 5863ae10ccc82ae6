// How what is pasted is styled, read as words: by the attributes of its elements, and by the rules that it brings along,
// as offices and sheets name a class where they mean bold. See pasting.js.
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const NO_RULES = /<!--|-->|\/\*[\s\S]*?\*\/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g;
const BLOCKS = "address,article,aside,body,caption,center,dd,details,dialog,div,dl,dt,fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hgroup,hr,legend,listing,main,nav,p,pre,search,section,summary,table";
const SHOWN_AS_BLOCK = /^(block|flex|grid|flow-root|list-item|table|table-caption)$/;
const AS_IT_IS = /^(pre|pre-wrap|pre-line|break-spaces)$/;
const NOTHING = /^0(\.0+)?(px|pt|em|rem|%)?$/;
const ruled = new WeakMap();

// Declarations by name, in small letters; what says "inherit" says nothing.
function declared(words) {
  const found = {};
  for (const one of words.split(";")) {
    const [name, ...rest] = one.split(":");
    const value = rest.join(":").replace(/!\s*important/i, "").trim().toLowerCase();
    if (value && value !== "inherit") found[name.trim().toLowerCase()] = value;
  }
  return found;
}

// Takes in the rules of a document, each over those before it.
export function readRules(page) {
  const sheets = [...page.querySelectorAll("style")].map((sheet) => sheet.textContent.replace(NO_RULES, " ")).join(" ");
  for (const [, which, words] of sheets.matchAll(RULE)) {
    for (const element of chosen(page, which)) ruled.set(element, { ...ruled.get(element), ...declared(words) });
  }
}

function chosen(page, which) {
  try {
    return page.querySelectorAll(which.trim());
  } catch {
    return [];
  }
}

export const styleOf = (element) => ({ ...ruled.get(element), ...declared(element.getAttribute("style") ?? "") });

export const isHidden = (element, style) =>
  element.hidden === true || style.display === "none" || style.visibility === "hidden" || style["mso-hide"] === "all" ||
  NOTHING.test(style["font-size"]) || NOTHING.test(style.opacity) || /comment-list/.test(style["mso-element"] ?? "");
export const isStruck = (style) => /line-through/.test(`${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`);

// Whether it stands on lines of its own.
export const isBlock = (element, style) =>
  SHOWN_AS_BLOCK.test(style.display) || (element.matches(BLOCKS) && style.display !== "inline" && style.display !== "contents");

// Whether blanks and ends of lines count in it.
export const isAsItIs = (element, style, was) =>
  style["white-space"] ? AS_IT_IS.test(style["white-space"]) : was || element.matches("pre,listing,xmp");

export function isBold(element, style, was) {
  const weight = style["font-weight"] ?? style.font?.match(/bold(er)?|\b[1-9]00\b/)?.[0] ?? "";
  if (/^(normal|lighter|bold|bolder|\d+)$/.test(weight)) return weight === "bold" || weight === "bolder" || Number.parseInt(weight, 10) >= 600;
  return was || element.matches("b,strong,th");
}

export function isItalic(element, style, was) {
  if (style["font-style"]) return /italic|oblique/.test(style["font-style"]);
  return was || /italic|oblique/.test(style.font) || element.matches("i,em,cite,dfn,var");
}

// Which way a piece of text stands off its line: "super", "sub" or neither. Some say by how much.
export function raised(element, style) {
  if (element.matches("sup")) return "super";
  if (element.matches("sub")) return "sub";
  const said = style["vertical-align"] ?? "";
  const by = Number.parseFloat(style["mso-text-raise"] ?? said);
  if (by && !element.matches("td,th,tr,img")) return by > 0 ? "super" : "sub";
  return /^(super|sub)$/.exec(said)?.[1] ?? "";
}
