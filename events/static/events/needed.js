// What is needed is asked for at its field before anything is sent, as the server asks for it afterwards. Forms that
// let browsers ask do so by themselves; of a day each button needs something else.
const NEEDED = "This field is required.";

const isLooked = (form, button) =>
  form.noValidate && form.matches("#content-main > form, .ask") && form.id !== "day" && !button?.formNoValidate && !button?.formTarget;

// What stands for a field that another script put a box in the place of.
const shown = (field) => (field.matches(".select2-hidden-accessible") ? field.nextElementSibling?.querySelector("[tabindex='0']") : field) ?? field;

function ask(field) {
  const row = field.closest(".form-row, .fieldBox") ?? field.closest("div, p");
  if (row.querySelector(":scope > .errorlist")) return;
  const list = document.createElement("ul");
  list.className = "errorlist";
  list.setAttribute("role", "alert");
  list.append(document.createElement("li"));
  list.firstChild.textContent = NEEDED;
  row.prepend(list);
  field.closest("details")?.setAttribute("open", "");
  // The box of a choice says so by jQuery alone.
  row.addEventListener("change", () => list.remove(), { once: true });
  window.django?.jQuery(row).one("select2:select", () => list.remove());
}

document.addEventListener("submit", (event) => {
  if (!isLooked(event.target, event.submitter)) return;
  const missing = [...event.target.elements].filter((field) => field.validity?.valueMissing);
  if (!missing.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (const field of missing) ask(field);
  shown(missing[0]).focus();
}, true);
