// The drawing of the teeth follows the questions, and a surface in it marks the one of its question.
// On a tooth that has the focus a key sets its state, M, O, D, V and L mark a surface, arrows go to
// the next tooth and to the other jaw.

import { attend, choose, lead } from "./keyed.js";

const SURFACES = ["M", "O", "D", "V", "L"];
const OPPOSITE = { 1: 4, 2: 3, 3: 2, 4: 1, 5: 8, 6: 7, 7: 6, 8: 5 };
const NOTHING = "0";

function squareOf(fdi) {
  return document.querySelector(`[data-odontogram] g[data-tooth="${fdi}"]`);
}

function stateOf(fdi) {
  return document.getElementById(`tooth_${fdi}`);
}

function boxesOf(fdi) {
  return [...document.querySelectorAll(`input[name="surfaces_${fdi}"]`)];
}

function fdiOf(link) {
  return link.getAttribute("href").slice("#tooth_".length);
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
  const unsaid = square.closest("[data-odontogram]").dataset.unsaid;
  const chosen = state.value ? state.selectedOptions[0].text : unsaid;
  const words = `${square.dataset.title}: ${[chosen, letters].filter(Boolean).join(" ")}`;
  square.querySelector("title").textContent = words;
  square.closest("a")?.setAttribute("aria-label", words);
}

function mark(fdi, letter) {
  const box = boxesOf(fdi).find((each) => each.value === letter);
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function set(link, key) {
  const fdi = fdiOf(link);
  if (SURFACES.includes(key)) return mark(fdi, key);
  if (key === NOTHING) for (const box of boxesOf(fdi)) box.checked = false;
  return choose(stateOf(fdi), key);
}

function next(links) {
  return (link, right, down) => {
    if (right) return links[links.indexOf(link) + right];
    const [quadrant, place] = fdiOf(link);
    const isUpper = "1256".includes(quadrant);
    return isUpper === down > 0 ? squareOf(OPPOSITE[quadrant] + place)?.closest("a") : null;
  };
}

function press(event) {
  const square = event.target.closest("g[data-tooth]");
  if (!square || !stateOf(square.dataset.tooth)) return;
  event.preventDefault();
  const letter = event.target.dataset.surface;
  if (letter && event.detail > 0) mark(square.dataset.tooth, letter);
  else lead(stateOf(square.dataset.tooth));
}

function follow(event) {
  const fdi = event.target.name?.match(/^(?:tooth|surfaces)_(\d\d)$/)?.[1];
  if (fdi) draw(fdi);
}

function begin() {
  const links = [...document.querySelectorAll("[data-odontogram] a")];
  attend(links, next(links), set);
  for (const chart of document.querySelectorAll("[data-odontogram]")) {
    chart.addEventListener("click", press);
    for (const square of chart.querySelectorAll("g[data-tooth]")) draw(square.dataset.tooth);
  }
}

document.addEventListener("change", follow);
addEventListener("caseman:page", begin);
begin();
