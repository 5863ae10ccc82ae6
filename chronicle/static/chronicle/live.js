// An open day asks now and then what was printed since it was made, and offers to show it. Nothing moves by itself.
const banner = document.querySelector("[data-live]");
const EVERY = 20_000;

function words(entries, size) {
  const fresh = entries.filter(([first]) => first > size).length;
  const changed = entries.filter(([first, last]) => last > size && first <= size).length;
  const told = [];
  if (fresh) told.push(`${fresh} new`);
  if (changed) told.push(`${changed} changed`);
  return told.join(", ");
}

function offer(told) {
  if (banner.dataset.told === told) return;
  banner.dataset.told = told;
  const counted = document.createElement("b");
  counted.textContent = told;
  const way = document.createElement("a");
  way.href = banner.dataset.show;
  way.textContent = "Show them";
  banner.replaceChildren(counted, ` since ${banner.dataset.made}. `, way);
}

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(banner.dataset.live, { credentials: "omit" }).catch(() => null);
  if (!answer?.ok) return;
  const { entries, closed } = await answer.json();
  const told = words(entries, Number(banner.dataset.size));
  if (told) offer(told);
  if (closed) clearInterval(asking);
}

const asking = setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
