"""Remains on the page of the exhibit that holds them."""

from caseman.custody.models import Exhibit
from caseman.custody.views import contents
from caseman.custody.views.contents import Content, Contents, Origin
from caseman.permissions import Permission
from caseman.remains import queries
from caseman.remains.models import Remains, RemainsSample
from caseman.web.filters import day, label
from caseman.web.guards import current_scope, may
from caseman.web.links import link
from caseman.web.unit_of_work import session


@contents.add
def in_the_bag(exhibit: Exhibit) -> Contents | None:
    """Return the remains in ``exhibit``, and where they were lifted."""
    if not may(Permission.REMAINS_READ):
        return None
    sample = queries.sample_in(session, current_scope(), exhibit)
    if sample is not None:
        return _of_sample(sample)
    row = queries.remains_in(session, current_scope(), exhibit)
    if row is None:
        return None
    thing = Content(row.number, label(row.kind), link("remains.show", number=row.number))
    return Contents((thing,), _origin(row))


def _of_sample(sample: RemainsSample) -> Contents:
    cut = Origin(
        place=sample.remains.feature.audit_subject,
        when=day(sample.cut_on),
        who=sample.cut_by,
        url=link("remains.show", number=sample.remains.number),
    )
    return Contents((Content(sample.number, label(sample.material)),), cut)


def _origin(row: Remains) -> Origin:
    lifted = row.recovery
    return Origin(
        place=row.feature.audit_subject,
        when=day(lifted.recovered_on) if lifted and lifted.recovered_on else "",
        who=lifted.recovered_by if lifted else "",
        url=link("sites.feature", code=row.site.code, number=row.feature.number),
    )
