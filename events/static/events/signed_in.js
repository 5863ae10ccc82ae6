/* Tells the page that opened this window that somebody is signed in, and closes it. */
if (window.opener) {
  window.opener.postMessage({ chronicle: "signed in" }, window.location.origin);
  window.close();
}
