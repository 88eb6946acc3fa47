"""What every page must stand when somebody looks at it."""

from tests.browsing import is_wider_than_its_window

OPEN_FOLDS = "document.querySelectorAll('details:not(.menu)').forEach((each) => each.open = true)"
WIDE, PHONE, SMALL_PHONE = 1280, 390, 360


def faults(page, axe, widths=(WIDE, PHONE)):
    """Return what hinders somebody on this page, with every fold open."""
    page.evaluate(OPEN_FOLDS)
    found = []
    for width in widths:
        _resize(page, width)
        found += [f"{page.url} at {width}: {fault}" for fault in axe(page)]
    for width in (SMALL_PHONE, PHONE):
        _resize(page, width)
        if is_wider_than_its_window(page):
            found.append(f"{page.url} scrolls sideways at {width}")
    return found


def _resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})


def listen(page):
    """Keep in ``page.complaints`` what scripts and the content policy complain of."""
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: _hear(page, said))
    return page


def _hear(page, said):
    if said.type == "error":
        page.complaints.append(f"{page.url}: {said.text}")


def forgive(page):
    """Forget that the console reported answers of 4xx, where a refusal is what was wanted."""
    page.complaints[:] = [each for each in page.complaints if "status of 4" not in each]
