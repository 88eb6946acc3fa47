// The drawing of the teeth follows the questions, and a surface in it marks the one of its question.
// On a tooth that has the focus M, O, D, V and L mark a surface, arrows go to the next tooth.

const KEYS = "MODVL";

function squareOf(fdi) {
  return document.querySelector(`[data-odontogram] g[data-tooth="${fdi}"]`);
}

function stateOf(fdi) {
  return document.getElementById(`tooth_${fdi}`);
}

function boxesOf(fdi) {
  return [...document.querySelectorAll(`input[name="surfaces_${fdi}"]`)];
}

function draw(fdi) {
  const square = squareOf(fdi);
  const state = stateOf(fdi);
  if (!square || !state) return;
  const others = [...square.classList].filter((name) => name.startsWith("state-"));
  square.classList.remove(...others);
  square.classList.add(`state-${state.value || "unsaid"}`);
  const marked = boxesOf(fdi).filter((box) => box.checked);
  for (const surface of square.querySelectorAll("[data-surface]")) {
    const isMarked = marked.some((box) => box.value === surface.dataset.surface);
    surface.classList.toggle("surface-meant", isMarked);
  }
  name(square, state, marked);
}

function name(square, state, marked) {
  const letters = marked.map((box) => box.value).join("");
  const chosen = state.selectedOptions[0]?.text ?? "";
  const words = `${square.dataset.title}: ${[chosen, letters].filter(Boolean).join(" ")}`;
  square.querySelector("title").textContent = words;
  square.closest("a")?.setAttribute("aria-label", words);
}

function mark(fdi, letter) {
  const box = boxesOf(fdi).find((each) => each.value === letter);
  if (!box) return;
  box.checked = !box.checked;
  draw(fdi);
}

function lead(event) {
  const square = event.target.closest("g[data-tooth]");
  if (!square) return;
  event.preventDefault();
  const letter = event.target.dataset.surface;
  if (letter && event.detail > 0) mark(square.dataset.tooth, letter);
  else {
    stateOf(square.dataset.tooth)?.focus();
    stateOf(square.dataset.tooth)?.scrollIntoView({ block: "center" });
  }
}

function press(event) {
  const link = event.target.closest("a[href^='#tooth_']");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const letter = event.key.toUpperCase();
  if (KEYS.includes(letter) && letter.length === 1) {
    event.preventDefault();
    mark(link.getAttribute("href").slice("#tooth_".length), letter);
    return;
  }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const links = [...document.querySelectorAll("[data-odontogram] a")];
  links[links.indexOf(link) + step]?.focus();
}

function follow(event) {
  const fdi = event.target.name?.match(/^(?:tooth|surfaces)_(\d\d)$/)?.[1];
  if (fdi) draw(fdi);
}

for (const chart of document.querySelectorAll("[data-odontogram]")) {
  chart.addEventListener("click", lead);
  chart.addEventListener("keydown", press);
  for (const square of chart.querySelectorAll("g[data-tooth]")) draw(square.dataset.tooth);
}
document.addEventListener("change", follow);
