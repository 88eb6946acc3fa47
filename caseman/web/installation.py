"""What the running application is made of, in one typed place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, Response, current_app
from sqlalchemy.orm import Session

from caseman.database import Sessions
from config import Config

KEY = "caseman"


class UnhealthyError(RuntimeError):
    """A part of the installation is out of order; the text is shown to whoever asks."""


@dataclass
class Installation:
    """Settings, database and the hooks by which slices join the kit."""

    config: Config
    sessions: Sessions
    on_session_open: list[Callable[[Session], None]] = field(default_factory=list)
    """Called with the request's session when it opens; accounts names the actor here."""
    before_commit: list[Callable[[Session, Response], None]] = field(default_factory=list)
    """Called with the answer that is about to be committed."""
    checks: dict[str, Callable[[], None]] = field(default_factory=dict)
    """Named health checks; each raises ``UnhealthyError`` when its part is out of order."""
    sign_in_endpoint: str | None = None
    """Where a visitor who must sign in is sent; set by accounts."""
    preferred_language: Callable[[], str | None] = lambda: None
    """The signed-in person's language; set by accounts."""

    def install(self, app: Flask) -> None:
        """Attach this to ``app``."""
        app.extensions[KEY] = self


def installation() -> Installation:
    """Return what the current application is made of."""
    return cast("Installation", current_app.extensions[KEY])
