"""The return to the family on the page of an exhibit, and whether custody says the same."""

from caseman.custody.codes import Standing
from caseman.custody.models import Exhibit
from caseman.custody.views import contents
from caseman.custody.views.contents import Contents, Ending
from caseman.identification import queries
from caseman.identification.models import EffectRelease, Release
from caseman.identification.queries.effect_releases import given_out_in
from caseman.permissions import Permission
from caseman.web.filters import day
from caseman.web.guards import current_scope, may
from caseman.web.links import link
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@contents.add
def went_home(exhibit: Exhibit) -> Contents | None:
    """Return the release by which ``exhibit`` went to a family, and what custody lacks of it."""
    if not may(Permission.CANDIDATE_READ):
        return None
    release = queries.release_of_exhibit(session, current_scope(), exhibit)
    with_family = exhibit.standing is Standing.RELEASED
    if release is not None:
        return Contents(ending=_ending(release, with_family=with_family))
    alone = given_out_in(session, current_scope(), exhibit)
    if alone is not None:
        return Contents(ending=_alone(alone, is_away=with_family))
    if with_family:
        return Contents(ending=Ending(doubt=_("No release to a family is recorded for it.")))
    return None


def _alone(release: EffectRelease, *, is_away: bool) -> Ending:
    doubt = _("It was given out by this record, but no hand-over says so.")
    return Ending(
        number=release.number,
        when=day(release.released_on),
        url=link("identification.effect_release", number=release.number),
        doubt="" if is_away else doubt,
    )


def _ending(release: Release, *, with_family: bool) -> Ending:
    doubt = _("It went to the family by this release, but no hand-over says so.")
    return Ending(
        number=release.number,
        when=day(release.released_on),
        buried=day(release.reburied_on) if release.reburied_on else "",
        url=link("identification.release", number=release.number),
        doubt="" if with_family else doubt,
    )
