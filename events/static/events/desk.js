// What the pages of the desk cannot do by themselves. Without scripts, it is merely missing.
const form = document.querySelector("#content-main > form");

// The verbs act on what is saved: ask before words that were typed and not saved are left behind.
function askBeforeLeaving() {
  let touched = false;
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => { touched = true; });
  for (const verb of document.querySelectorAll("form.verb")) {
    verb.addEventListener("submit", (event) => {
      if (touched && !window.confirm("You have changes that are not saved, and this would lose them. Go on?")) {
        event.preventDefault();
      }
    });
  }
}

// The boxes that other scripts put in the place of a field have no name for those who cannot see its label.
function nameBoxes() {
  for (const box of document.querySelectorAll(".tiptap:not([aria-label]), .select2-search__field:not([aria-label])")) {
    const label = box.closest(".form-row")?.querySelector("label");
    box.setAttribute("aria-label", label ? label.textContent.replace(":", "").trim() : "Search");
  }
  // An empty one of a single choice is called after nothing.
  for (const box of document.querySelectorAll(".select2-selection--single:not([data-named])")) {
    const label = box.closest(".form-row")?.querySelector("label");
    if (!label) continue;
    label.id ||= `label-${label.htmlFor}`;
    box.dataset.named = "";
    box.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby")}`);
  }
}

// Fields that stand in rows are labelled by the head of their column, which only eyes can see.
function nameCells() {
  for (const table of document.querySelectorAll(".tabular table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const cell of table.querySelectorAll("tbody td:not(.original)")) {
      const field = cell.querySelector("input:not([type=hidden]):not([aria-label]), select:not([aria-label])");
      field?.setAttribute("aria-label", heads[cell.cellIndex]);
    }
  }
}

function nameAll() {
  nameBoxes();
  nameCells();
}

// One “×” that takes away all of several is a slip of the finger from losing them; each has its own.
for (const choice of document.querySelectorAll("select.admin-autocomplete[multiple]")) choice.dataset.allowClear = "false";

if (form) {
  askBeforeLeaving();
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}
