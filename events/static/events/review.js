// Keys for what a moderator does most, heard only within what is read, so that whoever speaks to their machine
// decides nothing by a word. Without scripts each button is merely pressed, and the next page comes whole.
import { areOn, isTyping } from "./keys.js";

const item = () => document.getElementById("item");

const openPanel = () => document.querySelector(".decide details[open]:has(.panel)");

function open(selector) {
  const panel = document.querySelector(selector);
  if (!panel) return;
  close();
  panel.open = true;
  panel.querySelector("[type=radio], select").focus();
}

// Reasons count from 1, and what becomes of the event goes on where they end.
function choose(number) {
  const panel = document.querySelector(".rejecting[open]");
  const choice = panel?.querySelectorAll("[type=radio]")[number - 1];
  if (!choice) return;
  choice.checked = true;
  panel.querySelector(choice.value === "withdraw" ? "[name=fate_reason]" : "[name=words]").focus();
}

function close() {
  const panel = openPanel();
  if (!panel) return;
  panel.open = false;
  item().focus({ preventScroll: true });
}

const press = (selector) => document.querySelector(selector)?.click();

const KEYS = {
  a: () => press("button.approve"),
  r: () => open(".rejecting"),
  c: () => press(".claiming button"),
  h: () => open(".handing"),
  s: () => press("a.skip"),
  j: () => press("a.skip"),
  k: () => press("a.before"),
  u: () => press(".undo button"),
};

document.addEventListener("keydown", (event) => {
  if (!event.target.closest("#item")) return;
  if (event.key === "Escape") close();
  if (event.key === "Enter" && event.ctrlKey && !event.repeat) {
    press(openPanel() ? "details[open] .panel [type=submit]" : "button.approve");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target) || !areOn()) return;
  if (/^[1-9]$/.test(event.key)) choose(Number(event.key));
  KEYS[event.key.toLowerCase()]?.();
});

// What was typed about one thing and not sent is there again when it is read again, and is not left without a word.
const typed = new Map();
const aboutOf = (form) => form && ["citation", "medium", "proposal"].map((name) => form.elements[name]).find(Boolean);
const keyOf = (field) => [aboutOf(field.form).name, aboutOf(field.form).value, field.form.className, field.name].join(" ");
let sending = false;
const isWords = (key) => / (words|hand-words|fate_reason)$/.test(key) && typed.get(key).trim();

function putBack() {
  for (const field of document.querySelectorAll("#reviewing :is(textarea, select, [type=radio], [type=text])")) {
    if (!aboutOf(field.form) || !typed.has(keyOf(field))) continue;
    if (field.type === "radio") field.checked = field.value === typed.get(keyOf(field));
    else field.value = typed.get(keyOf(field));
    field.closest(".decide details")?.setAttribute("open", "");
  }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => { if (aboutOf(target.form)) typed.set(keyOf(target), target.value); });
}
document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, xhr } }) => {
  // What was sent is done, or comes back with why not.
  if (requestConfig.verb === "post" && xhr.status === 200) typed.clear();
});
for (const kind of ["htmx:afterSettle", "htmx:historyRestore", "htmx:historyCacheMissLoad"]) document.addEventListener(kind, putBack);
document.addEventListener("htmx:sendError", () => {
  const said = document.querySelector("#reviewing .said"), told = document.createElement("p");
  said.querySelector("[role=alert]")?.remove();
  told.setAttribute("role", "alert");
  told.textContent = "There is no connection: nothing was sent. What you typed is still here.";
  said.prepend(told);
});
document.addEventListener("submit", () => { sending = true; });
document.addEventListener("htmx:afterRequest", () => { sending = false; });
window.addEventListener("beforeunload", (event) => { if (!sending && [...typed.keys()].some(isWords)) event.preventDefault(); });

// What is read next is where the focus is, so that a reader of screens begins with it and keys are heard.
document.body.addEventListener("htmx:afterSettle", () => item()?.focus({ preventScroll: true }));
if (document.activeElement === document.body) item()?.focus({ preventScroll: true });
