// The phone of somebody at a workshop. htmx sends the vote and looks for news; the page works
// without either. What this script adds:
//
// - A vote that could not be sent is sent again by itself. The same vote twice is one.
// - What was chosen or typed and not sent is still there after a reload, and when the vote closes
//   it stands in a box of its own instead of vanishing.
// - Nothing is swapped while a finger is on the screen, and the focus does not get lost.
const RETRY = 3000; // milliseconds
const LONGEST_PRESS = 5000; // a finger that never went up has left the screen
const DRAFT = "rpc-vote";

const phone = document.getElementById("phone");
const late = document.getElementById("late");
const trouble = document.getElementById("trouble");
const form = () => phone.querySelector("[data-vote]");

let isUnsent = false; // a vote was sent, and nothing has come back yet
let isLost = false; // whether the last question for news had no answer
let pressedAt = 0;
let hadFocus = false;
let retry = null;

document.getElementById("look").hidden = true;

// --- What is said ---------------------------------------------------------------------------

const say = (text) => {
  if (trouble.textContent !== text) trouble.textContent = text;
};

function sayHowItStands() {
  if (isUnsent) say("No connection. Your vote is not sent yet: this page sends it by itself.");
  else if (!isLost) say("");
  else if (phone.querySelector("[data-voted]")) say("No connection. Your vote is kept. This page tries again by itself.");
  else say("No connection. This page tries again by itself.");
}

// --- What was chosen or typed and not sent -----------------------------------------------------

function isChanged(box) {
  return box.type === "radio" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue;
}

const OURS = /^(level|reason|item-[0-9]+)$/;
const boxesIn = (from) => [...from.elements].filter((box) => OURS.test(box.name));
const wordsOf = (box) => box.labels[0]?.textContent.trim() ?? "";

// As the page says what stands (data-level), and in words.
function answerIn(boxes) {
  const chosen = boxes.find((box) => box.checked);
  if (chosen) return { level: chosen.value, words: wordsOf(chosen) };
  const dots = boxes
    .filter((box) => box.name.startsWith("item-") && Number(box.value) > 0)
    .map((box) => ({ item: Number(box.name.slice(5)), number: Number(box.value), box }))
    .sort((one, other) => one.item - other.item);
  return {
    level: dots.map(({ item, number }) => `${item}:${number}`).join(","),
    words: dots.map(({ number, box }) => `${number} on “${wordsOf(box)}”`).join(", "),
  };
}

function written(from) {
  const boxes = boxesIn(from);
  if (!boxes.some(isChanged) && !("unsent" in from.dataset)) return null;
  const values = boxes.filter((box) => box.type !== "radio" || box.checked);
  return {
    ballot: from.dataset.vote,
    ...answerIn(boxes),
    reason: from.elements.reason?.value ?? "",
    values: values.map((box) => [box.name, box.value]),
  };
}

function draft(value) {
  try {
    if (value === undefined) return JSON.parse(sessionStorage.getItem(DRAFT));
    if (value) sessionStorage.setItem(DRAFT, JSON.stringify(value));
    else sessionStorage.removeItem(DRAFT);
  } catch {
    // No storage: what was typed lives as long as the page.
  }
  return null;
}

function showLate(kept) {
  for (const [name, text] of [["level", kept.words], ["reason", kept.reason]]) {
    const line = late.querySelector(`[data-late=${name}]`);
    line.hidden = !text;
    line.querySelector("strong").textContent = text;
  }
  late.hidden = false;
  draft(null);
}

function takeUpDraft() {
  const kept = draft();
  if (!kept) return;
  const now = form();
  if (now?.dataset.vote !== kept.ballot) {
    const voted = phone.querySelector("[data-voted]");
    if (voted?.dataset.voted !== kept.ballot) showLate(kept);
    else if (voted.dataset.level === kept.level && voted.dataset.reason === kept.reason) draft(null);
    else window.location.replace("?change=yes"); // there the boxes are, and take it up
    return;
  }
  const values = new Map(kept.values);
  for (const box of boxesIn(now)) {
    const value = values.get(box.name);
    if (box.type === "radio") box.checked = value === box.value;
    else if (value !== undefined) box.value = value;
  }
}

phone.addEventListener("input", (event) => {
  if (event.target.form === form()) draft(written(form()));
});

// --- Sending ------------------------------------------------------------------------------------

// Not the event's own element: of a swap that is where the answer goes, not who asked.
const asking = (event) => event.detail.requestConfig?.elt ?? event.detail.elt;
const isVote = (event) => asking(event)?.matches("[data-vote]");
const isPoll = (event) => asking(event)?.id === "poll";

function sendAgain() {
  clearTimeout(retry);
  retry = setTimeout(() => {
    if (isUnsent && form()) form().requestSubmit();
    else isUnsent = false;
  }, RETRY);
}

function failed(event) {
  if (isVote(event)) {
    isUnsent = true;
    sendAgain();
  } else if (isPoll(event)) {
    isLost = true;
  }
  sayHowItStands();
}

for (const name of ["sendError", "timeout", "sendAbort"]) {
  document.body.addEventListener(`htmx:${name}`, failed);
}

document.body.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status >= 500 || !isVote(event)) {
    failed(event);
    return;
  }
  isUnsent = false;
  say("Your vote could not be sent. Load this page again: what you chose is still there.");
});

// --- Swapping -----------------------------------------------------------------------------------

const isPressed = () => pressedAt && Date.now() - pressedAt < LONGEST_PRESS;
document.addEventListener("pointerdown", () => {
  pressedAt = Date.now();
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    pressedAt = 0;
  });
}

function leave() {
  hadFocus = phone.contains(document.activeElement);
}

function arrive() {
  takeUpDraft();
  const goal = phone.querySelector(".govuk-error-summary") ?? phone.querySelector("[data-heading]");
  if (!hadFocus || !goal) return;
  goal.tabIndex = -1;
  goal.focus();
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, window.location).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
    event.detail.shouldSwap = false;
    isUnsent = false;
    say("This phone is not in the workshop any more. Scan the code on the screen to come in again.");
    return;
  }
  if (xhr.status >= 400) return;
  if (isVote(event)) {
    isUnsent = false;
    draft(null);
    leave();
  } else {
    isLost = false;
    // The next look for news brings it, when the finger is up.
    if (isPressed()) event.detail.shouldSwap = false;
  }
  sayHowItStands();
});

document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target !== phone) return;
  leave();
  // The vote closed while it was being filled in.
  const kept = form() && written(form());
  if (kept) draft(kept);
  isUnsent = false;
});
document.body.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target === phone) arrive();
  sayHowItStands();
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === phone) arrive();
  sayHowItStands();
});

// --- Coming back --------------------------------------------------------------------------------

function wake() {
  const poll = document.getElementById("poll");
  if (document.visibilityState === "visible" && poll) window.htmx?.trigger(poll, "wake");
}

document.addEventListener("visibilitychange", () => {
  pressedAt = 0;
  wake();
});
window.addEventListener("pageshow", wake);
window.addEventListener("online", () => {
  if (isUnsent) form()?.requestSubmit();
  wake();
});

takeUpDraft();
