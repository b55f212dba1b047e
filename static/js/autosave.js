// Saves a domain's page while people type, and says so. The page works without this script:
// its buttons send the same form. What the script adds is that no words depend on a button.
//
// - One save at a time, each numbered, so that a late one never undoes a newer one.
// - What has not been acknowledged also lies in this browser's storage, and comes back with
//   the page after a lost connection, a closed lid or an ended session.
// - Two people in one box: the server keeps both texts and sends the panel to settle them.

const PAUSE = 900; // milliseconds after the last key
const RETRY = 5000;
const TIMEOUT = 20000;
const SIGNED_OUT =
  "Not saved: you have been signed out. Sign in again in another tab and come back: your words are still here.";
const REQUIRED = { reference: "title", action: "what" }; // what makes a row exist

const form = document.getElementById("domain-form");
const state = form.querySelector("[data-save-state]");
const unsettled = document.getElementById("unsettled");
const draftKey = `rpc-draft:${form.dataset.user}:${form.dataset.autosave}`;
// A page that is shown again from the browser's memory is another page.
const newKey = () =>
  crypto.randomUUID
    ? crypto.randomUUID()
    : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
        (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
      );
form.elements.page.value = newKey();

let number = 0;
let changes = 0; // counted up by every change
let savedChanges = 0; // the count that the last acknowledged save held
let timer = null;
let isSaving = false;
let isLeaving = false;
let isRenewed = false; // whether the token has been renewed since the last save went well
let isUnloading = false; // the next page may have been made before the save that is under way

const say = (text, isTrouble = false) => {
  state.classList.toggle("rpc-savebar__state--trouble", isTrouble);
  if (state.textContent !== text) state.textContent = text;
};

// --- Rows -----------------------------------------------------------------------------------

const rowsOf = (kind) => form.querySelector(`[data-rows="${kind}"]`);
const isEmpty = (row) =>
  [...row.querySelectorAll("input:not([type=hidden]), textarea")].every((box) =>
    box.type === "checkbox" ? !box.checked : !box.value.trim(),
  );

// A new row is a copy of the empty one under another key.
const templates = {};
for (const kind of ["reference", "action"]) {
  const empty = rowsOf(kind).querySelector("[data-new]");
  if (!empty || !isEmpty(empty)) continue;
  templates[kind] = { html: empty.outerHTML, key: empty.dataset.key };
  const hasOthers = rowsOf(kind).children.length > 1;
  if (hasOthers || kind === "reference") empty.remove();
}

const addRow = (kind, key = newKey()) => {
  const template = templates[kind];
  if (!template) return null;
  const holder = document.createElement("div");
  holder.innerHTML = template.html.replaceAll(template.key, key);
  const row = holder.firstElementChild;
  rowsOf(kind).append(row);
  return row;
};

for (const button of form.querySelectorAll("[data-add-row]")) {
  const kind = button.dataset.addRow;
  if (!templates[kind]) continue;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(kind).querySelector("input:not([type=hidden]), textarea").focus();
  });
}

// --- Words that have not been acknowledged ----------------------------------------------------

const entries = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const OWN = ["csrfmiddlewaretoken", "base", "page", "number"]; // the page's, nobody's words
const words = () => JSON.stringify(entries().filter(([name]) => !OWN.includes(name)));
let savedWords = null; // what the last acknowledged save held

const keepDraft = () => {
  try {
    localStorage.setItem(draftKey, JSON.stringify(entries()));
  } catch {
    // No room or no storage: the save itself still goes out.
  }
};

const dropDraft = () => {
  try {
    localStorage.removeItem(draftKey);
  } catch {
    // Nothing was kept, so nothing has to go.
  }
};

const fill = (name, values) => {
  for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (box.type === "checkbox" || box.type === "radio") box.checked = values.includes(box.value);
    else [box.value] = values;
  }
};

const restoreDraft = () => {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(draftKey));
  } catch {
    return;
  }
  if (!Array.isArray(draft)) return;
  const sent = new Map();
  for (const [name, value] of draft) sent.set(name, [...(sent.get(name) ?? []), value]);
  for (const kind of ["reference", "action"]) {
    for (const key of sent.get(`${kind}-key`) ?? []) {
      if (!form.querySelector(`[data-key="${CSS.escape(key)}"]`)) addRow(kind, key);
    }
  }
  const skipped = ["csrfmiddlewaretoken", "page", "number", "reference-key", "action-key"];
  for (const [name, values] of sent) if (!skipped.includes(name)) fill(name, values);
  changes += 1;
  say("Words that had not been saved are back in their boxes.");
  save();
};

// --- Saving -----------------------------------------------------------------------------------

const schedule = (wait = PAUSE) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

const trouble = (text, retry = true) => {
  say(text, true);
  if (retry) schedule(RETRY);
};

