// The drawing of the skeleton follows what is chosen, and a bone in it leads to its question.

const STATES = ["whole", "part", "fragment", "absent", "unsaid"];

function shapeOf(name) {
  return document.querySelector(`path[data-bone="${name}"]`);
}

function draw(question) {
  const shape = shapeOf(question.name);
  if (!shape) return;
  shape.classList.remove(...STATES.map((state) => `bone-${state}`));
  shape.classList.add(`bone-${question.value || "unsaid"}`);
}

function lead(event) {
  const link = event.target.closest("a[href^='#bone_']");
  const question = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!question) return;
  event.preventDefault();
  question.focus();
  question.scrollIntoView({ block: "center" });
}

for (const question of document.querySelectorAll("select[data-bone]")) {
  draw(question);
  question.addEventListener("change", () => draw(question));
}
document.querySelector(".skeleton")?.addEventListener("click", lead);
