// The drawing of the skeleton follows what is chosen, and a bone in it leads to its question. On a
// bone that has the focus a digit says what is there, arrows go to the nearest bone that way.

import { attend, choose, lead } from "./keyed.js";

const STATES = ["whole", "part", "fragment", "absent", "fused", "unsaid"];

function linkOf(name) {
  return document.querySelector(`.skeleton a[href="#${name}"]`);
}

function questionOf(link) {
  return document.getElementById(link.getAttribute("href").slice(1));
}

function draw(question) {
  const link = linkOf(question.name);
  if (!link) return;
  const shape = link.querySelector("path");
  shape.classList.remove(...STATES.map((state) => `bone-${state}`));
  shape.classList.add(`bone-${question.value || "unsaid"}`);
  const unsaid = link.closest("[data-unsaid]").dataset.unsaid;
  const state = question.value ? question.selectedOptions[0].text : unsaid;
  const words = [`${link.dataset.name}: ${state}`, link.dataset.notes].filter(Boolean).join("; ");
  link.setAttribute("aria-label", words);
  shape.querySelector("title").textContent = words;
}

function middleOf(link) {
  const box = link.getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

function nearest(links) {
  const middles = new Map(links.map((link) => [link, middleOf(link)]));
  return (from, right, down) => {
    const [x, y] = middles.get(from);
    let best = null;
    let least = Infinity;
    for (const [link, [atX, atY]] of middles) {
      const ahead = (atX - x) * right + (atY - y) * down;
      const aside = Math.abs((atX - x) * down) + Math.abs((atY - y) * right);
      if (ahead < 0.5 || ahead + 3 * aside >= least) continue;
      best = link;
      least = ahead + 3 * aside;
    }
    return best;
  };
}

function begin() {
  const links = [...document.querySelectorAll(".skeleton a[href^='#']")];
  attend(links, nearest(links), (link, key) => choose(questionOf(link), key));
  for (const question of document.querySelectorAll("select[data-bone]")) {
    draw(question);
    question.addEventListener("change", () => draw(question));
  }
  document.querySelector(".skeleton")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    lead(questionOf(link));
  });
}

addEventListener("caseman:page", begin);
begin();
