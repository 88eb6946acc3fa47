"""Injuries and diseases on the page of remains, described, corrected, struck, kept as marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.database import DomainError
from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.forms.lesions import (
    CorrectDiseaseForm,
    CorrectInjuryForm,
    DiseaseForm,
    InjuryForm,
    LesionForm,
    StrikeForm,
)
from caseman.remains.models import Pathology, Remains, Trauma
from caseman.remains.services import lesions as services
from caseman.remains.views.blueprint import ask, record, remains, say_why
from caseman.remains.views.lesion_words import corrections, lesion_facts, lesion_title, mark_words
from caseman.web.forms import Form
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

INJURIES = "injuries"
DISEASES = "diseases"
PATH = "/remains/<number>/lesions/<what>"
Lesion = Trauma | Pathology


@dataclass(frozen=True, slots=True)
class Told:
    """One description as the page shows it."""

    row: Lesion
    title: str
    facts: list[tuple[str, str]]
    corrections: list[tuple[str, str, str]]


@remains.route(f"{PATH}/new", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def describe_lesion(number: str, what: str) -> ResponseReturnValue:
    row, what = record(number), _known(what)
    form: InjuryForm | DiseaseForm = InjuryForm() if what == INJURIES else DiseaseForm()
    if form.validate_on_submit():
        try:
            if isinstance(form, InjuryForm):
                services.describe_injury(session, row, form.seen())
            else:
                services.describe_disease(session, row, form.seen())
            return _back(row)
        except DomainError as refused:
            say_why(form, refused)
    title = _("Describe an injury") if what == INJURIES else _("Describe a disease or anomaly")
    return _form_page(row, form, title)


@remains.route(f"{PATH}/<int:lesion_id>/correct", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def correct_lesion(number: str, what: str, lesion_id: int) -> ResponseReturnValue:
    row = record(number)
    lesion = _lesion(row, what, lesion_id)
    form: CorrectInjuryForm | CorrectDiseaseForm = (
        CorrectInjuryForm(obj=lesion) if what == INJURIES else CorrectDiseaseForm(obj=lesion)
    )
    if not form.is_submitted():
        opened(lesion)
    elif form.validate():
        form.expects(lesion.version)
        try:
            services.correct_lesion(lesion, form.seen())
            return _back(row)
        except DomainError as refused:
            say_why(form, refused)
    return _form_page(row, form, _("Correct what was described"))


@remains.route(f"{PATH}/<int:lesion_id>/strike", methods=["GET", "POST"])
@requires(Permission.EXAMINATION_WRITE)
def strike_lesion(number: str, what: str, lesion_id: int) -> ResponseReturnValue:
    row = record(number)
    lesion = _lesion(row, what, lesion_id)
    form = StrikeForm(data={"version": lesion.version})
    if form.validate_on_submit():
        form.expects(lesion.version)
        try:
            services.strike_lesion(lesion, form.reason.data, own_account())
            return _back(row)
        except DomainError as refused:
            say_why(form, refused)
    return ask(
        row,
        form,
        _("Strike this description?"),
        what=lesion_title(lesion),
        consequences=[
            _("It stays to be read with your reason, and can be taken back."),
            _("A mark that was kept from it stays: remove that by itself."),
        ],
        submit=_("Strike"),
    )


@remains.post(f"{PATH}/<int:lesion_id>/restore")
@requires(Permission.EXAMINATION_WRITE)
def restore_lesion(number: str, what: str, lesion_id: int) -> ResponseReturnValue:
    row = record(number)
    lesion, form = _lesion(row, what, lesion_id), Form()
    form.validate()
    form.expects(lesion.version)
    services.restore_lesion(lesion)
    return _back(row)


@remains.post(f"{PATH}/<int:lesion_id>/mark")
@requires(Permission.EXAMINATION_WRITE)
def keep_as_mark(number: str, what: str, lesion_id: int) -> ResponseReturnValue:
    row = record(number)
    lesion, form = _lesion(row, what, lesion_id), Form()
    form.validate()
    form.expects(lesion.version)
    services.keep_as_mark(session, lesion, mark_words(lesion))
    flash(_("It is kept as a mark and compared with what families tell."), "done")
    return redirect(url_for(".show", number=row.number, _anchor="marks"))


def _known(what: str) -> str:
    """Return which of the two it is about; anything else is not there."""
    return found(what if what in {INJURIES, DISEASES} else None)


def _form_page(row: Remains, form: LesionForm, title: str) -> ResponseReturnValue:
    page = render_template("remains/lesion.html", remains=row, form=form, title=title)
    return page, 422 if form.is_submitted() else 200


def _lesion(row: Remains, what: str, lesion_id: int) -> Lesion:
    read = queries.injuries_of if _known(what) == INJURIES else queries.diseases_of
    rows: Sequence[Lesion] = read(session, row)
    for each in rows:
        if each.id == lesion_id:
            return each
    raise NotFound


def _back(row: Remains) -> ResponseReturnValue:
    return redirect(url_for(".show", number=row.number, _anchor="injuries"))


def told(lesion: Lesion) -> Told:
    """Return a description in words, with what was corrected of it."""
    changed = corrections(queries.corrections_of(session, lesion))
    return Told(lesion, lesion_title(lesion), lesion_facts(lesion), changed)


def described(row: Remains) -> dict[str, object]:
    """Return what the page of remains shows of injuries and diseases."""
    return {
        "lesion_parts": [
            (INJURIES, [told(each) for each in queries.injuries_of(session, row)]),
            (DISEASES, [told(each) for each in queries.diseases_of(session, row)]),
        ],
        "none_asked": Form(formdata=None),
    }
