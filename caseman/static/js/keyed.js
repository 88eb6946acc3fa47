// Keys on the parts of a drawing, each a link to its question: Tab reaches one of them, arrows go on
// from there. Which key sets what stands in a list of the page, [data-key] with its [data-code].

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function attend(links, step, set) {
  const help = document.querySelector("[data-key-help]");
  if (!links.length || !help) return;
  help.hidden = false;
  const reach = (chosen) => {
    for (const link of links) link.setAttribute("tabindex", link === chosen ? "0" : "-1");
  };
  reach(links[0]);
  for (const link of links) {
    link.addEventListener("focus", () => reach(link));
    link.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const key = keyOf(event);
      if (ARROWS[event.key]) step(link, ...ARROWS[event.key])?.focus();
      else if (key && set(link, key)) say(link.getAttribute("aria-label"));
      else return;
      event.preventDefault();
    });
  }
}

// A digit or a Latin letter, on a keyboard of whatever language.
function keyOf(event) {
  if (/^[\da-z]$/i.test(event.key)) return event.key.toUpperCase();
  return event.code.match(/^(?:Digit|Numpad|Key)(\w)$/)?.[1];
}

export function choose(question, key) {
  const told = document.querySelector(`[data-key-help] [data-key="${key}"]`);
  if (!told || !question) return false;
  const code = told.dataset.code;
  if (![...question.options].some((option) => option.value === code)) return false;
  question.value = code;
  question.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

export function lead(question) {
  question.focus();
  question.scrollIntoView({ block: "center" });
}

function say(words) {
  document.querySelector("[data-said]").textContent = words;
}
