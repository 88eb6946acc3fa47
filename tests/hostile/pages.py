"""Forms as a page holds them, read by the standard's own parser, and what a page says of errors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

X = "{http://www.w3.org/1999/xhtml}"
MACHINERY = frozenset({"csrf_token", "idempotency_key", "version", "kept"})
UNTYPED = {"submit", "image", "button", "reset"}


def parsed(html: str) -> Element:
    return html5lib.HTMLParser().parse(html)


@dataclass
class Control:
    """One input of a form, with what it holds as the page comes."""

    name: str
    kind: str
    """text, textarea, select, radio, checkbox, hidden, file, password, date ..."""
    value: str
    is_on: bool = True
    options: tuple[str, ...] = ()
    numeric: str = ""
    element: Element | None = field(default=None, repr=False, compare=False)

    @property
    def is_needed(self) -> bool:
        return self.element is not None and self.element.get("required") is not None

    @property
    def is_number(self) -> bool:
        return self.numeric in {"decimal", "numeric"} and self.kind in {"text", "tel"}

    @property
    def is_text(self) -> bool:
        return self.kind in {"text", "textarea", "search", "tel", "email"}


@dataclass
class PostedForm:
    """A form that posts: where it stands, where it goes, and what it asks."""

    page: str
    action: str
    controls: list[Control]
    has_files: bool

    @property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.controls)

    def of_kind(self, *kinds: str) -> list[Control]:
        return [each for each in self.controls if each.kind in kinds]

    def sent_as_shown(self) -> dict[str, list[str]]:
        """What a browser sends if nobody touches the form."""
        sent: dict[str, list[str]] = {}
        for each in self.controls:
            if each.is_on and each.kind != "file":
                sent.setdefault(each.name, []).append(each.value)
        return sent


def forms_in(root: Element, page: str) -> Iterator[PostedForm]:
    for form in root.iter(f"{X}form"):
        if form.get("method", "").lower() == "post":
            controls = [control for element in form.iter() for control in _controls(element)]
            action = form.get("action") or page
            yield PostedForm(page, action, controls, "multipart" in form.get("enctype", ""))


def _controls(element: Element) -> Iterator[Control]:
    name, tag = element.get("name"), element.tag.removeprefix(X)
    if not name or element.get("disabled") is not None:
        return
    if tag == "select":
        yield from _choices(element, name)
    elif tag == "textarea":
        text = (element.text or "").removeprefix("\n")
        yield Control(name, "textarea", text, element=element)
    elif tag == "input" and element.get("type") not in UNTYPED:
        kind = element.get("type", "text")
        is_on = kind not in {"radio", "checkbox"} or element.get("checked") is not None
        value = element.get("value", "on" if kind == "checkbox" else "")
        numeric = element.get("inputmode", "")
        yield Control(name, kind, value, is_on, numeric=numeric, element=element)


def _choices(element: Element, name: str) -> Iterator[Control]:
    options = list(element.iter(f"{X}option"))
    values = tuple(each.get("value", "".join(each.itertext())) for each in options)
    chosen = [
        value
        for each, value in zip(options, values, strict=True)
        if each.get("selected") is not None
    ]
    if element.get("multiple") is None:
        chosen = chosen[:1] or list(values[:1])
    for value in chosen or [""]:
        yield Control(name, "select", value, bool(chosen), values, element=element)


def path_of(address: str) -> str:
    return urlsplit(address).path


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def errors_tied(root: Element) -> list[tuple[str, str]]:
    """Return (name of the field, message) of each error that a control is described by."""
    by_id = {each.get("id"): each for each in root.iter() if each.get("id")}
    found = []
    for element in root.iter():
        described = element.get("aria-describedby", "").split()
        texts = [text_of(by_id[each]) for each in described if each.endswith("-error")]
        names = [element.get("name")] if element.get("name") else _names_within(element)
        found += [(name, text) for text in texts for name in names]
    return found


def _names_within(element: Element) -> list[str]:
    return [each.get("name", "") for each in element.iter() if each.get("name")]


def summary(root: Element) -> list[tuple[str, str]]:
    """Return (target, message) of each line of the error summary."""
    boxes = [each for each in root.iter(f"{X}div") if each.get("data-error-summary") is not None]
    return [(link.get("href", ""), text_of(link)) for box in boxes for link in box.iter(f"{X}a")]
