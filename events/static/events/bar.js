// Keys that are heard on every page of the desk; without scripts all that they do is reached by Tab.
// Whoever speaks to their machine can have it listen to no single letter: “?” says where.
import { areOn, isTyping, turn } from "./keys.js";

const keys = document.querySelector("#all-keys");
const GOES_TO = { t: "", r: "review/", d: "events/day/", e: "events/event/" };
let goes = false;

const desk = () => document.querySelector("#branding a, #site-name a")?.getAttribute("href") || "/desk/";

// The row whose link has the focus, or the first one, and from there so many on.
function move(by) {
  const rows = [...document.querySelectorAll("#result_list tbody th a, #result_list tbody td.field-__str__ a")];
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

const KEYS = {
  "?": () => keys?.showModal(),
  g: () => { goes = true; },
  j: () => move(1),
  k: () => move(-1),
  v: () => document.querySelector(".views a, .views summary")?.focus(),
  "/": () => document.querySelector("#searchbar")?.focus(),
};

function find(event) {
  const box = document.querySelector("#find-box");
  if (!box) return;
  event.preventDefault();
  box.closest("details")?.setAttribute("open", "");
  box.focus();
  box.select();
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) return find(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!areOn() || isTyping(event.target) || event.target.closest("dialog")) return;
  // What is read in Review has keys of its own.
  const key = event.key.toLowerCase();
  if (goes && key in GOES_TO) location.href = desk() + GOES_TO[key];
  else if (key in KEYS && (key === "?" || key === "g" || !event.target.closest("#item"))) {
    event.preventDefault();
    KEYS[key]();
    if (key === "g") return;
  }
  goes = false;
});

document.querySelector(".ask-keys")?.addEventListener("click", (event) => {
  if (!keys) return;
  event.preventDefault();
  keys.showModal();
});

const single = document.querySelector("#single-keys");
if (single) {
  single.checked = areOn();
  single.addEventListener("change", () => turn(single.checked));
}
