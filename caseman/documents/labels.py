"""Labels: what stands on one, and a drawing whose squares fall on whole dots of a label printer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from caseman.coding import N_, Code

DOTS_PER_MM = 203 / 25.4
SHEET_PLACES = 24
"""Labels of 70 by 37 mm on a sheet of A4: three beside one another, eight below."""


class LabelSize(Code):
    """On what labels are printed."""

    SHEET = "a4", N_("A4 sheet, 24 labels of 70 by 37 mm")
    SMALL = "50x30", N_("Label printer, 50 by 30 mm")
    LARGE = "100x50", N_("Label printer, 100 by 50 mm")


SIDE_MM = {LabelSize.SHEET: 26, LabelSize.SMALL: 21, LabelSize.LARGE: 38}
"""How wide the drawing may be."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the number in two parts, the last one to be read from afar, and its drawing."""

    number: str
    place: str
    last: str
    what: str
    qr: Markup


def label_of(number: str, what: str, size: LabelSize) -> Label:
    """Return the label of ``number``; ``what`` is a word for what lies in the bag."""
    place, dash, last = number.rpartition("-")
    return Label(number, place + dash, last, what, drawing(number, SIDE_MM[size]))


def drawing(number: str, side_mm: float) -> Markup:
    """Return a QR code of the bare number: it opens nothing and gives no address away.

    Each module is a whole number of dots of a 203 dpi printer, or its edges would blur.
    """
    code = segno.make(number, error="q", micro=False)
    modules = code.symbol_size(border=2)[0]
    dots = max(1, int(side_mm * DOTS_PER_MM / modules))
    svg = code.svg_inline(scale=dots / DOTS_PER_MM, unit="mm", border=2)
    return Markup(svg)  # noqa: S704 - segno draws squares; the text is not part of the drawing


def sheets(labels: Sequence[Label], skip: int) -> Iterator[tuple[Label | None, ...]]:
    """Yield the labels sheet by sheet; the first ``skip`` places were used before."""
    places = (*[None] * skip, *labels)
    for start in range(0, len(places), SHEET_PLACES):
        yield places[start : start + SHEET_PLACES]
