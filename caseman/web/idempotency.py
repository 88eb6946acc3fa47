"""A form sent twice is taken once: the second is answered as the first was.

The key is claimed in the same transaction as what the form changes, when that transaction opens.
So a form that was refused leaves no key behind, and of two sent at once one waits for the other.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.jobs.registry import at_each_sweep
from caseman.web import unit_of_work
from caseman.web.forms.base import KEY_FIELD, TOKEN_FIELD
from caseman.web.guards import is_signed_in
from caseman.web.installation import installation
from caseman.web.models import IdempotencyKey

KEPT = timedelta(days=30)
"""A field tablet may be without a network for weeks before it sends its outbox again."""


class KeyReusedError(DomainError):
    """The same key came with other content: two different forms, or one changed in between."""

    def __init__(self) -> None:
        super().__init__(
            N_("This page was sent before with other answers. Open it anew to send these.")
        )


class AlreadyTakenError(DomainError):
    """The form was taken, and its answer was a page that is shown once only."""

    def __init__(self) -> None:
        super().__init__(N_("This form was received before. Nothing was stored twice."))


class Repeated(Exception):  # noqa: N818 - not an error but the way back to the first answer
    """The form was taken before and its answer led to ``location``."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location


def _claim(session: Session) -> None:
    """Claim the key of the posted form for this transaction, or answer as the first time."""
    key = request.form.get(KEY_FIELD, "") if request.method == "POST" else ""
    if not key:
        return
    mine = IdempotencyKey(
        key=hashlib.sha256(key.encode()).hexdigest(),
        user_id=current_user.get_id() if is_signed_in() else "",
        path=request.path[:300],
        body_digest=_digest_of_body(),
    )
    if earlier := _earlier(session, mine):
        _answer_again(earlier, mine)
    try:
        with session.begin_nested():
            session.add(mine)
    except IntegrityError:  # on PostgreSQL the other one has committed while we waited for it
        if earlier := _earlier(session, mine):
            _answer_again(earlier, mine)
        raise
    g.idempotency_key = mine


def _earlier(session: Session, mine: IdempotencyKey) -> IdempotencyKey | None:
    with session.no_autoflush:
        return session.scalar(sa.select(IdempotencyKey).where(IdempotencyKey.key == mine.key))


def _answer_again(earlier: IdempotencyKey, mine: IdempotencyKey) -> None:
    asked = (mine.user_id, mine.path, mine.body_digest)
    if (earlier.user_id, earlier.path, earlier.body_digest) != asked:
        raise KeyReusedError
    if earlier.location is None:
        raise AlreadyTakenError
    raise Repeated(earlier.location)


def _digest_of_body() -> str:
    digest = hashlib.sha256()
    for part in _body():
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _body() -> Iterator[bytes]:
    """Yield every answer and file; the token is made anew for each page and says nothing."""
    for name, value in sorted(request.form.items(multi=True)):
        if name != TOKEN_FIELD:
            yield name.encode()
            yield value.encode()
    for name, upload in request.files.items(multi=True):
        yield f"{name}/{upload.filename}".encode()
        yield hashlib.file_digest(upload.stream, "sha256").digest()  # type: ignore[arg-type]
        upload.stream.seek(0)


@at_each_sweep
def forget_old(session: Session) -> None:
    """Delete keys of forms that nobody sends again any more."""
    session.execute(sa.delete(IdempotencyKey).where(IdempotencyKey.at < now() - KEPT))


def _remember(_session: Session, response: Response) -> None:
    claimed: IdempotencyKey | None = g.get("idempotency_key")
    if claimed is not None:
        claimed.location = response.location


def _repeat(error: Repeated) -> ResponseReturnValue:
    unit_of_work.discard()
    return redirect(error.location)


def init_app(app: Flask) -> None:
    """Claim keys as transactions open."""
    with app.app_context():
        installation().on_session_open.append(_claim)
        installation().before_commit.append(_remember)
    app.register_error_handler(Repeated, _repeat)
