// Another language in the middle of a form: the page comes anew, what was typed and chosen moves over
// by the names of its fields, and the reader stays at the same question. Nothing is written to the
// device. Without this module a form that has buttons for the languages is posted for it; elsewhere
// the language changes and the form is empty.

import { turn } from "./page.js";

const FORM = "main form[method='post']";
const WRITTEN = "input:not([type='hidden'], [type='submit']), select, textarea, [name='version']";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[hreflang], [data-speak]");
  const is_plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (!link || !is_plain || !document.querySelector(FORM)) return;
  event.preventDefault();
  try {
    await speak(link.href || link.dataset.speak);
  } catch {
    if (link.href) location.assign(link.href);
    else carryBySending(link);
  }
});

// As without a script: the form comes back in the other language. Chosen files stay behind.
function carryBySending(button) {
  button.form.action = button.formAction;
  button.form.submit();
}

async function speak(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const same = new URL(answer.url).pathname === location.pathname;
  if (!answer.ok || !same || !page.querySelector(FORM)) throw new Error("another page came");
  const forms = [...document.querySelectorAll(FORM)];
  const place = topmost();
  turn(page);
  const fresh = [...document.querySelectorAll(FORM)];
  for (const form of forms) move(form, counterpart(form, forms, fresh));
  dispatchEvent(new Event("caseman:page"));
  if (place) document.getElementById(place)?.scrollIntoView({ block: "center" });
}

function counterpart(form, forms, fresh) {
  const like = (each) => each.getAttribute("action") === form.getAttribute("action");
  return fresh.filter(like)[forms.filter(like).indexOf(form)];
}

function move(from, to) {
  if (!to) return;
  const met = new Map();
  for (const old of from.querySelectorAll(WRITTEN)) {
    if (!old.name) continue;
    const nth = met.get(old.name) || 0;
    met.set(old.name, nth + 1);
    const control = named(to, old.name)[nth] || (grow(to, old.name), named(to, old.name)[nth]);
    if (control) carry(old, control);
  }
}

const named = (form, name) => form.querySelectorAll(`[name="${CSS.escape(name)}"]`);

function carry(old, control) {
  if (old.type === "file") control.files = old.files;
  else if (old.type === "checkbox" || old.type === "radio") control.checked = old.checked;
  else if (old.multiple) {
    for (const [index, option] of [...old.options].entries()) {
      if (control.options[index]) control.options[index].selected = option.selected;
    }
  } else control.value = old.value;
  if (old.type === "file") control.dispatchEvent(new Event("change", { bubbles: true }));
}

// A row that was added on the old page: another one like the first.
function grow(form, name) {
  const [, rows, index] = name.match(/^(.+)-(\d+)-[^-]+$/) || [];
  const first = rows && form.querySelector(`[name^="${CSS.escape(rows)}-0-"]`)?.closest(".sheet");
  if (!first) return;
  const row = first.cloneNode(true);
  for (const each of row.querySelectorAll("*")) {
    for (const { name: attribute, value } of [...each.attributes]) {
      each.setAttribute(attribute, value.replaceAll(`${rows}-0-`, `${rows}-${index}-`));
    }
  }
  const title = row.querySelector("legend");
  title.textContent = title.textContent.replace("1", Number(index) + 1);
  const all = form.querySelectorAll(`[name^="${CSS.escape(rows)}-"]`);
  [...all].at(-1).closest(".sheet").after(row);
}

// The question the reader is at.
function topmost() {
  const controls = document.querySelectorAll(`main form :is(${WRITTEN})`);
  return [...controls].find((each) => each.id && each.getBoundingClientRect().top > 0)?.id;
}
