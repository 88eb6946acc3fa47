"""What accounts keep beside the application."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from caseman.accounts.passwords import Hasher
from caseman.accounts.sessions import ServerSessions

KEY = "caseman.accounts"


@dataclass
class AccountsState:
    """The password hasher of this process and its session store."""

    hasher: Hasher
    sessions: ServerSessions

    def install(self, app: Flask) -> None:
        """Attach this to ``app``."""
        app.extensions[KEY] = self
        app.session_interface = self.sessions


def accounts_state() -> AccountsState:
    """Return what the current application uses."""
    return cast("AccountsState", current_app.extensions[KEY])


def hasher() -> Hasher:
    """Return the password hasher of this process."""
    return accounts_state().hasher
