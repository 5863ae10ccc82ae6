// Boxes are drawn on the picture, and follow their numbers. Without scripts, the numbers alone are typed.
const canvas = document.querySelector("[data-canvas]");
const drawn = canvas.querySelector("[data-boxes]");
const point = canvas.querySelector("[data-point]");
const rows = document.querySelector("[data-rows]");
const total = document.querySelector("[name=box-TOTAL_FORMS]");
const pointing = document.querySelector("[data-pointing]");
const across = document.querySelector("[name=across]");
const down = document.querySelector("[name=down]");
const { width, height } = canvas.viewBox.baseVal;
const PARTS = ["x", "y", "width", "height"];
const SVG = "http://www.w3.org/2000/svg";
let corner = null;
let row = null;

for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;

function numbers(of) {
  return PARTS.map((part) => of.querySelector(`[name$="-${part}"]`));
}

function isEmpty(of) {
  return numbers(of).every((field) => field.value === "");
}

function draw() {
  const boxes = [...rows.children].filter((one) => numbers(one).every((field) => field.value !== ""));
  drawn.replaceChildren(...boxes.map((one) => {
    const box = document.createElementNS(SVG, "rect");
    for (const field of numbers(one)) box.setAttribute(field.name.split("-").at(-1), field.value);
    return box;
  }));
  const isSaid = across.value !== "" && down.value !== "";
  point.setAttribute("r", isSaid ? Math.max(width, height) / 60 : 0);
  point.setAttribute("cx", (Number(across.value) / 100) * width);
  point.setAttribute("cy", (Number(down.value) / 100) * height);
}

// A row for one box more, after the last.
function added() {
  const number = Number(total.value);
  const made = rows.lastElementChild.cloneNode(true);
  for (const list of made.querySelectorAll(".errorlist")) list.remove();
  for (const field of made.querySelectorAll("input")) {
    field.name = field.name.replace(/-\d+-/, `-${number}-`);
    field.id = `id_${field.name}`;
    field.value = "";
  }
  for (const label of made.querySelectorAll("label[for]")) label.htmlFor = label.htmlFor.replace(/-\d+-/, `-${number}-`);
  total.value = number + 1;
  rows.append(made);
  offerRemoval(made);
  return made;
}

function offerRemoval(of) {
  of.querySelector("[data-remove]")?.remove();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remove";
  button.dataset.remove = "";
  button.textContent = "×";
  button.setAttribute("aria-label", "Remove this box");
  button.addEventListener("click", () => {
    for (const field of numbers(of)) field.value = "";
    draw();
  });
  of.append(button);
}

function place(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(canvas.getScreenCTM().inverse());
  return [Math.min(width, Math.max(0, Math.round(at.x))), Math.min(height, Math.max(0, Math.round(at.y)))];
}

function stretch(event) {
  const at = place(event);
  const box = [Math.min(corner[0], at[0]), Math.min(corner[1], at[1]), Math.abs(at[0] - corner[0]), Math.abs(at[1] - corner[1])];
  numbers(row).forEach((field, index) => { field.value = box[index]; });
  draw();
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  event.preventDefault();
  if (pointing.checked) {
    const at = place(event);
    across.value = ((at[0] / width) * 100).toFixed(1);
    down.value = ((at[1] / height) * 100).toFixed(1);
    draw();
    return;
  }
  corner = place(event);
  row = [...rows.children].find(isEmpty) || added();
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener("pointermove", (event) => { if (corner) stretch(event); });
canvas.addEventListener("pointerup", (event) => {
  if (!corner) return;
  stretch(event);
  // A slip of the finger is no box.
  if (numbers(row).slice(2).some((field) => Number(field.value) < 2)) for (const field of numbers(row)) field.value = "";
  corner = row = null;
  draw();
});
document.addEventListener("input", draw);
for (const each of rows.children) offerRemoval(each);
draw();
