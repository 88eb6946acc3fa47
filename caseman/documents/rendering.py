"""Makes PDF with WeasyPrint, which fetches nothing but our own stylesheet, held in memory.

Importing this module needs the pango library; ``caseman.documents.pdf`` asks whether it is there.
"""

import logging
from pathlib import Path
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

import caseman
from caseman.documents.pdf import STYLESHEET

# It warns of each property that screens know and paper does not; what it could not load, it tells.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

_TAGGED = "pdf/ua-1"


class ForeignAddressError(ValueError):
    """A paper named something that is not our own; it is left out, whatever it was."""


class OwnFiles(URLFetcher):  # type: ignore[misc] # WeasyPrint is untyped
    """Answers from memory; no network, no file system, no redirect (security.md, AB16)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        css = (Path(caseman.__file__).parent / "static" / "print.css").read_bytes()
        self._files = {STYLESHEET: (css, "text/css; charset=utf-8")}

    def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401, ARG002 - WeasyPrint's
        if url not in self._files:
            raise ForeignAddressError
        content, kind = self._files[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def render(html: str) -> bytes:
    """Return a page as a tagged PDF (PDF/UA) that a screen reader can read."""
    page = HTML(string=html, base_url="caseman:/", url_fetcher=OwnFiles())
    pdf: bytes = page.write_pdf(pdf_variant=_TAGGED)
    return pdf
