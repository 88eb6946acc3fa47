"""The form base: versions, idempotency, reasons for absence, and the typed door to services."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import uuid4

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import Field, HiddenField
from wtforms.utils import unset_value

from caseman.coding import Absence
from caseman.database import StaleVersionError
from caseman.web.forms.codes import CodeField
from caseman.web.forms.groups import GroupField
from caseman.web.forms.messages import OwnMessages
from caseman.web.forms.numbers import HiddenWholeField
from caseman.web.forms.validators import ABSENCE_SUFFIX, is_blank
from caseman.web.language import spoken
from caseman.web.unit_of_work import show_again
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    D = TypeVar("D", bound=DataclassInstance)
else:
    D = TypeVar("D")

TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of the field, no secret
KEY_FIELD = "idempotency_key"
PLAIN_FIELDS = frozenset({TOKEN_FIELD, KEY_FIELD, "version"})
"""Fields of the machinery; they are no answers."""


class IdempotencyField(HiddenField):
    """A key made once for each page shown; a form posted again carries the same key."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ANN401, ARG002
        super().process(formdata, uuid4().hex)


class Form(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A form that hands its validated answers over as one typed value.

    ``answerable`` names fields that each get a companion ``<field>_absence``, where the reader
    says why there is no value; ``absence_codes`` are the reasons that make sense here.
    """

    answerable: ClassVar[tuple[str, ...]] = ()
    absence_codes: ClassVar[tuple[Absence, ...]] = tuple(Absence)

    version = HiddenWholeField()
    idempotency_key = IdempotencyField()

    class Meta:
        """Settings that WTForms reads."""

        def get_translations(self, _form: object) -> OwnMessages:
            return OwnMessages()

    def __init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**kwargs)
        for name in cls.answerable:
            if not hasattr(cls, name + ABSENCE_SUFFIX):
                companion = CodeField(lazy_gettext("Why there is no answer"), cls.absence_codes)
                setattr(cls, name + ABSENCE_SUFFIX, companion)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        g.form = self  # an error page shows its answers by their labels

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        self._refuse_unknown()
        if spoken():
            show_again()
            return False
        valid = super().validate(extra_validators)
        return self._absences_agree() and bool(valid)

    def to(self, draft: type[D], **more: object) -> D:
        """Return a ``draft`` of the answers; ``more`` gives what the form does not ask."""
        names = [field.name for field in fields(draft) if field.init and field.name not in more]
        answers = {name: self[name].data for name in names if name in self}
        if "absences" in names:
            answers["absences"] = self.absences()
        return draft(**answers, **more)

    def absences(self) -> dict[str, str]:
        """Return the reason for each field that has none."""
        reasons = {name: self[name + ABSENCE_SUFFIX].data for name in self.answerable}
        return {name: reason.value for name, reason in reasons.items() if reason}

    def show_absences(self, absences: Mapping[str, str]) -> None:
        """Show the stored reasons, and offer them again in a form that was sent."""
        sent = request.form if self.is_submitted() else None
        for name in self.answerable:
            self[name + ABSENCE_SUFFIX].process(sent, absences.get(name))

    def expects(self, version: int) -> None:
        """Refuse to go on if the record has changed since this form was shown."""
        if self.version.data != version:
            raise StaleVersionError

    def questions(self) -> Iterator[Field]:
        """Yield the fields a person answers, without the machinery and the companions."""
        companions = {name + ABSENCE_SUFFIX for name in self.answerable}
        for field in self:
            if field.short_name not in PLAIN_FIELDS | companions:
                yield field

    def absence_field(self, name: str) -> Field | None:
        """Return the companion of the field ``name``, if it has one."""
        companion: Field | None = self._fields.get(name + ABSENCE_SUFFIX)
        return companion

    def _absences_agree(self) -> bool:
        agree = True
        for name in self.answerable:
            field, reason = self[name], self[name + ABSENCE_SUFFIX].data
            if reason and not is_blank(field):
                agree = False
                field.errors = [*field.errors, _contradicts(field, reason)]
        return agree

    def _refuse_unknown(self) -> None:
        known = tuple(_names(self))
        for name in request.form:
            if name not in known and not name.startswith(_prefixes(self)):
                raise BadRequest


class FilterForm(FlaskForm):  # type: ignore[misc] # Flask-WTF is untyped
    """A form of questions to a list: it is sent by GET, changes nothing, and stays in the address.

    Unlike ``Form`` it ignores what it does not know: the address holds paging and sorting too.
    """

    class Meta:
        """Settings that WTForms reads."""

        csrf = False

        def get_translations(self, _form: object) -> OwnMessages:
            return OwnMessages()

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(formdata=request.args, **kwargs)

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(not is_blank(field) and field.data is not False for field in self)


def _names(form: Form) -> Iterator[str]:
    for field in form:
        if isinstance(field, GroupField):
            yield from (part.name for part in field.parts)
        else:
            yield field.name


def _prefixes(form: Form) -> tuple[str, ...]:
    """Return the prefixes of repeated and nested fields, whose names are not fixed."""
    nested = {"FieldList", "FormField"}
    return tuple(f"{field.name}-" for field in form if field.type in nested)


def _contradicts(field: Field, reason: Absence) -> str:
    return str(
        _(
            "%(field)s has an answer and “%(reason)s” as well. Keep one of the two.",
            field=field.label.text,
            reason=_(reason.label),
        )
    )
