// The page of an event: how “when” is read while it is typed, what is known of a pasted address, places and actors
// made as they are named, and saves that leave the page where it is. Without scripts the form is sent as a whole, and
// each of these is said by the page that comes back.
const form = document.querySelector("#event_form");
const $ = window.django.jQuery;
const NAMED = ["places", "actors"];
const SOON = 300, NOW_AND_THEN = 60000;
const day = () => form.elements.day?.value ?? "";

function later(act) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), SOON);
  };
}

const told = async (url, sent) => {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(url, sent ? { method: "POST", headers, body: new URLSearchParams(sent) } : {});
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return answer;
};

// How the words of “when” are read. Of two readings the one that is pressed is written there.
const read = later(async () => {
  const line = document.querySelector("#reading");
  const asked = new URLSearchParams({ wording: form.elements.wording.value, day: day() });
  const answer = await told(`${line.dataset.url}?${asked}`).catch(() => null);
  if (answer) line.innerHTML = await answer.text();
});

function chooseReading(button) {
  form.elements.wording.value = button.value;
  form.elements.wording.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.wording.focus();
}

// What the prose says: names that it has and nobody chose, and words that its word list has others for.
const lookForNames = later(async () => {
  const sent = new FormData(form);
  const asked = new URLSearchParams(["headline", "text", "day", ...NAMED].flatMap((name) => sent.getAll(name).map((one) => [name, one])));
  const answer = await told(form.dataset.mentions, asked).catch(() => null);
  if (answer) put(new DOMParser().parseFromString(await answer.text(), "text/html"), ["strays", ...NAMED.map((name) => `offers-${name}`)]);
});

// What an event still needs that is only being written; one that is saved is told of by what is saved.
const needs = () => form.querySelector("[data-sources]").dataset.needs;
const lookForNeeds = later(async () => {
  if (!needs()) return;
  const answer = await told(needs(), new FormData(form)).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page && needs()) put(page, ["now", "lacking"]);
});

function takeName(button) {
  const [name, key] = button.value.split(":");
  const words = button.textContent.replace("+", "").trim();
  $(form.elements[name]).append(new Option(words, key, true, true)).trigger("change").trigger("select2:select");
  const next = button.nextElementSibling ?? button.previousElementSibling;
  button.remove();
  if (next?.matches("button")) next.focus();
  else focusOnBox(form.elements[name]);
}

const focusOnBox = (select) => select.nextElementSibling?.querySelector(".select2-search__field")?.focus();

function count() {
  for (const number of form.querySelectorAll("[data-counts]")) {
    const length = form.elements[number.dataset.counts].value.length;
    number.textContent = `${length.toLocaleString("en")} of ${number.dataset.of}`;
  }
}

const countSoon = later(count);

// What is known of the addresses in a row. Each beyond the first has a row of its own.
async function lookUp(box) {
  const row = box.closest(".cite");
  const { found } = await told(form.dataset.sources, { addresses: box.value, day: day() }).then((answer) => answer.json());
  if (!found.length) return knows(row, null);
  const [first, ...others] = found;
  if (others.length) box.value = first.address;
  knows(row, first);
  for (const one of others) knows(await addedRow(), one);
}

function knows(row, one) {
  row.querySelector(".known").textContent = one?.sentence ?? "";
  row.querySelector(".new-source").hidden = !one || one.known;
  if (!one) return;
  const field = (name) => row.querySelector(`[name$="-${name}"]`);
  field("address").value = one.address;
  if (!one.known && !field("outlet_name").value) field("outlet_name").value = one.outlet;
}

async function addedRow() {
  const blank = [...document.querySelectorAll("#citations-group .cite.is-new, #citations-group .dynamic-citations")].find(isBlank);
  if (blank) return blank;
  document.querySelector("#citations-group .add-row a").click();
  return [...document.querySelectorAll("#citations-group .dynamic-citations")].at(-1);
}

