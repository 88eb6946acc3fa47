// Puts a page that was fetched in the place of this one, as a browser would after a post.

export function turn(page) {
  document.title = page.title;
  const root = page.documentElement;
  for (const name of ["lang", "dir"]) {
    document.documentElement.setAttribute(name, root.getAttribute(name) || "");
  }
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
