// What the pages of the desk cannot do by themselves. Without scripts, it is merely missing.
const form = document.querySelector("#content-main > form");

// Ask before words that were typed and not sent are left behind: by a verb, which acts on what is saved, or by a link.
function askBeforeLeaving() {
  // After a refusal, or where it is offered again, what the fields hold was typed before, and is not saved.
  const typed = new Set(document.querySelector(".errornote, .offer") ? [form] : []);
  // The box that a script searches with has no name, and says nothing of a choice but by jQuery.
  const touch = (event) => { if (event.target.name) typed.add(event.target.form); };
  for (const kind of ["input", "change"]) document.addEventListener(kind, touch);
  window.django?.jQuery(document).on("select2:select select2:unselect", touch);
  // Verbs may be drawn anew while the page is open.
  document.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent !== form && !sent.matches(".verb")) return;
    const lost = "You have changes that are not saved, and this would lose them. Go on?";
    if (sent !== form && typed.has(form) && !window.confirm(lost)) event.preventDefault();
    else if (event.submitter?.formTarget !== "_blank") typed.clear();
  });
  form.addEventListener("unsent", () => typed.add(form));
  window.addEventListener("beforeunload", (event) => {
    if ([...typed].some((each) => each === form || each?.matches(".verb"))) event.preventDefault();
  });
}

// A field that another script put a box in the place of is not to be seen, and neither is the focus on it.
function focusOn(field) {
  const box = field?.classList.contains("select2-hidden-accessible") && field.nextElementSibling?.querySelector("[tabindex='0'], input");
  (box || field)?.focus();
}

function showFocus() {
  if (document.activeElement?.matches("select.select2-hidden-accessible")) focusOn(document.activeElement);
}

// A row that was added is begun with its first field.
document.addEventListener("formset:added", (event) => {
  focusOn(event.target.querySelector("select, textarea, input:not([type=hidden])"));
});

// Of a field that stands in rows, the head of its column.
function labelOf(box) {
  const cell = box.closest(".tabular td");
  return cell ? cell.closest("table").querySelectorAll("thead th")[cell.cellIndex] : box.closest(".form-row")?.querySelector("label");
}

// The boxes that other scripts put in the place of a field have no name for those who cannot see its label.
function nameBoxes() {
  for (const box of document.querySelectorAll(".tiptap:not([aria-label]), .select2-search__field:not([aria-label])")) {
    const label = box.closest(".form-row")?.querySelector("label");
    box.setAttribute("aria-label", label ? label.textContent.replace(":", "").trim() : "Search");
  }
  // An empty one of a single choice is called after nothing.
  for (const box of document.querySelectorAll(".select2-selection--single:not([data-named])")) {
    const label = labelOf(box);
    if (!label) continue;
    label.id ||= `label-${label.htmlFor || box.getAttribute("aria-labelledby")}`;
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

function bringUp() {
  nameBoxes();
  nameCells();
  showFocus();
}

// One “×” that takes away all of several is a slip of the finger from losing them; each has its own.
for (const choice of document.querySelectorAll("select.admin-autocomplete[multiple]")) choice.dataset.allowClear = "false";

if (form) {
  askBeforeLeaving();
  bringUp();
  new MutationObserver(bringUp).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", showFocus);
}
