/* Has the browser make or use a passkey by what the page says, and sends its answer with the form. */
const form = document.querySelector("form[data-passkey]");
const button = form?.querySelector("button");
const trouble = form?.querySelector("[role=alert]");
const given = document.getElementById("passkey-options")?.textContent;

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/* What stands in the page as text, as the browser takes it. */
function read(asked) {
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const read = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) {
    read.user = { ...asked.user, id: bytes(asked.user.id) };
    read.excludeCredentials = known(asked.excludeCredentials);
  } else {
    read.allowCredentials = known(asked.allowCredentials);
  }
  return read;
}

/* What the browser answers, as text. */
function written(credential) {
  const said = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) said[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

function say(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
}

/* What stands in the page, or, where nobody has said who they are, what the server says as it is asked. */
async function options() {
  if (given) return JSON.parse(given).publicKey;
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  return (await answer.json()).publicKey;
}

async function ask(event) {
  event.preventDefault();
  say("");
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: read(await options()) });
    form.elements.credential.value = written(credential);
    form.submit();
  } catch (failure) {
    const had = failure.name === "InvalidStateError";
    say(had ? "This device has a passkey of yours already." : "Nothing came of it. Try again, or choose another way.");
  }
}

if (form && window.PublicKeyCredential) {
  button.hidden = form.hidden = false;
  form.addEventListener("submit", ask);
} else if (form) {
  say("This browser knows no passkeys, or the page did not come over https. Choose another way.");
}
