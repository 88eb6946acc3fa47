"""The reader's language: chosen by cookie, account or browser; direction and Babel locale."""

from dataclasses import dataclass

from flask import Blueprint, Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.exceptions import NotFound

from caseman.permissions import Permission
from caseman.web.addresses import safe_path
from caseman.web.guards import requires
from caseman.web.installation import installation

COOKIE = "lang"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the interface. ``code`` is the ``lang`` of the page.

    ``locale`` names the CLDR data and the folder of the catalogue; ``awaits_review`` says that no
    native speaker has read the texts yet.
    """

    code: str
    name: str
    locale: str
    direction: str = "ltr"
    awaits_review: bool = False


TONGUES = {
    tongue.code: tongue
    for tongue in (
        Tongue("en", "English", "en_GB"),
        # Plain "ar" prints the Egyptian month names; here August is آب.
        Tongue("ar", "العربية", "ar_SY", "rtl"),
        # CLDR calls Kurmanji "ku"; from "kmr" Babel makes "ku_TR", another country's.
        Tongue("kmr", "Kurmancî", "ku", awaits_review=True),
        Tongue("ckb", "کوردیی ناوەندی", "ckb", "rtl", awaits_review=True),
    )
}

language = Blueprint("language", __name__)


def offered() -> tuple[Tongue, ...]:
    """Return the languages of this installation, the default one first."""
    return tuple(TONGUES[code] for code in installation().config.languages)


def current() -> Tongue:
    """Return the language of the current request."""
    codes = [tongue.code for tongue in offered()]
    for code in (request.cookies.get(COOKIE), installation().preferred_language()):
        if code in codes:
            return TONGUES[code]
    # Browsers name Kurmanji by the older, wider code.
    named = {"ku": "kmr"} if "kmr" in codes else {}
    accepted = request.accept_languages.best_match([*codes, *named]) or codes[0]
    return TONGUES[named.get(accepted, accepted)]


@language.get("/language/<code>")
@requires(Permission.PUBLIC)
def choose(code: str) -> ResponseReturnValue:
    """Remember the language and go back to the page the reader came from."""
    if code not in installation().config.languages:
        raise NotFound
    answer = redirect(safe_path(request.args.get("next")))
    answer.set_cookie(
        COOKIE,
        code,
        max_age=YEAR,
        secure=installation().config.tls,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _page_variables() -> dict[str, object]:
    tongue = current()
    return {"lang": tongue.code, "direction": tongue.direction, "tongues": offered()}


def init_app(app: Flask) -> None:
    """Set up Flask-Babel and tell every template its language and direction."""
    Babel(app, locale_selector=lambda: current().locale, default_timezone="UTC")
    app.context_processor(_page_variables)
    app.register_blueprint(language)
