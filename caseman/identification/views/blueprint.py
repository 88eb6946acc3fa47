"""The blueprint, and what its views share."""

from flask import Blueprint
from flask_login import current_user

from caseman.accounts.models import User
from caseman.web.unit_of_work import session

bp = Blueprint("identification", __name__)


def signer() -> User:
    """Return the signed-in account as a row of this request's session."""
    return session.get_one(User, current_user.id)
