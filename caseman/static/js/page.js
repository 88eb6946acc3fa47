// Puts a page that was fetched in the place of this one, as a browser would after a post.

export function turn(page) {
  document.title = page.title;
  const root = page.documentElement;
  for (const name of ["lang", "dir"]) {
    document.documentElement.setAttribute(name, root.getAttribute(name) || "");
  }
  dress(page);
  document.body.replaceWith(document.adoptNode(page.body));
  // Scripts of a parsed page do not run; the ones it needs and this page lacked are loaded here.
  const known = new Set([...document.scripts].map((script) => script.src));
  for (const script of page.scripts) {
    if (!script.src || known.has(script.src)) continue;
    const fresh = document.createElement("script");
    fresh.type = "module";
    fresh.src = script.src;
    document.head.append(fresh);
  }
}

// The page looks as its own style sheets say: a printed paper has others than the form before it.
function dress(page) {
  const sheets = (of) => [...of.querySelectorAll("head link[rel='stylesheet']")];
  const wanted = sheets(page).map((sheet) => sheet.href);
  const worn = sheets(document);
  for (const href of wanted) {
    if (worn.some((sheet) => sheet.href === href)) continue;
    const fresh = document.createElement("link");
    fresh.rel = "stylesheet";
    fresh.href = href;
    document.head.append(fresh);
  }
  for (const sheet of worn) if (!wanted.includes(sheet.href)) sheet.remove();
}
