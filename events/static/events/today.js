// J and K go from line to line and "." presses its button, heard only within a line, so that whoever speaks to
// their machine presses nothing by a word. Without scripts all of it is reached by Tab.
import { areOn } from "./keys.js";

const lines = [...document.querySelectorAll(".line")];

function goTo(line) {
  line?.closest("details")?.setAttribute("open", "");
  line?.querySelector(".what a").focus();
}

document.addEventListener("keydown", (event) => {
  const line = event.target.closest(".line");
  if (!line || !areOn() || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "j") goTo(lines[lines.indexOf(line) + 1]);
  if (key === "k") goTo(lines[lines.indexOf(line) - 1]);
  if (key === "." && !event.repeat) line.querySelector(".button").click();
});

if (document.activeElement === document.body) goTo(lines.find((line) => !line.closest("details")));