function isBlank(row) {
  return ["source", "address", "quote"].every((name) => row.querySelector(`[name$="-${name}"]`)?.value === "");
}

const lookUpSoon = later((box) => lookUp(box).catch(() => {}));

// Title and date out of the text of a page that somebody pastes.
const readPage = later(async (area) => {
  const row = area.closest(".cite");
  const page = await told(form.dataset.sources, { text: area.value }).then((answer) => answer.json()).catch(() => ({}));
  for (const name of ["title", "published_on"]) {
    const field = row.querySelector(`[name$="-${name}"]`);
    if (page[name]) field.value = page[name];
  }
  row.querySelector('[name$="-title"]').dispatchEvent(new Event("input", { bubbles: true }));
});

// A name that nothing bears is offered last, to be added as the event is saved.
function mayName(select) {
  const box = $(select);
  if (box.data("select2")) box.select2("destroy");
  const { appLabel, modelName, fieldName } = select.dataset;
  box.select2({
    tags: true,
    tokenSeparators: [";"],
    ajax: { data: ({ term, page }) => ({ term, page, app_label: appLabel, model_name: modelName, field_name: fieldName }) },
    createTag: ({ term }) => (/\D/.test(term.trim()) ? { id: term.trim(), text: term.trim(), isNew: true } : null),
    insertTag: (found, tag) => found.push(tag),
    templateResult: ({ text, also, isNew }) => (isNew ? `Add “${text}”` : also ? `${text} · ${also}` : text),
  });
}

// What a page that was swapped in needs made of it; what is there already is left alone.
function begin(root) {
  Object.assign(form.dataset, form.querySelector("[data-sources]").dataset);
  for (const hidden of root.querySelectorAll(".page-text")) hidden.hidden = false;
  for (const row of root.querySelectorAll(".cite")) {
    const said = [...row.querySelectorAll(".new-source input")].some((field) => field.value) || row.querySelector(".new-source .errorlist");
    const fields = row.querySelector(".new-source");
    if (fields) fields.hidden = !said;
  }
  for (const button of document.querySelectorAll(".inline-deletelink")) {
    button.setAttribute("aria-label", `Remove this ${button.closest("#uses-group") ? "medium" : "citation"}`);
  }
  for (const name of NAMED) if (form.elements[name]?.matches?.("select")) mayName(form.elements[name]);
}

// Aside and bar as they are now, for whoever comes back to the page.
async function refresh() {
  const { beside } = document.querySelector("#bar").dataset;
  if (!beside || document.hidden) return;
  const answer = await told(beside).catch(() => null);
  if (answer) put(new DOMParser().parseFromString(await answer.text(), "text/html"), ["now", "lacking", "acts", ...untouched()]);
}

// Half of what somebody says for a verb is not to be swept away.
function untouched() {
  return document.querySelector("#next details[open]") ? [] : ["next"];
}

function put(from, ids) {
  const focused = document.activeElement;
  for (const id of ids) {
    const [was, now] = [document.getElementById(id), from.getElementById(id)];
    if (!was || !now || was.isEqualNode(now)) continue;
    const name = was.contains(focused) && focused.name;
    was.replaceWith(now);
    if (name) now.querySelector(`[name="${name}"]`)?.focus();
  }
}

// A save leaves the page where it is: what comes back of the form is put in its place. Whatever else is answered, a
// refusal, a conflict or the page for signing in, comes as it would without a script: what was refused is not done.
async function save(event) {
  const button = event.submitter;
  // What opens in a window of its own is answered there.
  if (event.defaultPrevented || button?.formTarget || form.elements._popup || form.dataset.whole) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) }).catch(() => null);
  if (!answer) return form.dispatchEvent(new Event("unsent"));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.redirected && page.querySelector("#event_form")) goOn(page, answer.url);
  else sendWhole(button);
}

function sendWhole(button) {
  form.dataset.whole = "yes";
  form.requestSubmit(button);
}

