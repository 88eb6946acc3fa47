"""What an answer must fulfil. A message names the field, what is wrong and what would be right."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from caseman.calendars import PartialDate
from caseman.database import now
from caseman.web.words import gettext as _

ABSENCE_SUFFIX = "_absence"


def is_blank(field: Field) -> bool:
    """Say whether nothing was entered or ticked; a zero is an answer."""
    return field.data is None or field.data is False or field.data in ("", [], ())


def absence_of(form: BaseForm, field: Field) -> Any | None:  # noqa: ANN401 - an Absence or None
    """Return why ``field`` has no value, if the form asks and the reader said so."""
    name = field.short_name + ABSENCE_SUFFIX
    return form[name].data if name in form else None


def not_to_come(_form: BaseForm, field: Field) -> None:
    """Refuse a day, or partial date, that has not begun anywhere on earth yet."""
    told = field.data
    first = told.earliest if isinstance(told, PartialDate) else told
    if first and first > now().date() + timedelta(days=1):
        raise ValidationError(_("The day lies in the future. Check it."))


class Answered:
    """The field must hold a value or, where the form asks for one, a reason why it does not."""

    def __init__(self) -> None:
        self.field_flags = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not is_blank(field):
            return
        if field.process_errors or absence_of(form, field):
            raise StopValidation
        raise StopValidation(_missing(form, field))


def _missing(form: BaseForm, field: Field) -> str:
    if field.short_name + ABSENCE_SUFFIX in form:
        return _(
            "%(field)s is missing. Enter it, or say why it is not known.", field=field.label.text
        )
    return _("%(field)s is missing. Please enter it.", field=field.label.text)


class MayBeBlank:
    """An empty field is valid and nothing more is asked of it."""

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if is_blank(field):
            raise StopValidation


def first_of(validators: Sequence[Any], *, required: bool) -> Answered | MayBeBlank:
    """Return what decides about an empty field before the other ``validators`` see it."""
    is_needed = required or any(isinstance(each, Answered) for each in validators)
    return Answered() if is_needed else MayBeBlank()


class Matches:
    """The whole text must match ``pattern``; ``example`` shows what would be right."""

    def __init__(self, pattern: str, example: str) -> None:
        self.pattern = re.compile(pattern)
        self.example = example

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if not self.pattern.fullmatch(str(field.data)):
            raise ValidationError(
                _(
                    "%(field)s is not written as it must be. An example: %(example)s.",
                    field=field.label.text,
                    example=self.example,
                )
            )
