"""Makes PDF with WeasyPrint, which fetches nothing but our own stylesheet, held in memory.

Importing this module needs the pango library; ``caseman.documents.pdf`` asks whether it is there.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

import caseman
from caseman.documents.pdf import STYLESHEET

# It warns of each property that screens know and paper does not; what it could not load, it tells.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

_TAGGED = "pdf/ua-1"
_PROGRESS: Final = logging.getLogger("weasyprint.progress")
_PAGE: Final = re.compile(r"Creating layout - Page (\d+)")


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


class _Pages(logging.Handler):
    """Hears of each page as it is laid out; WeasyPrint tells its log alone."""

    def __init__(self, laid_out: Callable[[int], None]) -> None:
        super().__init__()
        self._laid_out = laid_out

    def emit(self, record: logging.LogRecord) -> None:
        if said := _PAGE.search(record.getMessage()):
            self._laid_out(int(said[1]))


@contextmanager
def _heard(laid_out: Callable[[int], None] | None) -> Iterator[None]:
    if laid_out is None:
        yield
        return
    pages, level = _Pages(laid_out), _PROGRESS.level
    _PROGRESS.addHandler(pages)
    _PROGRESS.setLevel(logging.INFO)
    try:
        yield
    finally:
        _PROGRESS.removeHandler(pages)
        _PROGRESS.setLevel(level)


def render(html: str, laid_out: Callable[[int], None] | None = None) -> bytes:
    """Return a page as a tagged PDF (PDF/UA) that a screen reader can read.

    ``laid_out`` is told the number of each page that is begun: for one paper at a time.
    """
    page = HTML(string=html, base_url="caseman:/", url_fetcher=OwnFiles())
    with _heard(laid_out):
        pdf: bytes = page.write_pdf(pdf_variant=_TAGGED)
    return pdf
