"""What the trail is asked."""

from collections.abc import Collection

from wtforms import SelectField
from wtforms.validators import Optional

from caseman.audit.codes import Action
from caseman.audit.verify import audited_models
from caseman.oversight.queries.trail import TrailFilter
from caseman.oversight.words import table_name
from caseman.web.forms import CodeField, DayField, TextField
from caseman.web.forms.base import FilterForm, Form
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext


class TrailForm(FilterForm):
    """Narrows the list of entries."""

    who = TextField(lazy_gettext("User name"), longest=60)
    what = CodeField(lazy_gettext("What was done"), Action)
    table = SelectField(lazy_gettext("Kind of record"), validators=[Optional()])
    number = TextField(lazy_gettext("Number of the record"), longest=80)
    since = DayField(lazy_gettext("From"), validators=[Optional()])
    until = DayField(lazy_gettext("To"), validators=[Optional()])

    def offer(self, actions: Collection[Action]) -> None:
        """Offer ``actions`` and the audited tables to choose from."""
        self.what.codes = {action.value: action for action in Action if action in actions}
        named = sorted(
            (table_name(model.__tablename__), model.__tablename__) for model in audited_models()
        )
        self.table.choices = [("", _("All")), *((table, label) for label, table in named)]

    def wanted(self) -> TrailFilter:
        """Return the answers; a field that could not be read narrows nothing."""
        return TrailFilter(
            who=self.who.data,
            action=self.what.data,
            table=self.table.data or "",
            number=self.number.data.upper(),
            since=self.since.data,
            until=self.until.data,
        )


class VerifyForm(Form):
    """Has the trail verified; asks nothing."""