// True once the server has said that everything typed so far is kept.
async function save() {
  clearTimeout(timer);
  if (isSaving || isLeaving || changes === savedChanges) return changes === savedChanges;
  isSaving = true;
  const held = changes;
  const heldWords = words();
  form.elements.number.value = ++number;
  keepDraft();
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Autosave": "1" },
      signal: AbortSignal.timeout ? AbortSignal.timeout(TIMEOUT) : undefined,
    });
    timer = null;
    const isSaved = await read(answer, held);
    if (isSaved) savedWords = heldWords;
    return isSaved;
  } catch {
    trouble("Not saved: there is no connection. Your words are kept here and will be sent again.");
    return false;
  } finally {
    isSaving = false;
    if (changes > held && !timer) schedule();
  }
}

async function read(answer, held) {
  const isAnswer = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (answer.redirected) {
    trouble(SIGNED_OUT);
  } else if (answer.ok && isAnswer) {
    acknowledge(await answer.json(), held);
    return true;
  } else if (answer.status === 403 && isAnswer) {
    trouble(`Not saved. ${(await answer.json()).refusal}`, false);
  } else if (answer.status === 403) {
    trouble("Not saved yet. Your words are kept here and will be sent again.");
    const isFirstTime = !isRenewed;
    isRenewed = await renewToken();
    if (!isRenewed) trouble(SIGNED_OUT);
    if (isRenewed && isFirstTime) schedule();
  } else if (answer.status === 400 || answer.status === 413) {
    trouble("Not saved: this page could not be read. There may be too much text on it.", false);
  } else {
    trouble("Not saved yet. Your words are kept here and will be sent again.");
  }
  return false;
}

// Signing in again in another tab leaves this page with a token that no longer counts; the
// page as it is now has the one that does. Not when somebody else has signed in there. True
// when the token was renewed.
async function renewToken() {
  const answer = await fetch(form.dataset.autosave);
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  const theirs = now.getElementById("domain-form");
  if (theirs?.dataset.user !== form.dataset.user) return false;
  for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
    box.value = theirs.elements.csrfmiddlewaretoken.value;
  }
  return true;
}

function acknowledge(answer, held) {
  isRenewed = false;
  savedChanges = held;
  const base = JSON.parse(form.elements.base.value || "{}");
  form.elements.base.value = JSON.stringify({ ...base, ...answer.base });
  if (answer.unsettled) showUnsettled(answer.unsettled);
  for (const row of form.querySelectorAll("[data-new]")) {
    // A row that was saved is there, so it can be removed again.
    const part = `${row.dataset.row}-${row.dataset.key}-${REQUIRED[row.dataset.row]}`;
    if (part in answer.base) row.querySelector("[data-remove]").hidden = false;
  }
  const errors = Object.values(answer.errors).map((error) => error.replace(/\.$/, ""));
  if (changes === held && !errors.length && !isUnloading) dropDraft();
  else keepDraft(); // with what this save settled
  const parts = [`Saved ${answer.saved}`];
  if (errors.length) parts.push(`All but this: ${errors.join(". ")}`);
  if (answer.kept.length) {
    parts.push(`Someone else has changed: ${answer.kept.join(", ")}. Load the page again to see it`);
  }
  if (answer.unsettled) parts.push("Someone else wrote in the same box: both texts are kept");
  say(`${parts.join(". ")}${parts.length > 1 ? "." : ""}`, errors.length > 0);
}

function showUnsettled(html) {
  form.querySelector("[data-see-both]").hidden = false;
  unsettled.innerHTML = html;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const each of unsettled.querySelectorAll("form")) {
    const box = document.createElement("input");
    Object.assign(box, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
    each.prepend(box);
  }
}

const changed = () => {
  // Leaving a box tells of a change whose every key was heard before.
  if (changes === savedChanges && words() === savedWords) return;
  changes += 1;
  isUnloading = false;
  keepDraft();
  schedule();
};

form.addEventListener("input", changed);
form.addEventListener("change", changed);
// A button saves in the background first and leaves the page only then: without a connection,
// or signed out meanwhile, people stay where their words are.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wish = event.submitter?.value ?? "list";
  while (isSaving) await new Promise((done) => setTimeout(done, 50));
  changes += 1;
  if (!(await save())) return;
  isLeaving = true;
  form.elements.number.value = ++number;
  const box = document.createElement("input");
  Object.assign(box, { type: "hidden", name: "then", value: wish });
  form.append(box);
  form.submit();
});
// Deciding between two texts leaves the page too: what was typed meanwhile goes first.
unsettled.addEventListener("submit", async (event) => {
  if (changes === savedChanges) return;
  event.preventDefault();
  const { target, submitter } = event;
  while (isSaving) await new Promise((done) => setTimeout(done, 50));
  if (!(await save())) return;
  // The save may have made the panel anew. The decision is about the text that was seen.
  const isSame = (each) => each.getAttribute("action") === target.getAttribute("action");
  const now = [...unsettled.querySelectorAll("form")].find(isSame);
  now.elements.standing.value = target.elements.standing.value;
  now.requestSubmit(now.querySelector(`button[value="${submitter.value}"]`));
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  // Back from the next page, with the browser's copy of this one: look at it afresh.
  window.location.reload();
});
window.addEventListener("beforeunload", () => {
  isUnloading = true;
});
window.addEventListener("online", () => schedule(0));
// Going to another tab, and coming back from it (from signing in again, perhaps).
document.addEventListener("visibilitychange", () => save());

restoreDraft();
