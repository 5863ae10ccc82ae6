// What is typed into the form of a page is kept every few seconds, and when the page is left; who else has it open
// is told. Until the server has it, it stays in this browser, which outlives a lost connection and a crash.
import * as notes from "./notes.js";

const told = document.querySelector("[data-unsaved]");
const company = document.querySelector("[data-here]");
const form = document.querySelector("#content-main > form");
const EVERY = 3000, SOON = 2000, HERE = 15000, AT_ONCE = 500, BEACON = 60000, PATIENCE = 10000;
const PAGES = ["csrfmiddlewaretoken", "once", "whose"];
const NO_LINE = "There is no connection. What you type is kept in this browser until there is one.";
const NOT_SENT = "There is no connection, and nothing was sent. What you typed is kept in this browser: save it once there is one.";

function typedIn() {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!PAGES.includes(name) && typeof value === "string") typed.append(name, value);
  }
  return typed.toString();
}

// Who else is here stands beside the form, where the page has a place for it.
function tellBeside(words) {
  if (!company) return false;
  company.textContent = words || company.dataset.nobody || "";
  company.parentElement.hidden = !company.textContent;
  return true;
}

function keep({ person, url }) {
  // Each is another once the form has been saved and goes on.
  const address = () => told.dataset.address, tab = () => form.elements.tab.value;
  const after = form.elements.after?.value ?? "";
  const lock = (of) => `unsaved ${of}`;
  let dirty = false, typed = false, sent = false, known = false, lost = false, timer = null, noting = null, noted = null;
  const say = (sentence) => { told.textContent = sentence; };

  async function send(words, { of = tab(), age = 0, leaving = false, gone = false } = {}) {
    const body = new URLSearchParams({ address: address(), tab: of, after, age, ...(words && { typed: words }), ...(gone && { gone }) });
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const keepalive = leaving && body.toString().length < BEACON;
    const asked = { method: "POST", headers, body, keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(url, asked);
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      document.dispatchEvent(new Event("desk:doubt"));
      throw new Error("signed out");
    }
    if (answer.status === 413) return { sentence: (await answer.json()).sentence };
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function tell({ others = [], again = false, sentence = "" }, kept) {
    const said = [sentence || (kept ? `Kept before it is saved, ${new Date().toTimeString().slice(0, 5)} by your clock.` : "")];
    const here = [];
    if (others.length) here.push(`${others.join(", ")} ${others.length > 1 ? "have" : "has"} this open too.`);
    if (again) here.push("You have this open in another tab or window too: each keeps its own words.");
    if (!tellBeside(here.join(" "))) said.push(...here);
    say(said.filter(Boolean).join(" "));
  }

  function note() {
    clearTimeout(noting);
    noting = null;
    noted = tab();
    return notes.put({ tab: noted, person, address: address(), words: typedIn() });
  }

  async function now(options = {}) {
    clearTimeout(timer);
    timer = null;
    if (sent || !dirty) return;
    dirty = false;
    note();
    try {
      tell(await send(typedIn(), options), true);
      lost = false;
      if (!dirty) notes.drop(tab());
    } catch (failure) {
      dirty = true;
      note();
      lost = failure.message !== "signed out";
      say(lost ? NO_LINE : "You are signed out. What you type is kept in this browser: sign in, then go on and save.");
      timer ??= setTimeout(now, EVERY);
    }
  }

  function touched() {
    dirty = typed = true;
    noting ??= setTimeout(note, AT_ONCE);
    timer ??= setTimeout(now, EVERY);
    // By this the page is known again that Back, Forward or a new start of the browser makes anew.
    if (history.state?.tab !== tab()) history.replaceState({ ...history.state, tab: tab() }, "");
  }

  async function save(event) {
    // What opens in a window of its own leaves this page as it is.
    if (event.submitter?.formTarget) return;
    if (!lost) {
      // Of what was saved the next page hears, and lets go of it.
      note();
      sent = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    dirty = true;
    await now();
    if (lost) say(NOT_SENT);
    else form.requestSubmit(event.submitter);
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, touched);
  window.django?.jQuery(form).on("select2:select select2:unselect", touched);
  form.addEventListener("submit", save, true);
  // A save that left the page where it is, or could not be sent.
  form.addEventListener("saved", () => {
    dirty = typed = sent = false;
    notes.drop(noted);
    hold();
  });
  form.addEventListener("unsent", () => { sent = false; touched(); now(); });
  // A page that is left without a word is open no longer.
  window.addEventListener("pagehide", () => { if (known && !typed && !sent) send("", { leaving: true, gone: true }).catch(() => {}); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) now({ leaving: true }); });
  window.addEventListener("pageshow", () => { sent = false; });
  const here = () => { known = true; send("").then((answer) => tell(answer, false), () => {}); };
  setInterval(() => { if (!sent && !document.hidden && !dirty) here(); }, HERE);

  // Whoever comes back to a page finds it as they left it; who comes anew is asked.
  const isBack = performance.getEntriesByType("navigation")[0]?.type !== "navigate";

  // Whether this page was made of what was kept, and before the server had words, which were sent as it was left.
  const isShownWithout = (words) => Boolean(document.querySelector(".offer[role=status]")) && typedIn() !== words;

  // What pages left here that are open no longer, also this one before it was made anew: each sent as its own. The
  // address of the last one, and whether it is newer than what this page shows of it.
  async function left(isOpen) {
    let found = null;
    for (const { tab: of, at, words } of await notes.left(person, address())) {
      if (isOpen.has(lock(of))) continue;
      const { key, taken } = await send(words, { of, age: Date.now() - at });
      await notes.drop(of);
      const isOurs = of === tab() || (isBack && of === history.state?.tab);
      const isNews = taken || of !== tab() || isShownWithout(words);
      if (isNews && (isOurs || !found?.isOurs)) found = { further: `${address()}?unsaved=${key}`, isOurs };
    }
    return found;
  }

  // What was typed into this very page before it was left; one that was doubled has words of its own.
  function before(isOpen) {
    const tabs = [...document.querySelectorAll(".unsaved [name=tab]")].filter(({ value }) => !isOpen.has(lock(value)));
    return tabs.find(({ value }) => value === history.state?.tab)?.closest(".unsaved").querySelector("a").href;
  }

  // By its lock other pages of this browser know that this one is open.
  function hold() {
    navigator.locks?.request(lock(tab()), () => new Promise(() => {}));
  }

  // As the server offers it, on a page that was made before it had it.
  async function offer() {
    const page = new DOMParser().parseFromString(await (await fetch(address())).text(), "text/html");
    for (const each of document.querySelectorAll(".unsaved")) each.remove();
    told.before(...page.querySelectorAll(".unsaved"));
  }

  async function begin() {
    const { held = [] } = await navigator.locks?.query() ?? {};
    const isOpen = new Set(held.map(({ name }) => name));
    hold();
    const found = await left(isOpen).catch(() => null);
    const further = found?.isOurs ? found.further : isBack && before(isOpen);
    if (further && !typed) {
      window.location.replace(further);
      return;
    }
    if (found) offer();
    // Whoever only passes through is not told of.
    setTimeout(() => { if (!dirty && !sent) here(); }, SOON);
  }

  begin();
}

if (told && form) keep(told.dataset);
