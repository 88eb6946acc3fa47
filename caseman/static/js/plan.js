// Comes nearer to a plan and moves over it; without this script the whole plan is shown.
// One finger scrolls the page as everywhere; two move the plan.

const NEARER = 0.8;
const NEAREST = 1 / 50;
const FARTHEST = 4; // times the whole plan

function box(svg) {
  return svg.getAttribute("viewBox").split(/\s+/).map(Number);
}

function show(svg, view) {
  svg.setAttribute("viewBox", view.join(" "));
}

function zoom(svg, wanted, at) {
  const [x, y, width, height] = box(svg);
  const whole = Number(svg.dataset.whole);
  const factor = Math.min(Math.max(wanted, (whole * NEAREST) / width), (whole * FARTHEST) / width);
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
    const takes = event.pointerType !== "touch" && event.isPrimary && !event.target.closest("a");
    from = takes ? point(svg, event) : null;
  });
  svg.addEventListener("pointermove", (event) => {
    if (from && event.buttons) carry(svg, from, point(svg, event));
  });
  svg.addEventListener("pointerup", () => {
    from = null;
  });
}

function carry(svg, from, to) {
  const [x, y, width, height] = box(svg);
  show(svg, [x + from.x - to.x, y + from.y - to.y, width, height]);
}

function pinch(svg) {
  let before = null;
  const fingers = (event) => {
    const [one, other] = event.touches;
    return {
      clientX: (one.clientX + other.clientX) / 2,
      clientY: (one.clientY + other.clientY) / 2,
      apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1,
    };
  };
  const begin = (event) => {
    before = event.touches.length === 2 ? fingers(event) : null;
    if (before) event.preventDefault();
  };
  svg.addEventListener("touchstart", begin, { passive: false });
  svg.addEventListener("touchend", begin);
  svg.addEventListener("touchcancel", begin);
  svg.addEventListener(
    "touchmove",
    (event) => {
      if (!before || !event.cancelable) return;
      event.preventDefault();
      const now = fingers(event);
      carry(svg, point(svg, before), point(svg, now));
      zoom(svg, before.apart / now.apart, point(svg, now));
      before = now;
    },
    { passive: false },
  );
}

function keys(svg, whole) {
  const steps = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  svg.addEventListener("keydown", (event) => {
    // The browser's own keys, such as Alt with an arrow, stay with it.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
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
  svg.dataset.whole = whole[2];
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
  pinch(svg);
  keys(svg, whole);
}
