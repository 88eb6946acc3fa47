// Comes nearer to a plan and moves over it; without this script the whole plan is shown.

const NEARER = 0.8;

function box(svg) {
  return svg.getAttribute("viewBox").split(/\s+/).map(Number);
}

function show(svg, view) {
  svg.setAttribute("viewBox", view.join(" "));
}

function zoom(svg, factor, at) {
  const [x, y, width, height] = box(svg);
  const middle = at ?? { x: x + width / 2, y: y + height / 2 };
  const left = middle.x - (middle.x - x) * factor;
  const top = middle.y - (middle.y - y) * factor;
  show(svg, [left, top, width * factor, height * factor]);
}

function move(svg, right, down) {
  const [x, y, width, height] = box(svg);
  show(svg, [x + right * width, y + down * height, width, height]);
}

function point(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-secondary";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function drag(svg) {
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    from = event.isPrimary && !event.target.closest("a") ? point(svg, event) : null;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const [x, y, width, height] = box(svg);
    const to = point(svg, event);
    show(svg, [x + from.x - to.x, y + from.y - to.y, width, height]);
  });
  svg.addEventListener("pointerup", () => {
    from = null;
  });
}

function keys(svg, whole) {
  const steps = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  svg.addEventListener("keydown", (event) => {
    if (event.key in steps) move(svg, ...steps[event.key]);
    else if (event.key === "+") zoom(svg, NEARER);
    else if (event.key === "-") zoom(svg, 1 / NEARER);
    else if (event.key === "0") show(svg, whole);
    else return;
    event.preventDefault();
  });
}

for (const plan of document.querySelectorAll("[data-plan]")) {
  const svg = plan.querySelector("svg");
  const whole = box(svg);
  svg.tabIndex = 0;
  plan.querySelector("[data-plan-tools]").append(
    button(plan.dataset.nearer, () => zoom(svg, NEARER)),
    button(plan.dataset.farther, () => zoom(svg, 1 / NEARER)),
    button(plan.dataset.whole, () => show(svg, whole)),
  );
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(svg, event.deltaY < 0 ? NEARER : 1 / NEARER, point(svg, event));
  });
  drag(svg);
  keys(svg, whole);
}
