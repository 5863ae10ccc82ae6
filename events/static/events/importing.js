// Keys of the rows of an import, heard only within a row and off while typing: J and K go on and back, X takes or leaves,
// M joins to the next, Shift M opens the places to split at. Without scripts all of it is reached by Tab.
import { areOn, isTyping } from "./keys.js";

const rows = () => [...document.querySelectorAll(".psg")].filter((row) => !row.closest("details:not([open])"));

function goTo(row) {
  row?.querySelector("input[type=checkbox]:enabled, input, button, summary").focus();
}

const keys = {
  j: (row, all) => goTo(all[all.indexOf(row) + 1]),
  k: (row, all) => goTo(all[all.indexOf(row) - 1]),
  x: (row) => row.querySelector(".no input:enabled")?.click(),
  m: (row) => row.querySelector("[name=join]")?.click(),
  M: (row) => {
    const cuts = row.querySelector(".cuts:has([name=split])");
    if (!cuts) return row.querySelector("[name=split]")?.focus();
    cuts.open = true;
    return cuts.querySelector("button").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const row = event.target.closest(".psg");
  if (!row || !areOn() || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = event.key === "M" || event.key.length > 1 ? event.key : event.key.toLowerCase();
  keys[key]?.(row, rows());
});
