// One key for what a moderator does most. Without scripts, its button is merely pressed.
const claims = [...document.querySelectorAll(".claim")];
let current = 0;

function goTo(place) {
  if (!claims[place]) return;
  current = place;
  const heading = claims[place].querySelector("h2 a");
  heading?.focus();
  claims[place].scrollIntoView({ block: "start" });
}

// A key is a letter of a word wherever something is typed.
function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

document.addEventListener("focusin", (event) => {
  const place = claims.indexOf(event.target.closest(".claim"));
  if (place >= 0) current = place;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "j") goTo(current + 1);
  if (key === "k") goTo(current - 1);
  if (key === "a" && !event.repeat) claims[current]?.querySelector("button.approve")?.click();
});
