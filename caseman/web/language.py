"""The reader's language: chosen by cookie, account or browser; direction and Babel locale."""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from caseman.permissions import Permission
from caseman.web.addresses import safe_path
from caseman.web.guards import requires
from caseman.web.installation import installation
from caseman.web.words import catalogue

COOKIE = "lang"
YEAR = 365 * 24 * 3600
SPEAK = "speak"
"""In the address of a form that is posted: come back in this language, with what was typed."""


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
    wishes = (spoken(), request.cookies.get(COOKIE), installation().preferred_language())
    for code in wishes:
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
    answer = current_app.make_response(redirect(_page_of(safe_path(request.args.get("next")))))
    _remember(answer, code)
    return answer


def spoken() -> str | None:
    """Return the language in which a form that was posted is only to be shown again."""
    code = request.args.get(SPEAK) if request.method == "POST" else None
    return code if code and code in installation().config.languages else None


def _page_of(target: str) -> str:
    """Return ``target``, or the nearest page above it where it only takes what is posted."""
    path, mark, query = target.partition("?")
    while path not in {"", "/"}:
        if _can_be_read(path):
            return path + mark + query
        path, mark, query = path.rstrip("/").rpartition("/")[0], "", ""
    return "/" + mark + query


def _can_be_read(path: str) -> bool:
    """Say whether a page stands at ``path``, and not only what is posted there."""
    read, posted = _rule_of(path, "GET"), _rule_of(path, "POST")
    return read is not None and posted in {None, read}


def _rule_of(path: str, method: str) -> str | None:
    adapter = current_app.url_map.bind("localhost")
    try:
        return adapter.match(path, method=method, return_rule=True)[0].rule
    except RequestRedirect as to:
        return to.new_url
    except HTTPException:
        return None


def _remember(answer: Response, code: str) -> None:
    answer.set_cookie(
        COOKIE,
        code,
        max_age=YEAR,
        secure=installation().config.tls,
        httponly=True,
        samesite="Lax",
    )


def _remember_spoken(answer: Response) -> Response:
    if code := spoken():
        _remember(answer, code)
    return answer


def _page_variables() -> dict[str, object]:
    tongue = current()
    return {"lang": tongue.code, "direction": tongue.direction, "tongues": offered()}


# Jinja's own functions copy the context of a loop at each text: half the time of a long page.
def _text(message: str, /, **values: object) -> Markup:
    """Return one of our texts as markup; what fills it is escaped, and a percent sign doubled."""
    return Markup(catalogue().ugettext(message)) % values  # noqa: S704 - our own words


def _counted(one: str, many: str, number: int, /, **values: object) -> Markup:
    """Return the form of a text for ``number``, which fills ``%(num)s``."""
    text = catalogue().ungettext(one, many, number)
    return Markup(text) % ({"num": number} | values)  # noqa: S704 - our own words


def init_app(app: Flask) -> None:
    """Set up Flask-Babel and tell every template its language and direction."""
    Babel(app, locale_selector=lambda: current().locale, default_timezone="UTC")
    app.jinja_env.globals.update(_=_text, ngettext=_counted)
    app.context_processor(_page_variables)
    app.after_request(_remember_spoken)
    app.register_blueprint(language)
