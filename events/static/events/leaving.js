// Asks before words that were typed into any form of the desk and not sent are left behind. Forms of rows are looked
// after by desk.js besides, and Review has its own way, as there a page goes on without being left.
const typed = new Set();
const WORDS = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=password])";
const isKept = (form) => form?.getAttribute("method") === "post" && !form.closest("#reviewing, .signing");

document.addEventListener("input", ({ target }) => {
  if (target.name && target.matches(WORDS) && isKept(target.form)) typed.add(target.form);
});
document.addEventListener("submit", ({ target }) => { typed.delete(target); });
window.addEventListener("beforeunload", (event) => {
  if ([...typed].some((form) => form.isConnected)) event.preventDefault();
});
// What was refused, or is offered, is in its form again, and is sent no more than before.
for (const form of document.querySelectorAll("form:has(.errorlist), form[data-typed]")) if (isKept(form)) typed.add(form);
