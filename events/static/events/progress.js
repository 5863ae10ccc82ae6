// How far a job is, brought up to date while it goes on: the part of the page called “progress”, from the page as
// it is now, until no bar is in it. Without scripts, the page is loaded again by hand.
const EVERY = 2000;

async function bringUpToDate() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, before] = [page, document].map((each) => each.querySelector("#progress"));
  // A button that has the focus is not taken away from under it.
  if (!now || before.contains(document.activeElement)) return;
  before.replaceChildren(...now.childNodes);
  if (!before.querySelector("progress")) clearInterval(timer);
}

const timer = setInterval(() => bringUpToDate().catch(() => {}), EVERY);
