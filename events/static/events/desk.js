// Two things that the pages of the desk cannot do by themselves. Without scripts, both are merely missing.
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
}

if (form) {
  askBeforeLeaving();
  nameBoxes();
  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
}
