"""What a family is asked, and the two numbers by which they come back."""

from caseman.coding import N_, Absence, Code
from caseman.reports.forms.report import (
    ANSWERABLE,
    BORN_HINT,
    MOST_PHOTOS,
    SEEN_HINT,
    PersonForm,
)
from caseman.web.forms import Form, LinesField, PhotosField, TextField, ToldDateField
from caseman.web.words import lazy_gettext


class NoAnswer(Code):
    """Why a family leaves a question open: the same values as ``Absence``, in their own words."""

    UNKNOWN = Absence.UNKNOWN.value, N_("I do not know")
    DECLINED = Absence.DECLINED.value, N_("I prefer not to say")
    DEFERRED = Absence.DEFERRED.value, N_("Ask me later")


class FamilyForm(PersonForm):
    """The report of a family: fewer reasons to choose, and only where the reason says something."""

    absence_codes = tuple(NoAnswer)
    answerable = tuple(name for name in ANSWERABLE if not name.startswith("name_"))

    birth = ToldDateField(lazy_gettext("Born"), description=BORN_HINT)
    last_seen = ToldDateField(lazy_gettext("Last seen, or last heard of"), description=SEEN_HINT)


class ReturnForm(Form):
    """The reference and the secret number of the receipt."""

    reference = TextField(
        lazy_gettext("Reference"),
        required=True,
        longest=60,
        description=lazy_gettext("Eight letters and digits"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"},
    )
    secret = TextField(
        lazy_gettext("Secret number"),
        required=True,
        longest=100,
        description=lazy_gettext("Twenty digits, with or without spaces"),
        render_kw={"autocomplete": "off", "inputmode": "numeric", "dir": "ltr"},
    )


class AddForm(Form):
    """What a family adds later."""

    text = LinesField(lazy_gettext("What would you like to add?"), longest=5000)
    photos = PhotosField(lazy_gettext("Photographs"), most=MOST_PHOTOS)
