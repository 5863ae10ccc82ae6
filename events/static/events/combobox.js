// Makes a text box with a <datalist> one that is chosen from by keyboard: the combobox of WAI-ARIA's Authoring Practices
// that completes from a list, where nothing is taken that was not chosen. Without scripts, the browser shows the
// datalist as well as it can, and the server understands or refuses what was typed.
const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/\s+/g, "_");

// Those where a part of the name begins with what is typed come first: “lis” is rather Lisbon than Tbilisi.
function matching(names, typed) {
  const begins = (name) => plain(name).split("/").some((part) => part.startsWith(typed)) || plain(name).startsWith(typed);
  const found = names.filter((name) => plain(name).includes(typed));
  return [...found.filter(begins), ...found.filter((name) => !begins(name))];
}

function combobox(box) {
  const names = [...box.list.options].map((option) => option.value);
  const list = document.createElement("ul");
  Object.assign(list, { id: `${box.id}-choices`, role: "listbox", hidden: true });
  list.setAttribute("aria-label", box.labels[0]?.textContent.replace(":", "").trim() ?? "Choices");
  box.removeAttribute("list");
  box.after(list);
  const given = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(given)) box.setAttribute(name, value);
  let active = -1;

  function point(at) {
    active = at;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === at));
    const option = list.children[at];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    list.replaceChildren(...(open ? matching(names, plain(box.value)) : []).map((name, n) => {
      const option = document.createElement("li");
      return Object.assign(option, { id: `${list.id}-${n}`, role: "option", textContent: name });
    }));
    list.hidden = !list.children.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
    point(-1);
  }

  function choose(option) {
    box.value = option.textContent;
    show(false);
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function step(by) {
    if (list.hidden) show(true);
    const count = list.children.length;
    // From none, down leads to the first and up to the last; from either end, round to the other.
    if (count) point(active < 0 ? (by > 0 ? 0 : count - 1) : (active + by + count) % count);
  }

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    // The only one that is left needs no arrow.
    const meant = list.children[active] ?? (list.children.length === 1 ? list.children[0] : null);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && !list.hidden && meant) choose(meant);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
  });
  box.addEventListener("input", () => show(box.value.trim() !== ""));
  box.addEventListener("blur", () => show(false));
  // Pressed, and not clicked: the box keeps the focus, and does not close the list first.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { if (event.target.role === "option") choose(event.target); });
}

for (const box of document.querySelectorAll(".combobox input[list]")) combobox(box);
