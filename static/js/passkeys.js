// Around allauth's scripts for passkeys: shows what needs them where the browser has them, and
// says in words what went wrong. Without it, a page offers its other ways.
"use strict";
{
  const WORDS = {
    NotAllowedError:
      "Nothing was sent: the dialog was closed, or it took too long. Try again, or use another way.",
    InvalidStateError: "This device has a passkey for your account already.",
  };
  const OTHERWISE = "The passkey did not work here. Try again, or use another way.";

  // A passkey belongs to a host name; an address of figures has none.
  const isNamed = !/^[\d.]+$|^\[/.test(location.hostname);
  if (window.PublicKeyCredential && isNamed) {
    for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = true;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const trouble = document.querySelector("[data-passkey-trouble]");
    if (trouble) trouble.textContent = WORDS[event.detail.exception.name] || OTHERWISE;
  });
}
