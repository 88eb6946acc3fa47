// Fills in where a camera stood, and where it looked, from two taps on the plan.
// The plan is drawn in centimetres with y downwards; the fields are metres east and north.

const CENTIMETRES = 100;
const SVG = "http://www.w3.org/2000/svg";
const STILL = 6; // pixels a pointer may wander and still taps

function here(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

function mark(svg) {
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", "plan-placing");
  group.setAttribute("aria-hidden", "true");
  const circle = document.createElementNS(SVG, "circle");
  const line = document.createElementNS(SVG, "line");
  group.append(line, circle);
  svg.append(group);
  return { circle, line };
}

function start(area) {
  const svg = area.querySelector("svg");
  const form = document.querySelector("form:has([name=grid_e_m])");
  const [east, north, facing] = ["grid_e_m", "grid_n_m", "facing_deg"].map((name) => form.elements[name]);
  const say = document.createElement("p");
  say.setAttribute("role", "status");
  say.textContent = area.dataset.stood;
  area.prepend(say);

  const size = Number(svg.getAttribute("viewBox").split(/\s+/)[2]) / 40;
  const { circle, line } = mark(svg);
  circle.setAttribute("r", size / 2);
  line.setAttribute("stroke-width", size / 5);

  const draw = () => {
    const known = east.value !== "" && north.value !== "";
    const x = Number(east.value) * CENTIMETRES;
    const y = -Number(north.value) * CENTIMETRES;
    circle.setAttribute("cx", x);
    circle.setAttribute("cy", y);
    circle.style.display = known ? "" : "none";
    const turn = (Number(facing.value) * Math.PI) / 180;
    line.setAttribute("x1", x);
    line.setAttribute("y1", y);
    line.setAttribute("x2", x + Math.sin(turn) * size * 3);
    line.setAttribute("y2", y - Math.cos(turn) * size * 3);
    line.style.display = known && facing.value !== "" ? "" : "none";
  };

  let looks = false;
  const tap = (point) => {
    const [x, y] = [point.x / CENTIMETRES, -point.y / CENTIMETRES];
    if (looks) {
      const turn = (Math.atan2(x - Number(east.value), y - Number(north.value)) * 180) / Math.PI;
      facing.value = Math.round(turn + 360) % 360;
    } else {
      east.value = x.toFixed(2);
      north.value = y.toFixed(2);
    }
    looks = !looks;
    say.textContent = looks ? area.dataset.looked : area.dataset.stood;
    for (const field of [east, north, facing]) field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  let down = null;
  svg.addEventListener("pointerdown", (event) => {
    down = event.isPrimary ? [event.clientX, event.clientY] : null;
  });
  svg.addEventListener("pointerup", (event) => {
    const wandered = down && Math.hypot(event.clientX - down[0], event.clientY - down[1]);
    if (wandered !== null && wandered < STILL) tap(here(svg, event));
    down = null;
  });
  // A tap on a sign places the camera there instead of leaving the page.
  svg.addEventListener("click", (event) => event.preventDefault());
  form.addEventListener("input", draw);
  draw();
}

for (const area of document.querySelectorAll("[data-placing]")) start(area);
