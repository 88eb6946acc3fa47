"""Text in one line or in many, cleaned and limited in length."""

from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea, TextInput

from caseman.web.forms.fields import KitField
from caseman.web.words import gettext as _
from caseman.web.words import ngettext
from caseman.writing import UNREADABLE, clean_line, clean_lines, clean_table


class TextField(KitField):
    """One line of text; ``data`` is cleaned, and empty where nothing was written."""

    widget: Any = TextInput()
    clean = staticmethod(clean_line)

    def __init__(self, label: str = "", *args: Any, longest: int = 200, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, *args, **options)
        self.longest = longest
        self.flags.maxlength = longest

    def process_data(self, value: Any) -> None:  # noqa: ANN401
        self.data = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.clean(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002
        text = self.data
        if UNREADABLE in text:
            raise ValidationError(
                _(
                    "%(field)s holds signs that could not be read. Type it again.",
                    field=self.label.text,
                )
            )
        if len(text) > self.longest:
            raise ValidationError(self._too_long(len(text)))

    def _too_long(self, length: int) -> str:
        surplus = length - self.longest
        return ngettext(
            "%(field)s is %(num)s character too long: at most %(longest)s fit.",
            "%(field)s is %(num)s characters too long: at most %(longest)s fit.",
            surplus,
            field=self.label.text,
            longest=self.longest,
        )

    def _value(self) -> str:
        return str(self.data)


class LinesField(TextField):
    """Text of several lines."""

    widget: Any = TextArea()
    clean = staticmethod(clean_lines)

    def __init__(self, label: str = "", *args: Any, longest: int = 5000, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, *args, longest=longest, **options)


class TableField(LinesField):
    """The text of a table or of a file, in which tabs and blanks part what stands in a line."""

    clean = staticmethod(clean_table)
