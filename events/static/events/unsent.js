// Words of forms that the server keeps only once they are sent, as a reason or a note, stay in this browser for a day:
// after it was killed, or left, or what was sent did not arrive, they are offered where they were typed. Of forms of rows
// see unsaved.js.
import * as notes from "./notes.js";

const person = document.querySelector("[data-sign-in]")?.dataset.person;
const kept = document.querySelector("[data-unsaved]") && document.querySelector("#content-main > form");
const WORDS = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=password], [type=submit])";
const AT_ONCE = 500;
// What a form holds of the page that it stands on, and not of what it is about.
const OF_THE_PAGE = /^(csrfmiddlewaretoken|once|whose|tab|shown|seen.*)$/;
const waiting = new Map();

const isOurs = (form) => form?.getAttribute("method") === "post" && form !== kept && !form.closest(".signing, [data-upload]");
const fieldsOf = (form) => [...form.elements].filter((each) => each.name && each.matches(WORDS) && !each.readOnly);

// A page may have several forms at one address, told apart by what they send besides.
function nameOf(form) {
  const { pathname, search } = new URL(form.getAttribute("action") ?? "", window.location);
  const besides = [...form.elements].filter(({ name, type }) => name && /^(hidden|submit)$/.test(type) && !OF_THE_PAGE.test(name));
  return [pathname + search, ...besides.map(({ name, value }) => `${name}=${value}`)].join(" ");
}

function wordsOf(form) {
  const filled = fieldsOf(form).filter(({ value }) => value.trim());
  return new URLSearchParams(filled.map(({ name, value }) => [name, value])).toString();
}

function note(form, address) {
  waiting.delete(form);
  const tab = `${person} ${address}`, words = wordsOf(form), once = form.elements.once?.value;
  return words ? notes.put({ tab, person, address, words, once }) : notes.drop(tab);
}

function rest() {
  waiting.forEach(clearTimeout);
  waiting.clear();
}

const forget = (form) => notes.drop(`${person} ${nameOf(form)}`);

// The server says by its token what was done: until then what is sent may be lost on its way, or refused.
async function letGo() {
  const done = document.cookie.match(/(?:^|; )sent=([0-9a-f-]+)/)?.[1];
  if (done) await notes.dropSent(done);
}

function send(form) {
  rest();
  return form.elements.once ? note(form, nameOf(form)) : forget(form);
}

function putBack(form, words) {
  const typed = new URLSearchParams(words);
  for (const field of fieldsOf(form)) {
    if (!typed.has(field.name)) continue;
    field.value = typed.get(field.name);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  fieldsOf(form).find(({ name }) => typed.has(name))?.focus();
}

function button(words, quiet, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = quiet ? "button quiet-button" : "button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

function show(form, words) {
  const said = document.createElement("section"), sentence = document.createElement("p");
  said.className = "unsaved";
  said.setAttribute("aria-label", "Not sent");
  sentence.textContent = "You typed something here, and it was not sent.";
  said.append(
    sentence,
    button("Put it back", false, () => { said.remove(); putBack(form, words); }),
    button("Throw it away", true, () => { said.remove(); forget(form); }),
  );
  // Above what is decided, which stays where it is.
  (form.closest(".decide")?.firstElementChild ?? form.closest("details") ?? form).before(said);
}

async function offer() {
  await letGo();
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (!isOurs(form) || "offered" in form.dataset || !fieldsOf(form).length) continue;
    form.dataset.offered = "";
    const [found] = await notes.left(person, nameOf(form));
    if (found && form.isConnected && wordsOf(form) !== found.words) show(form, found.words);
  }
}

if (person) {
  document.addEventListener("input", ({ target }) => {
    const { form } = target;
    if (!target.name || !target.matches(WORDS) || !isOurs(form) || waiting.has(form)) return;
    const address = nameOf(form);
    waiting.set(form, setTimeout(() => note(form, address), AT_ONCE));
  });
  // The last to hear of it: what another script holds back is not sent.
  window.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (target.matches("[action$='/logout/']")) rest();
    else if (isOurs(target) && (!defaultPrevented || target.closest("[hx-boost=true]"))) send(target);
  });
  document.addEventListener("htmx:afterSettle", offer);
  offer();
}