function goOn(page, address) {
  window.history.replaceState(null, "", address);
  document.title = page.title;
  document.querySelector("h1").textContent = page.querySelector("h1").textContent;
  document.querySelector("[data-unsaved]").dataset.address = new URL(address).pathname;
  document.querySelector("#bar").dataset.beside = page.querySelector("#bar").dataset.beside;
  form.replaceChildren(...page.querySelector("#event_form").childNodes);
  for (const offer of document.querySelectorAll(".unsaved")) offer.remove();
  put(page, ["crumb", "beside", "lacking", "acts"]);
  tell(page.querySelector(".messagelist"));
  drawn();
  begin(form);
  form.dispatchEvent(new Event("saved"));
}

// What came of it, where it is seen and heard: on the bar.
function tell(messages) {
  document.querySelector(".messagelist")?.remove();
  if (!messages) return;
  document.querySelector("#content").before(messages);
  document.querySelector("#came").textContent = [...messages.children].map((one) => one.textContent.trim()).join(" ");
}

// Django draws these when a page is loaded.
function drawn() {
  $(form).trigger("formset:added");
  $(form).find(".admin-autocomplete").not("[name*=__prefix__]").djangoAdminSelect2();
  for (const rows of form.querySelectorAll(".js-inline-admin-formset")) {
    const { name, options } = JSON.parse(rows.dataset.inlineFormset);
    const stacked = rows.dataset.inlineType === "stacked";
    const each = `${name}-group ${stacked ? ".inline-related" : ".tabular.inline-related tbody:first > tr.form-row"}`;
    $(each)[stacked ? "stackedFormset" : "tabularFormset"](each, options);
  }
}

const KEYS = { s: "[name=_save]", Enter: ".leading" };

function pressed(event) {
  const bar = document.querySelector("#bar");
  if (event.altKey && event.key.toLowerCase() === "p") press(event, bar.querySelector("[name=_preview]"));
  else if ((event.ctrlKey || event.metaKey) && KEYS[event.key]) press(event, bar.querySelector(KEYS[event.key]));
  else if (event.key === "Enter" && event.target.matches("textarea.headline, textarea.address")) event.preventDefault();
}

// Its words are asked for beside, where whatever acts on what is saved stands.
function openDiscard(event) {
  const box = document.querySelector("#verb-discard");
  if (!box) return;
  event.preventDefault();
  box.closest("details").open = true;
  box.querySelector("textarea, input:not([type=hidden])").focus();
}

function press(event, button) {
  event.preventDefault();
  button?.click();
}

if (form) {
  $(() => begin(document));
  // Before a box that keeps keys to itself.
  document.addEventListener("keydown", pressed, { capture: true });
  form.addEventListener("input", ({ target }) => {
    lookForNeeds();
    if (target.name === "wording") read();
    if (target.matches(".address")) lookUpSoon(target);
    if (target.closest(".page-text")) readPage(target);
    if (target.closest(".field-headline, .field-text")) {
      countSoon();
      lookForNames();
    }
  });
  $(form).on("select2:select", "[name=day]", () => { read(); lookForNames(); });
  $(form).on("select2:select select2:clear", lookForNeeds);
  $(form).on("select2:unselect", "[name=places], [name=actors]", lookForNames);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=_when], [name=_name]");
    if (!button) return;
    event.preventDefault();
    (button.name === "_when" ? chooseReading : takeName)(button);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[href='#verb-discard']")) openDiscard(event);
  });
  document.addEventListener("formset:added", ({ target }) => begin(target));
  document.addEventListener("formset:removed", ({ detail }) => {
    lookForNeeds();
    // What had the focus is gone.
    document.querySelector(`#${detail.formsetName}-group .add-row a`)?.focus();
  });
  // Django makes links of them that are called buttons.
  form.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches(".add-row a, a.inline-deletelink")) return;
    event.preventDefault();
    event.target.click();
  });
  form.addEventListener("submit", save);
  window.addEventListener("focus", refresh);
  setInterval(refresh, NOW_AND_THEN);
}
