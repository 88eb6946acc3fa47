"""A table of one's own, read from a file or typed, and refused where it is none."""

import csv
import io
from typing import Final

from wtforms import BooleanField

from caseman.osteology import (
    PHASE_COLUMNS,
    SIZE_COLUMNS,
    LineRefusedError,
    OwnMethods,
    local_methods,
)
from caseman.remains.codes import OwnTableKind
from caseman.remains.drafts import NewTable
from caseman.web.forms import Form, TableField, UploadField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

LONGEST: Final = 50_000
COLUMNS: Final = {OwnTableKind.SIZES: SIZE_COLUMNS, OwnTableKind.PHASES: PHASE_COLUMNS}
_DELIMITERS: Final = ",;\t"


class OwnTableForm(Form):
    """Lines of sizes or of phases, with the columns of the program's own tables."""

    file = UploadField(
        _("A file"),
        description=_("CSV in UTF-8. What it says is shown below before it is kept."),
    )
    lines = TableField(
        _("Its lines"),
        longest=LONGEST,
        description=_("The first line names the columns."),
        render_kw={"rows": 10, "dir": "ltr", "spellcheck": "false"},
    )
    checked = BooleanField(_("I have looked at what it says: offer it to all examiners here."))

    def methods(self) -> OwnMethods | None:
        """Return what the lines say; None, with an error, where they are no table."""
        if self.file.data is not None:
            # What a file holds is shown first, whatever was ticked.
            self.checked.data = False
            if not self._take_file():
                return None
        try:
            own = local_methods(self._rows())
        except LineRefusedError as refused:
            self._say(_words(refused))
            return None
        if own.equations:
            self._say(gettext("This is an equation: it has a form of its own."))
        elif not (own.sizes or own.phases):
            self._say(gettext("At least one line below the names of the columns is expected."))
        elif len({_whose(row) for row in self._rows()}) > 1:
            self._say(gettext("One method, year and population is expected in all lines."))
        else:
            return own
        return None

    def table(self, own: OwnMethods) -> NewTable:
        """Return the lines, which ``own`` was made of, as they are kept."""
        kind = OwnTableKind.SIZES if own.sizes else OwnTableKind.PHASES
        kept = [{name: row.get(name) or "" for name in COLUMNS[kind]} for row in self._rows()]
        method, year, population = _whose(kept[0])
        return NewTable(kind, method, year, population, kept)

    def _rows(self) -> list[dict[str, str]]:
        """Return the cells by column; the heading tells what stands between them."""
        text = self.lines.data or ""
        heading = text.partition("\n")[0]
        between = max(_DELIMITERS, key=heading.count)
        return [
            {name: cell.strip() if isinstance(cell, str) else cell for name, cell in row.items()}
            for row in csv.DictReader(io.StringIO(text), delimiter=between)
        ]

    def _take_file(self) -> bool:
        """Put what the file says where it is seen and sent again; say so where it is none."""
        content = self.file.content(LONGEST)
        if self.lines.data:
            return self._say(
                gettext(
                    "Something is pasted already. Empty the lines, or send them without the file."
                )
            )
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self._say(gettext("This is no CSV in UTF-8."))
        if len(content) > LONGEST:
            return self._say(gettext("It is too long for a table of one method."))
        self.lines.data = self.lines.clean(text)
        return True

    def _say(self, sentence: str) -> bool:
        """Put a refusal at the file, where one came, or else at the lines; return False."""
        field = self.lines if self.file.data is None else self.file
        field.errors = [*field.errors, sentence]
        return False


def _whose(row: dict[str, str]) -> tuple[str, str, str]:
    method, year, population = (row.get(name) or "" for name in ("method", "year", "population"))
    return method.strip(), year.strip(), population.strip()


def _words(refused: LineRefusedError) -> str:
    why = gettext(refused.why.message, **refused.why.values)
    if not refused.why.field_name:
        return gettext("Line %(number)s: %(why)s", number=refused.number, why=why)
    return gettext(
        "Line %(number)s, %(column)s: %(why)s",
        number=refused.number,
        column=refused.why.field_name,
        why=why,
    )
