// Keys for people who work through long lists: j and k walk along the rows, Enter opens, / goes to
// the search, ? tells these keys. Never while typing, never one key for a decision.

const TYPING = "input:not([type='checkbox'], [type='radio']), select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
  if (event.key === "j" || event.key === "k") walk(event, event.key === "j" ? 1 : -1);
  else if (event.key === "/") reach(event, "input[type='search']");
  else if (event.key === "?") help(event);
});

function walk(event, step) {
  const links = [...document.querySelectorAll("[data-rows] .row-link")];
  if (!links.length) return;
  event.preventDefault();
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  const link = links[Math.max(0, Math.min(links.length - 1, next))];
  link.focus();
  link.closest("tr")?.scrollIntoView({ block: "nearest" });
}

function reach(event, selector) {
  const target = document.querySelector(selector);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function help(event) {
  const box = document.querySelector("dialog[data-keys-help]");
  if (!box) return;
  event.preventDefault();
  if (box.open) box.close();
  else box.showModal();
}
