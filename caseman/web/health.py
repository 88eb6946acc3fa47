"""``/healthz``: whether this installation can do its work, for a monitor or a script."""

import os
from collections.abc import Callable

import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from caseman import schema
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.installation import Installation, UnhealthyError, installation

health = Blueprint("health", __name__)

IN_ORDER = "in order"


@health.get("/healthz")
@requires(Permission.PUBLIC)
def healthz() -> ResponseReturnValue:
    """Answer 200 when every part is in order, else 503 naming the part and no detail."""
    parts = {name: _state(check) for name, check in installation().checks.items()}
    healthy = all(state == IN_ORDER for state in parts.values())
    return jsonify(healthy=healthy, parts=parts), 200 if healthy else 503


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except UnhealthyError as error:
        return str(error)
    except (SQLAlchemyError, OSError):
        return "out of reach"
    return IN_ORDER


def _checks(kit: Installation) -> dict[str, Callable[[], None]]:
    def database() -> None:
        with kit.sessions.read() as session:
            session.execute(sa.select(1))

    def migrations() -> None:
        if not schema.is_current(kit.sessions.engine):
            message = "pending"
            raise UnhealthyError(message)

    def files() -> None:
        if not os.access(kit.config.files, os.W_OK):
            message = "not writable"
            raise UnhealthyError(message)

    return {"database": database, "migrations": migrations, "files": files}


def init_app(app: Flask) -> None:
    """Serve ``/healthz`` with the checks of the kit; slices add theirs to ``checks``."""
    with app.app_context():
        installation().checks.update(_checks(installation()))
    app.register_blueprint(health)
