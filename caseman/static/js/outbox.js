// A form whose post cannot reach the server keeps its content on the page, says so, and offers to
// send again. Nothing is written to the device: the page itself is the only copy.
// Without this module the form is an ordinary form.

import { turn } from "./page.js";

const unsent = new Set();
const elsewhere = new Set([400, 401, 403, 408, 413, 429]);
let blocked = false;
let turned = "";

document.addEventListener("securitypolicyviolation", (event) => {
  if (event.effectiveDirective === "connect-src") blocked = true;
});

// A family page that is left in a hurry takes its forms away first, and nothing holds it back.
addEventListener("beforeunload", (event) => {
  if ([...unsent].some((form) => form.isConnected)) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-outbox]") || blocked || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter);
});

addEventListener("online", () => {
  for (const form of unsent) banner(form).querySelector("button").focus();
});

async function send(form, submitter) {
  if (form.getAttribute("aria-busy") === "true") return;
  const data = new FormData(form, submitter);
  busy(form, true);
  let answer;
  try {
    const target = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    answer = await fetch(target || location.href, {
      method: "POST",
      body: form.enctype === "multipart/form-data" ? data : new URLSearchParams(data),
      headers: { Accept: "text/html" },
      credentials: "same-origin",
    });
  } catch {
    busy(form, false);
    if (blocked) return form.submit();
    return keep(form, form.dataset.kept, submitter);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  busy(form, false);
  const signIn = page.querySelector("[data-page='sign-in']");
  if (signIn || answer.status === 401) return keep(form, form.dataset.signedOut, submitter);
  if (answer.status >= 500 || elsewhere.has(answer.status)) {
    const reason = page.querySelector("h1");
    const words = [form.dataset.refused, reason && reason.textContent.trim()].filter(Boolean);
    return keep(form, words.join(" "), submitter);
  }
  unsent.delete(form);
  show(page, answer);
}

// The answer comes in the place of this page, at its own address.
function show(page, answer) {
  if (answer.redirected) history.pushState(null, "", answer.url);
  turned = location.pathname;
  turn(page);
  scrollTo(0, 0);
  dispatchEvent(new Event("caseman:page"));
}

// After a turn only loading joins address and content; a step of a form is no other page.
addEventListener("popstate", ({ state }) => {
  if (turned && state?.path !== turned) location.reload();
});

function keep(form, words, submitter) {
  unsent.add(form);
  const box = banner(form);
  box.querySelector("strong").textContent = form.dataset.unsent.replace("{n}", unsent.size);
  box.querySelector("p").textContent = words;
  const again = box.querySelector("button");
  again.textContent = form.dataset.retry;
  again.onclick = () => retry(form, submitter);
  again.focus();
}

async function retry(form, submitter) {
  // A new sign-in brings a new token: take it from a fresh copy of this page.
  try {
    const fresh = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
    const token = page.querySelector("input[name='csrf_token']");
    const own = form.querySelector("input[name='csrf_token']");
    if (token && own) own.value = token.value;
  } catch {
    return keep(form, form.dataset.kept, submitter);
  }
  send(form, submitter);
}

function banner(form) {
  let box = form.querySelector(".unsent");
  if (box) return box;
  box = document.createElement("div");
  box.className = "notice notice-warning unsent";
  box.setAttribute("role", "alert");
  const words = document.createElement("div");
  words.append(document.createElement("strong"), document.createElement("p"));
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button-primary";
  box.append(words, again);
  form.append(box);
  return box;
}

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  for (const button of form.querySelectorAll("button:not([type='button'])")) {
    button.dataset.words ??= button.innerHTML ? button.textContent : "";
    button.toggleAttribute("disabled", is);
    if (is && button.matches(".button-primary")) button.textContent = form.dataset.sending;
    else if (!is && button.matches(".button-primary")) button.textContent = button.dataset.words;
  }
}

// After a refused form the summary is what to read first.
function meetErrors() {
  document.querySelector("[data-error-summary]")?.focus();
}
addEventListener("caseman:page", meetErrors);
meetErrors();
