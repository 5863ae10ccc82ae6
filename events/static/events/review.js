// One key for what a moderator does most, heard only within a claim, so that whoever speaks to their machine
// decides nothing by a word. Without scripts, its button is merely pressed.
const claims = [...document.querySelectorAll(".claim")];

function goTo(claim) {
  if (!claim) return;
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "start" });
}

// A key is a letter of a word wherever something is typed.
function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const claim = event.target.closest(".claim");
  if (!claim || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "j") goTo(claims[claims.indexOf(claim) + 1]);
  if (key === "k") goTo(claims[claims.indexOf(claim) - 1]);
  if (key === "a" && !event.repeat) claim.querySelector("button.approve")?.click();
});

if (document.activeElement === document.body) claims[0]?.focus({ preventScroll: true });
