"""Who may be here: the missing persons a site makes one think of, beside what was recovered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.coding import N_, Sex, SexEstimate
from caseman.identification.queries.expected import bodies_at, expected_at
from caseman.identification.views.blueprint import bp
from caseman.permissions import Permission
from caseman.remains.adapters import minimum_number_of
from caseman.remains.counts import bone_counts
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.models import Site
from caseman.sites.views.blueprint import site_of, site_parts
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.unit_of_work import session

UNKNOWN = N_("Not known")
MALE, FEMALE = Sex.MALE.label, Sex.FEMALE.label
SEXES = {
    SexEstimate.MALE: MALE,
    SexEstimate.PROBABLE_MALE: MALE,
    SexEstimate.FEMALE: FEMALE,
    SexEstimate.PROBABLE_FEMALE: FEMALE,
}
BANDS = {
    "0-11": (0, 12),
    "12-17": (12, 18),
    "18-34": (18, 35),
    "35-49": (35, 50),
    "50-129": (50, 130),
}
"""Years of age, the upper end not included."""
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Bars:
    """How many of one kind are expected, and how many were recovered."""

    label: str
    expected: int
    recovered: int


@bp.get("/sites/<code>/expected")
@requires(Permission.CANDIDATE_READ)
def expected(code: str) -> ResponseReturnValue:
    site, scope = site_of(code), current_scope()
    opened(site)
    everybody, bodies = expected_at(session, scope, site), bodies_at(session, scope, site)
    counts = bone_counts(session, scope, site)
    sought = [each for each in everybody if not each.is_settled]
    return render_template(
        "identification/expected.html",
        site=site,
        sought=sought,
        settled=[each for each in everybody if each.is_settled],
        bodies=len(bodies),
        charts=_charts([each.person for each in sought], bodies),
        least=minimum_number_of(counts).value if counts else None,
    )


def _charts(persons: list[MissingPerson], bodies: Iterable[Remains]) -> dict[str, list[Bars]]:
    profiles = [row.profile for row in bodies]
    sexes = Counter(
        SEXES.get(each.sex, UNKNOWN) if each and each.sex else UNKNOWN for each in profiles
    )
    told = Counter(each.sex.label if each.sex else UNKNOWN for each in persons)
    ages = Counter(band(_middle(each.age_min, each.age_max) if each else None) for each in profiles)
    lived = Counter(band(age_of(each)) for each in persons)
    return {
        N_("Sex"): [Bars(each, told[each], sexes[each]) for each in (MALE, FEMALE, UNKNOWN)],
        N_("Age in years"): [Bars(each, lived[each], ages[each]) for each in (*BANDS, UNKNOWN)],
    }


def band(age: float | None) -> str:
    """Return the band of an age, by the middle of its interval."""
    if age is None:
        return UNKNOWN
    return next((name for name, (low, high) in BANDS.items() if low <= age < high), UNKNOWN)


def age_of(person: MissingPerson) -> float | None:
    """Return how old ``person`` was when last seen, by the middle of both intervals."""
    born = _day(person.birth_from, person.birth_to)
    seen = _day(person.last_seen_from, person.last_seen_to)
    return None if born is None or seen is None else (seen - born) / YEAR


def _day(first: date | None, last: date | None) -> float | None:
    return _middle(*(None if each is None else float(each.toordinal()) for each in (first, last)))


def _middle(low: float | None, high: float | None) -> float | None:
    known = [each for each in (low, high) if each is not None]
    return sum(known) / len(known) if known else None


@site_parts.append
def on_site(site: Site) -> str:
    """Link to the hypothesis for who may read both sides; nothing for anybody else."""
    if not may(Permission.CANDIDATE_READ):
        return ""
    return render_template(
        "identification/expected_link.html",
        address=link("identification.expected", code=site.code),
    )
