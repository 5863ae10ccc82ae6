// What the pages of media cannot do by themselves. Without scripts, it is merely missing.

// What a file says of itself goes into its field by a button beside it.
for (const button of document.querySelectorAll("button.take")) {
  const field = document.querySelector(`[name="${button.dataset.field}"]`);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.value = button.dataset.value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    field.focus();
  });
}

// All of a grid are chosen at once.
const tickAll = document.querySelector("[data-tick-all]");
if (tickAll) {
  tickAll.closest("[hidden]").hidden = false;
  tickAll.addEventListener("change", () => {
    for (const box of document.querySelectorAll("[name=_selected_action]")) box.checked = tickAll.checked;
  });
}
