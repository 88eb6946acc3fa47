// Leaving a family page at once: the page goes blank, then a harmless one takes its place. The Back
// button comes to no page of ours: each that is shown again after leaving leaves once more.

const LEFT = "left";
let shifts = [];

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-exit]");
  if (!link) return;
  event.preventDefault();
  leave(link.href);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") {
    shifts = [];
    return;
  }
  if (event.repeat) return;
  const now = Date.now();
  shifts = [...shifts.filter((moment) => now - moment < 1500), now];
  if (shifts.length >= 3) leave(address());
});

addEventListener("pageshow", (event) => {
  const [entry] = performance.getEntriesByType("navigation");
  const returned = event.persisted || (entry && entry.type === "back_forward");
  if (!has()) return;
  if (returned) leave(address());
  else forget();
});

function address() {
  return document.querySelector("a[data-exit]")?.href ?? "about:blank";
}

function leave(href) {
  remember();
  document.title = "\u00a0";
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  location.replace(href);
}

// Storage may be refused; leaving works without it.
function remember() {
  try {
    sessionStorage.setItem(LEFT, "1");
  } catch {}
}

function has() {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

function forget() {
  try {
    sessionStorage.removeItem(LEFT);
  } catch {}
}
