// Saves a report while it is typed, on our server only: this phone keeps nothing of it. What cannot
// be saved stays on the page, and is tried again. Without this module a button saves.

const PAUSE = 3000;
const AGAIN = 10000;
let timer = null;
let saving = null;
let closed = false;

const box = () => document.querySelector("[data-draft]");
const formOf = (told) => told && document.getElementById(told.dataset.draftForm);

document.addEventListener("input", (event) => {
  const told = box();
  if (!told || event.target.form !== formOf(told) || event.target.type === "file") return;
  closed = false;
  plan(PAUSE);
});
document.addEventListener("change", (event) => {
  if (event.target.form && event.target.form === formOf(box())) plan(PAUSE);
});
addEventListener("online", () => saving === null && timer !== null && plan(0));

// What is sent for good needs no draft; a form that comes back is saved again when it is changed.
document.addEventListener("submit", (event) => {
  if (event.target !== formOf(box())) return;
  closed = true;
  clearTimeout(timer);
  saving?.abort();
});

function plan(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

function answers(form) {
  const data = new FormData(form);
  const kept = new URLSearchParams();
  for (const [name, value] of data) {
    const isOurs = name === "idempotency_key" || name === "version";
    if (typeof value === "string" && !isOurs) kept.append(name, value);
  }
  return kept;
}

async function save() {
  const told = box();
  const form = formOf(told);
  if (!form || closed) return;
  if (saving) return plan(PAUSE);
  saving = new AbortController();
  timer = null;
  try {
    const answer = await fetch(told.dataset.draft, {
      method: "POST",
      body: answers(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: saving.signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    numbers(told, await answer.json());
    say(told, told.dataset.saved);
  } catch {
    if (closed) return;
    say(told, told.dataset.notSaved);
    plan(AGAIN);
  } finally {
    saving = null;
  }
}

function say(told, words) {
  const status = told.querySelector("[role='status']");
  if (status.textContent !== words) status.textContent = words;
}

function numbers(told, { reference, secret }) {
  if (!secret) return;
  told.querySelector("[data-reference]").textContent = reference;
  told.querySelector("[data-secret]").textContent = secret;
  told.querySelector("details").hidden = false;
}
