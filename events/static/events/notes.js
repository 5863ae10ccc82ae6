// What a browser keeps of words that no server has yet: one note a page, by its tab. In a database of the browser, as
// it writes at once what it is given, and what else it keeps only after seconds, in which it may be killed.
const DAY = 24 * 3600 * 1000;
const STORE = "notes";
const GONE = "chronicle.signed-out";

const database = new Promise((done, failed) => {
  const asked = indexedDB.open("unsaved", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "tab" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

async function ask(mode, what) {
  const transaction = (await database).transaction(STORE, mode);
  const asked = what(transaction.objectStore(STORE));
  // By itself it would wait for this page to hear of it, which may be left by then.
  transaction.commit();
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

export const put = (note) => ask("readwrite", (store) => store.put({ ...note, at: Date.now() }));
export const drop = (tab) => ask("readwrite", (store) => store.delete(tab));

// Those of one person at one address, the oldest first.
export async function left(person, address) {
  const notes = await ask("readonly", (store) => store.getAll());
  return notes.filter((each) => each.person === person && each.address === address).sort((one, other) => one.at - other.at);
}

// What was sent with a token, and came to something.
export const dropSent = (token) => dropEach(({ once }) => once === token);

// All of one person, who signs out: what this page has no time for, the next one does. Those of others stay for them,
// and are shown to nobody else.
export function dropAllOf(person) {
  localStorage.setItem(GONE, person);
  return dropEach((each) => each.person === person);
}

// What another day left goes, and what is of who has signed out.
export async function tidy() {
  const gone = localStorage.getItem(GONE);
  await dropEach(({ at, person }) => Date.now() - at > DAY || person === gone);
  if (gone) localStorage.removeItem(GONE);
}

async function dropEach(goes) {
  for (const each of await ask("readonly", (store) => store.getAll())) {
    if (goes(each)) await drop(each.tab);
  }
}
