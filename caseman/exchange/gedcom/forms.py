"""For whom and in which version a tree leaves, and what is taken of one that comes."""

import wtforms

from caseman.exchange.exports.forms import PurposeForm
from caseman.exchange.gedcom.reading import MOST_BYTES, FileTree, read_tree, text_of
from caseman.exchange.gedcom.writing import GedcomFile
from caseman.reports.codes import RECIPIENTS
from caseman.web.forms import CodeField, Form, TableField, TextField, UploadField
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class TakeOutForm(PurposeForm):
    """A family tree as a file."""

    file = CodeField(_("Kind of file"), GedcomFile, required=True)
    recipient = CodeField(
        _("To whom it goes"),
        RECIPIENTS,
        description=_(
            "Left open: it stays in this office. Otherwise it leaves only where every family that "
            "reported this person agreed."
        ),
    )
    with_names = wtforms.BooleanField(
        _("With the names of relatives"),
        description=_("Only for a file that stays in this office. Relatives have numbers anyway."),
    )

    def validate_with_names(self, field: wtforms.BooleanField) -> None:
        """Keep the names of relatives in this office."""
        if field.data and self.recipient.data:
            raise wtforms.ValidationError(
                gettext("The names of relatives stay in this office: leave them out.")
            )


class BringInForm(Form):
    """A family tree out of a file: who of it is the missing person, and who is added."""

    file = UploadField(
        _("GEDCOM file"),
        description=_("GEDCOM 5.5, 5.5.1 or 7, at most 2 MB, in UTF-8 or UTF-16."),
        render_kw={"accept": ".ged"},
    )
    gedcom = TableField(
        _("Text of the file"),
        longest=MOST_BYTES,
        render_kw={"dir": "ltr", "rows": 8, "spellcheck": "false", "autocomplete": "off"},
        description=_("What you sent stays here until it is brought in. You may also paste it."),
    )
    sought = TextField(_("Look for a name in the file"), render_kw={"autocomplete": "off"})
    look = wtforms.BooleanField(_("Search"))
    missing = wtforms.SelectField(
        _("Who of them is the missing person?"), validate_choice=False, choices=[]
    )
    shown = wtforms.HiddenField()
    """Of whom the preview is that was looked at."""
    chosen = wtforms.SelectMultipleField(_("Relatives"), validate_choice=False, choices=[])

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a file or a pasted text."""
        valid = super().validate(extra_validators)
        is_there = bool(self.file.data or self.gedcom.data or self.gedcom.errors)
        if not is_there:
            self.gedcom.errors = [gettext("Choose a GEDCOM file.")]
        return valid and is_there

    @property
    def ticked(self) -> set[str]:
        """The keys of those who are to be added."""
        return set(self.chosen.data or ())

    @property
    def is_confirmed(self) -> bool:
        """Whether the preview that was shown is the one that was asked for, and no other."""
        is_same = bool(self.shown.data) and self.shown.data == self.missing.data
        return is_same and not self.look.data and self.file.data is None

    def read(self) -> FileTree:
        """Return the tree; the text of a file goes where it is sent again from.

        Raises UnreadableGedcomError; where it was a file, what was pasted stays.
        """
        if self.file.data is None:
            return read_tree(self.gedcom.data)
        text = self.gedcom.clean(text_of(self.file.content(MOST_BYTES)))
        tree = read_tree(text)
        self.gedcom.data, self.missing.data, self.sought.data = text, None, ""
        return tree
