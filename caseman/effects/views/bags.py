"""Effects on the page of the exhibit that holds them."""

from caseman.custody.models import Exhibit
from caseman.custody.views import contents
from caseman.custody.views.contents import Content, Contents, Origin
from caseman.effects import queries
from caseman.effects.models import PersonalEffect
from caseman.effects.words import kind_of
from caseman.permissions import Permission
from caseman.web.guards import current_scope, may
from caseman.web.links import link
from caseman.web.unit_of_work import session


@contents.add
def in_the_bag(exhibit: Exhibit) -> Contents | None:
    """Return the effects in ``exhibit``; a loose one also says where it lay."""
    if not may(Permission.REMAINS_READ):
        return None
    rows = queries.effects_in(session, current_scope(), exhibit)
    things = tuple(
        Content(each.number, kind_of(each), link("effects.show", number=each.number))
        for each in rows
    )
    alone = next((each for each in rows if each.exhibit_id == exhibit.id), None)
    return Contents(things, _origin(alone) if alone is not None else None)


def _origin(effect: PersonalEffect) -> Origin:
    feature = effect.feature
    return Origin(
        place=feature.audit_subject,
        url=link("sites.feature", code=feature.site.code, number=feature.number),
    )
