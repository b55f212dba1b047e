// The screens of a room look for news by htmx. This says when they cannot, and keeps what they show
// until they can again.
const trouble = document.getElementById("trouble");
const LOST = "There is no connection. This page goes on by itself when it is back.";
const SIGNED_OUT = "You are signed out. Sign in again in another tab, then load this page again.";
const FAILED = "News cannot be loaded just now. This page tries again.";

function say(text) {
  if (trouble.textContent !== text) trouble.textContent = text;
}

document.body.addEventListener("htmx:sendError", () => say(LOST));
document.body.addEventListener("htmx:timeout", () => say(LOST));
document.body.addEventListener("htmx:responseError", () => say(FAILED));
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, window.location).pathname;
  const isOurs = !xhr.responseURL || new URL(xhr.responseURL).pathname === asked;
  if (!isOurs) event.detail.shouldSwap = false; // it led to the page for signing in
  if (!isOurs) say(SIGNED_OUT);
  else if (xhr.status < 400) say("");
});
