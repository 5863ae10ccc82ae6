// The verbs act on what is saved: ask before words that were typed and not saved are left behind.
const form = document.querySelector("#content-main > form");
let touched = false;
if (form) {
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => { touched = true; });
  for (const verb of document.querySelectorAll("form.verb")) {
    verb.addEventListener("submit", (event) => {
      if (touched && !window.confirm("You have changes that are not saved, and this would lose them. Go on?")) {
        event.preventDefault();
      }
    });
  }
}
