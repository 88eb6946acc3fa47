// Leaving a family page at once: the page goes blank, then a harmless one takes its place. The Back
// button comes to no page of ours: each that is shown again after leaving leaves once more.
// A plain script in the head, so that it decides before anything of the page is drawn.

(() => {
  const LEFT = "left";
  const root = document.documentElement;
  let shifts = [];

  // Storage may be refused; leaving works without it.
  const storage = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  const hasLeft = () => storage((session) => session.getItem(LEFT)) !== null;

  function leave() {
    storage((session) => session.setItem(LEFT, "1"));
    closeOnServer();
    root.hidden = true;
    document.title = "\u00a0";
    document.body?.replaceChildren();
    location.replace(document.querySelector("meta[name='exit']").content);
  }

  // So that nobody who takes this phone next opens what was typed or read here.
  function closeOnServer() {
    const token = document.querySelector("input[name='csrf_token']");
    const address = document.querySelector("meta[name='leave']")?.content;
    if (!token || !address) return;
    navigator.sendBeacon(address, new URLSearchParams({ csrf_token: token.value }));
  }

  const [entry] = performance.getEntriesByType("navigation");
  const returned = entry && entry.type === "back_forward";
  if (hasLeft() && returned) leave();
  else if (hasLeft()) storage((session) => session.removeItem(LEFT));

  // A page kept alive for the Back button is kept blank, and shown again only if nobody left.
  addEventListener("pagehide", () => {
    root.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (hasLeft()) leave();
    else root.hidden = false;
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") shifts = [];
    else if (!event.repeat) {
      const now = Date.now();
      shifts = [...shifts.filter((moment) => now - moment < 1500), now];
      if (shifts.length >= 3) leave();
    }
  });
})();
