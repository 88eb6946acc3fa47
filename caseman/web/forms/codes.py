"""Choices from a controlled vocabulary, shown by their translated labels."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.form import BaseForm

from caseman.coding import Code
from caseman.web.forms.validators import first_of
from caseman.web.words import gettext as _

NO_CHOICE = ("", "—")


def _choices(codes: Iterable[Code]) -> list[tuple[str, str]]:
    return [(code.value, _(code.label)) for code in codes]


class CodeField(SelectField):
    """One code or none; ``data`` is a member of the enum or None.

    ``codes`` is the enum, or those of its members that may be chosen here.
    """

    def __init__(
        self,
        label: str = "",
        codes: Iterable[Code] = (),
        validators: Sequence[Any] = (),
        *,
        required: bool = False,
        **options: Any,  # noqa: ANN401
    ) -> None:
        self.codes = {code.value: code for code in codes}
        first = first_of(validators, required=required)
        super().__init__(
            label,
            [first, *validators],
            coerce=self._code,
            choices=lambda: [NO_CHOICE, *_choices(self.codes.values())],
            **options,
        )

    def _code(self, value: object) -> Code | None:
        return self.codes.get(str(value))

    def process_data(self, value: object) -> None:
        """Take the stored code; one that is offered no longer stays, or a correction loses it."""
        kind = type(next(iter(self.codes.values()), None))
        if issubclass(kind, Code) and str(value) not in self.codes and value in set(kind):
            self.codes = {**self.codes, str(value): kind(str(value))}
        super().process_data(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            self.data = self._code(valuelist[0])
            if self.data is None:
                raise ValueError(_not_offered(self))

    def pre_validate(self, form: BaseForm) -> None:
        """Ask nothing more: ``process_formdata`` took offered codes only."""


class CodesField(SelectMultipleField):
    """Any number of codes; ``data`` is a list of members in the order of the vocabulary."""

    def __init__(
        self,
        label: str = "",
        codes: Iterable[Code] = (),
        validators: Sequence[Any] = (),
        *,
        required: bool = False,
        **options: Any,  # noqa: ANN401
    ) -> None:
        self.codes = {code.value: code for code in codes}
        first = first_of(validators, required=required)
        super().__init__(
            label,
            [first, *validators],
            coerce=str,
            choices=lambda: _choices(self.codes.values()),
            **options,
        )

    def process_data(self, value: Any) -> None:  # noqa: ANN401
        self.data = [self.codes[str(each)] for each in value or () if str(each) in self.codes]

    def process_formdata(self, valuelist: list[Any]) -> None:
        chosen = set(valuelist) - {""}
        self.data = [code for value, code in self.codes.items() if value in chosen]
        if not chosen <= set(self.codes):
            raise ValueError(_not_offered(self))

    def pre_validate(self, form: BaseForm) -> None:
        """Ask nothing more: ``process_formdata`` took offered codes only."""


def _not_offered(field: SelectField | SelectMultipleField) -> str:
    return _("%(field)s is not one of the choices. Choose one of the list.", field=field.label.text)
