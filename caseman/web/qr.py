"""QR codes as drawings inside the page."""

import segno
from markupsafe import Markup


def drawing(text: str) -> Markup:
    """Return ``text`` as an inline SVG drawing without a script or a style of its own.

    Never as a Micro QR code, which a short text would fit: the cameras of most phones read none.
    A quarter of it may be torn or dirty (level Q).
    """
    code = segno.make(text, error="q", micro=False)
    svg: str = code.svg_inline(scale=4, border=2, omitsize=True, svgclass="qr-code", lineclass=None)
    return Markup(svg)  # noqa: S704 - segno draws squares; the text is not part of the drawing
