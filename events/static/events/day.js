// A day: what is ticked is counted on the buttons at its foot, a time is read while it is typed, and rows have keys.
// Without scripts each button is merely pressed, and says what it could not do.
import { areOn } from "./keys.js";

const form = document.querySelector("#day");
const foot = document.querySelector(".foot");
const rows = [...document.querySelectorAll("#rows tbody tr:not(.part)")];
const ticks = [...document.querySelectorAll("[name=ticked]")];

function count() {
  const chosen = ticks.filter((tick) => tick.checked);
  foot.classList.toggle("ticked", chosen.length > 0);
  foot.querySelector(".chosen").textContent = chosen.length ? `${chosen.length} selected` : "";
  for (const button of foot.querySelectorAll(".bulk [data-can]")) {
    const fit = chosen.filter((tick) => tick.dataset.can.split(" ").includes(button.dataset.can)).length;
    button.dataset.says ??= button.textContent.replace("…", "").trim();
    const of = fit < chosen.length ? `${fit} of ${chosen.length}` : `${fit}`;
    button.textContent = `${button.dataset.says} ${of}${button.dataset.more ?? ""}`;
    button.disabled = !fit;
  }
  const all = document.querySelector("#all");
  if (!all) return;
  all.checked = ticks.length > 0 && chosen.length === ticks.length;
  all.indeterminate = chosen.length > 0 && !all.checked;
}

function tickAll(on) {
  for (const tick of ticks) tick.checked = on;
  if (!on) for (const panel of foot.querySelectorAll(".panel")) panel.open = false;
  count();
}

// Ticks are nothing that was typed: nobody is asked whether to leave them, and they are not kept.
function hearTicks() {
  const all = document.querySelector(".all");
  if (all) all.hidden = false;
  document.querySelector(".clear").hidden = false;
  document.querySelector(".clear").addEventListener("click", () => tickAll(false));
  document.querySelector("#rows")?.addEventListener("input", (event) => event.stopPropagation());
  document.querySelector("#rows")?.addEventListener("change", (event) => {
    event.stopPropagation();
    if (event.target.id === "all") tickAll(event.target.checked);
    else count();
  });
}

// One panel at a time; Enter in it presses its own button.
function hearPanels() {
  const panels = [...foot.querySelectorAll(".panel")];
  for (const panel of panels) {
    panel.addEventListener("toggle", () => {
      if (!panel.open) return;
      for (const other of panels) if (other !== panel) other.open = false;
      panel.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        panel.open = false;
        panel.querySelector("summary").focus();
      }
      if (event.key !== "Enter" || !event.target.matches("input:not(.select2-search__field)")) return;
      event.preventDefault();
      panel.querySelector(".acts button").click();
    });
  }
}

function hearTime() {
  const line = document.querySelector("#add");
  if (!line) return;
  const when = line.querySelector("[name=wording]"), reading = document.querySelector("#reading");
  let timer = null, asked = 0;
  const read = async () => {
    const turn = ++asked;
    const answer = await fetch(`${line.dataset.read}?${new URLSearchParams({ wording: when.value })}`).catch(() => null);
    if (turn !== asked || !answer?.ok) return;
    const { sentence, is_wrong: isWrong } = await answer.json().catch(() => ({ sentence: "" }));
    reading.textContent = sentence;
    reading.classList.toggle("wrong", Boolean(isWrong));
  };
  when.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(read, 300); });
  if (when.value) read();
}

const rowOf = (element) => element.closest("#rows tbody tr:not(.part)");
const goTo = (row) => row?.querySelector(".hl").focus();

function move(row, by) {
  const buttons = [...(row?.querySelectorAll("[name=order]") ?? [])];
  buttons.find((button) => button.title === (by < 0 ? "Alt ↑" : "Alt ↓"))?.click();
}

const shown = (selector) => [...(foot?.querySelectorAll(selector) ?? [])].find((each) => each.checkVisibility() && !each.disabled);

// J, K, X, N and "." are heard within a row only, so that whoever speaks to their machine selects nothing by a word.
function hearKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.closest("#rows, .panel")) {
      (shown(".panel[open] .leading") ?? shown(".leading"))?.click();
    }
    if (event.key === "Escape" && form && !event.target.closest(".panel, textarea, .select2-container")) tickAll(false);
    const row = rowOf(event.target);
    if (!row || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (event.altKey) {
      if (!["arrowup", "arrowdown"].includes(key)) return;
      event.preventDefault();
      move(row, key === "arrowup" ? -1 : 1);
      return;
    }
    if (!areOn()) return;
    if (key === "j") goTo(rows[rows.indexOf(row) + 1]);
    else if (key === "k") goTo(rows[rows.indexOf(row) - 1]);
    else if (key === ".") shown("button, summary")?.focus();
    else if (key === "x") row.querySelector("[name=ticked]")?.click();
    else if (key === "n") {
      event.preventDefault();
      document.querySelector("#add [name=wording]")?.focus();
    }
  });
}

// What stands at one time can be dragged among itself: dropped on a row, it takes the place of that.
function hearDrags() {
  let dragged = null;
  const group = (row) => {
    const found = [row];
    const moves = (each, way) => each?.querySelector(`[name=order][title="Alt ${way}"]`);
    while (moves(found[0], "↑")) found.unshift(rows[rows.indexOf(found[0]) - 1]);
    while (moves(found.at(-1), "↓")) found.push(rows[rows.indexOf(found.at(-1)) + 1]);
    return found;
  };
  for (const row of rows.filter((each) => each.querySelector("[name=order]"))) {
    row.draggable = true;
    row.addEventListener("dragstart", () => { dragged = row; });
    row.addEventListener("dragend", () => { dragged = null; row.classList.remove("over"); });
    row.addEventListener("dragleave", () => row.classList.remove("over"));
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row || !group(dragged).includes(row)) return;
      event.preventDefault();
      row.classList.add("over");
    });
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const button = dragged.querySelector("[name=order]");
      button.value = `${button.value.split(":").slice(0, 2).join(":")}:${group(dragged).indexOf(row)}`;
      button.click();
    });
  }
}

if (form) {
  foot.classList.add("scripted");
  hearTicks();
  hearPanels();
  hearTime();
  hearDrags();
  count();
  // What is in the form since before is kept as if it had just been typed.
  if ("typed" in form.dataset) window.addEventListener("load", () => form.dispatchEvent(new Event("input")));
}
hearKeys();
// Where an address names a place, the browser leads there.
if (!location.hash && document.activeElement === document.body && matchMedia("(pointer: fine)").matches) goTo(rows[0]);
