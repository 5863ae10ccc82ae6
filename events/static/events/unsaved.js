// What is typed into the form of a page is kept every few seconds, and when the page is left; who else has it open
// is told. Without a connection it stays in this browser for a day, until it can be sent.
const told = document.querySelector("[data-unsaved]");
const door = document.querySelector("[data-sign-in]");
const form = document.querySelector("#content-main > form");
const EVERY = 3000, SOON = 2000, HERE = 15000, DAY = 24 * 3600 * 1000, BEACON = 60000;
const PAGES = ["csrfmiddlewaretoken", "once"];

function typedIn() {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!PAGES.includes(name) && typeof value === "string") typed.append(name, value);
  }
  return typed.toString();
}

// What another day left, and what belongs to nobody who is signed in here, goes.
function tidy(name) {
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith("unsaved:"))) {
    const { at } = JSON.parse(localStorage[key]);
    const whose = key.split(":")[1];
    if (Date.now() - at > DAY || whose !== name.split(":")[1]) delete localStorage[key];
  }
}

function keep({ address, person, who, url, token }) {
  const name = `unsaved:${person}:${address}`;
  const tab = form.elements.tab.value;
  let dirty = false, typed = false, sent = false, known = false, timer = null;
  const say = (sentence) => { told.textContent = sentence; };

  async function send(words, { leaving = false, gone = false } = {}) {
    const body = new URLSearchParams({ address, tab, ...(words && { typed: words }), ...(gone && { gone }) });
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const asked = { method: "POST", headers, body, redirect: "manual" };
    const answer = await fetch(url, { ...asked, keepalive: leaving && body.toString().length < BEACON });
    if (answer.type === "opaqueredirect" || answer.status === 403) throw new Error("signed out");
    if (answer.status === 413) return { sentence: (await answer.json()).sentence };
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function tell({ others = [], again = false, sentence = "" }, kept) {
    const said = [sentence || (kept ? `Kept before it is saved, ${new Date().toTimeString().slice(0, 5)}.` : "")];
    if (others.length) said.push(`${others.join(", ")} ${others.length > 1 ? "have" : "has"} this open too.`);
    if (again) said.push("You have this open in another tab or window too: each keeps its own words.");
    say(said.filter(Boolean).join(" "));
  }

  async function now(options) {
    clearTimeout(timer);
    timer = null;
    if (sent || !dirty) return;
    const words = typedIn();
    dirty = false;
    try {
      tell(await send(words, options), true);
      delete localStorage[name];
    } catch (refused) {
      dirty = true;
      localStorage[name] = JSON.stringify({ at: Date.now(), words });
      door.hidden = refused.message !== "signed out";
      say(door.hidden
        ? "There is no connection. What you type is kept in this browser until there is one."
        : "You are signed out. What you type is kept in this browser; once you have signed in, go on and save.");
      timer ??= setTimeout(now, EVERY);
    }
  }

  // Whoever signs in is given another token against forgery, without which nothing of this page would be taken.
  async function signedIn() {
    if (door.hidden) return;
    const answer = await fetch(token).then((found) => found.json());
    if (!answer.signed_in) return;
    if (answer.who !== who) {
      say(`${answer.who} is signed in now, and this was typed by ${who}: sign in as ${who} to save it.`);
      return;
    }
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = answer.token;
    door.hidden = true;
    await now();
  }

  function touched() {
    dirty = typed = true;
    timer ??= setTimeout(now, EVERY);
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, touched);
  window.django?.jQuery(form).on("select2:select select2:unselect", touched);
  window.addEventListener("message", ({ origin, data }) => {
    if (origin === window.location.origin && data?.chronicle === "signed in") signedIn();
  });
  window.addEventListener("focus", signedIn);
  form.addEventListener("submit", () => { sent = true; delete localStorage[name]; });
  // A page that is left without a word is open no longer.
  window.addEventListener("pagehide", () => { if (known && !typed && !sent) send("", { leaving: true, gone: true }).catch(() => {}); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) now({ leaving: true }); });
  window.addEventListener("pageshow", () => { sent = false; });
  const here = () => { known = true; send("").then((answer) => tell(answer, false), () => {}); };
  setInterval(() => { if (!sent && !document.hidden && !dirty) here(); }, HERE);

  tidy(name);
  const left = localStorage[name] && JSON.parse(localStorage[name]);
  // Whoever only passes through is not told of.
  if (!left) return setTimeout(() => { if (!dirty && !sent) here(); }, SOON);
  return send(left.words).then(({ key }) => {
    delete localStorage[name];
    window.location.replace(`${address}?unsaved=${key}`);
  }, () => {});
}

if (told && form) keep(told.dataset);
