"""Whether this machine can make PDF, and making it.

Where the pango library is missing the same page is printed by the browser instead.
"""

from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from types import ModuleType

from caseman.coding import N_
from caseman.database import DomainError

STYLESHEET = "caseman:print.css"
"""The address by which a paper names its stylesheet when it is made into a PDF."""


class NoPdfError(DomainError):
    """What makes PDF is missing on this machine."""

    def __init__(self) -> None:
        super().__init__(
            N_("This machine cannot make PDF files. Open the print page and print it from there.")
        )


@cache
def _rendering() -> ModuleType | None:
    try:
        # Where a library is missing a banner is printed, in the midst of what a command says.
        with redirect_stdout(StringIO()):
            return import_module("caseman.documents.rendering")
    except OSError:  # a system library that WeasyPrint loads is missing
        return None


def can_make_pdf() -> bool:
    """Say whether PDF can be made here."""
    return _rendering() is not None


def make_pdf(html: str, laid_out: Callable[[int], None] | None = None) -> bytes:
    """Return a printed page, whose stylesheet is ``STYLESHEET``, as PDF.

    ``laid_out`` is told the number of each page as it is begun.
    """
    rendering = _rendering()
    if rendering is None:
        raise NoPdfError
    pdf: bytes = rendering.render(html, laid_out)
    return pdf
