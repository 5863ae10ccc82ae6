// Whoever is signed out while a page is open signs in beside it, in a window that closes itself, and goes on: what they
// sent meanwhile is sent then. What this browser keeps of unsaved words is of who is signed in, and for a day.
import * as notes from "./notes.js";

const door = document.querySelector("[data-sign-in]");
const EVERY = 15000, WINDOW = "popup,width=480,height=720";

// The server says of which page it has saved what was typed: that is kept here no longer.
function letGo() {
  const saved = document.cookie.match(/(?:^|; )saved=([0-9a-f-]+)/)?.[1];
  if (saved) notes.drop(saved);
}

function watch({ token, who, person }) {
  const told = door.querySelector("p"), link = door.querySelector("a"), signedOut = told.textContent, signIn = link.href;
  let looked = Date.now(), pressed = null, wasSent = false;

  async function look() {
    looked = Date.now();
    const now = await fetch(token).then((answer) => answer.json()).catch(() => null);
    // Without a connection nobody knows.
    if (!now) return;
    if (now.signed_in && now.who === who) {
      goOn(now.token);
      return;
    }
    told.textContent = now.signed_in ? `${now.who} is signed in now, and this is a page of ${who}: sign in as ${who} to go on.` : signedOut;
    // Who is signed in already would be led on by the page of signing in.
    link.href = now.signed_in ? `${signIn}&anew=1` : signIn;
    door.hidden = false;
  }

  // Whoever signs in is given another token against forgery, without which nothing of this page would be taken.
  function goOn(fresh) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
    door.hidden = true;
    document.dispatchEvent(new Event("desk:signed-in"));
    const [form, button] = pressed ?? [];
    pressed = null;
    form?.requestSubmit(button);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post") return;
    if (form.matches("[action$='/logout/']")) {
      notes.dropAllOf(person);
      return;
    }
    wasSent = true;
    if (door.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = [form, event.submitter];
    window.open(link.href, "sign-in", WINDOW);
  }, true);
  // A part of the page was asked for, and refused.
  document.addEventListener("htmx:responseError", async ({ detail }) => {
    await look();
    const button = detail.requestConfig.triggeringEvent?.submitter;
    if (!door.hidden && button) pressed = [button.form, button];
  });
  document.addEventListener("desk:doubt", look);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => { if (target.form && Date.now() - looked > EVERY) look(); });
  }
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === window.location.origin && data?.chronicle === "signed in") look();
  });
  window.addEventListener("focus", look);
  // What was sent stands otherwise on the server now.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && wasSent) window.location.reload();
    else if (persisted) look();
  });
}

notes.tidy();
letGo();
if (door) watch(door.dataset);
