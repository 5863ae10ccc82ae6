// Files that are chosen, dragged here or pasted go up by themselves, each with its progress and what became of it.
// Without scripts, the form sends those that were chosen.
const form = document.querySelector("[data-upload]");
const field = form.querySelector("[type=file]");
const drop = form.querySelector("[data-drop]");
const result = document.querySelector("[data-result]");
const list = result.querySelector("[data-list]");
const sum = result.querySelector("[data-sum]");
const together = result.querySelector("[data-together]");
const AT_ONCE = 2;
const AGAIN_AFTER = 3000;
const TRIES = 20;
const LARGEST = Number(form.dataset.largest);
const NOT_SENT = "It was not sent: the connection was lost. Try again.";
const waiting = [];
const counted = { all: 0, done: 0, refused: 0 };
let running = 0;

for (const part of form.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const part of form.querySelectorAll("[data-without-script]")) part.hidden = true;

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function tell() {
  const going = counted.all - counted.done - counted.refused;
  const parts = [`${counted.done} of ${counted.all} taken in`];
  if (counted.refused) parts.push(`${counted.refused} not`);
  if (going) parts.push(`${going} on the way`);
  sum.textContent = `${parts.join(", ")}.`;
}

function add(files) {
  for (const file of files) {
    const row = element("li");
    const said = element("div");
    const bar = element("progress", "", { max: "1", value: "0", "aria-label": `How much of ${file.name} is sent` });
    said.append(element("b", file.name, { dir: "auto" }), bar);
    row.append(said);
    list.append(row);
    counted.all += 1;
    const one = { file, row, said, bar, tries: 0 };
    // What is too large is not sent at all.
    if (file.size > LARGEST) end(one, { files: [{ refused: form.dataset.larger }] });
    else waiting.push(one);
  }
  if (counted.all) result.hidden = false;
  tell();
  next();
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    send(waiting.shift());
  }
}

function send(one) {
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  data.delete("file");
  data.append("file", one.file, one.file.name);
  one.tries += 1;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) one.bar.value = event.loaded / event.total;
    // Sent is not taken in yet: it is read and copied now.
    if (event.loaded === event.total) one.bar.removeAttribute("value");
  });
  request.addEventListener("loadend", () => {
    const answer = request.status === 200 ? request.response : null;
    if (answer?.files[0]?.again && one.tries < TRIES) {
      // No other takes its place meanwhile, so that the server is not asked more often.
      setTimeout(() => send(one), AGAIN_AFTER);
      return;
    }
    running -= 1;
    if (request.status === 403 && one.tries < TRIES) {
      // It goes up once somebody has signed in.
      waiting.unshift(one);
      document.dispatchEvent(new Event("desk:doubt"));
      return;
    }
    end(one, answer);
    next();
  });
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.send(data);
}

function end(one, answer) {
  const taken = answer?.files[0];
  one.bar.remove();
  if (taken?.address) {
    counted.done += 1;
    one.row.className = "done";
    if (taken.picture) one.row.prepend(element("img", "", { src: taken.picture, alt: "" }));
    one.said.append(element("a", "Describe it", { href: taken.address }), element("p", taken.said));
    together.prepend(element("input", "", { type: "hidden", name: "pk", value: taken.pk }));
    together.hidden = false;
  } else {
    counted.refused += 1;
    one.row.className = "refused";
    one.said.append(element("p", taken?.refused || answer?.refused || NOT_SENT));
  }
  tell();
}

document.addEventListener("desk:signed-in", next);
field.addEventListener("change", () => {
  add([...field.files]);
  field.value = "";
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  add([...field.files]);
  field.value = "";
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => add([...event.clipboardData.files]));
window.addEventListener("beforeunload", (event) => {
  if (running || waiting.length) event.preventDefault();
});
