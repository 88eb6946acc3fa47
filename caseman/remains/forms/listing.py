"""What the list of remains is asked."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from caseman.coding import N_, Code, SexEstimate
from caseman.remains.codes import Completeness, RemainsKind, RemainsStatus
from caseman.remains.queries import STAGES, RemainsFilter
from caseman.web.forms import CodeField, FilterForm, TextField
from caseman.web.words import lazy_gettext
from caseman.writing import written


class Photographed(Code):
    """Whether there is a photograph."""

    YES = "yes", N_("With a photograph")
    NO = "no", N_("Without a photograph")


class RemainsFilterForm(FilterForm):
    """Narrows the list."""

    q = TextField(lazy_gettext("Number, or how it begins"), longest=60)
    status = CodeField(lazy_gettext("Status"), RemainsStatus)
    kind = CodeField(lazy_gettext("Kind"), RemainsKind)
    site = SelectField(lazy_gettext("Site"), validators=[Optional()], validate_choice=False)
    sex = CodeField(lazy_gettext("Sex, estimated"), SexEstimate)
    completeness = CodeField(lazy_gettext("How much is there"), Completeness)
    photographed = CodeField(lazy_gettext("Photographs"), Photographed)
    stage = SelectField(
        lazy_gettext("Step of the work"), validators=[Optional()], validate_choice=False
    )

    def __init__(self, sites: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.site.choices = [("", "—"), *((code, code) for code in sites)]
        words = {
            "examined": lazy_gettext("Examined"),
            "with_candidates": lazy_gettext("With candidates"),
            "identified": lazy_gettext("Identified"),
            "released": lazy_gettext("Returned to the family"),
        }
        self.stage.choices = [("", "—"), *((key, words.get(key, key)) for key in STAGES)]

    def wanted(self) -> RemainsFilter:
        """Return the answers; what could not be read narrows nothing."""
        photographed = self.photographed.data
        return RemainsFilter(
            text=written(self.q.data),
            site=(self.site.data or "").upper(),
            status=self.status.data,
            kind=self.kind.data,
            sex=self.sex.data,
            completeness=self.completeness.data,
            photographed=None if photographed is None else photographed is Photographed.YES,
            stage=self.stage.data or "",
        )
