// The page of a conflict: choosing for all fields at once, and editing both together, which chooses that.
const form = document.querySelector("#conflict");
const all = form.querySelector(".all-at-once");
const clashes = [...form.querySelectorAll(".clash")];
const choose = (radio) => { if (radio) radio.checked = true; };

// How many are chosen, and which are open.
function count() {
  const open = clashes.filter((clash) => !clash.querySelector("[type=radio]:checked"));
  for (const clash of clashes) clash.querySelector(".open").hidden = !open.includes(clash);
  const labels = open.map((clash) => clash.querySelector(".label").textContent);
  form.querySelector(".progress b").textContent = `${clashes.length - open.length} of ${clashes.length} chosen.`;
  form.querySelector(".still-open").textContent = labels.length ? `Open: ${labels.join(", ")}.` : "";
}

if (all) all.hidden = false;
for (const button of form.querySelectorAll("[data-all]")) {
  button.addEventListener("click", () => {
    form.querySelectorAll(`.clash [value="${button.dataset.all}"]`).forEach(choose);
    count();
  });
}
for (const both of form.querySelectorAll(".both")) {
  both.addEventListener("input", ({ target }) => { if (target.type !== "radio") choose(both.querySelector("[type=radio]")); });
}
if (clashes.length) for (const kind of ["input", "change"]) form.addEventListener(kind, count);
