"""The menu of every staff page: what the reader's permissions open, and nothing else."""

from flask import request

from caseman.web.guards import is_signed_in
from caseman.web.links import link
from caseman.web.words import lazy_gettext

Entry = tuple[str, str, bool, int | None]
Group = tuple[str | None, list[Entry]]

PLACES: tuple[tuple[str | None, tuple[tuple[str, str], ...]], ...] = (
    (None, ((lazy_gettext("Start"), "oversight.home"),)),
    (
        lazy_gettext("Recovery"),
        (
            (lazy_gettext("Sites"), "sites.index"),
            (lazy_gettext("Tips about places"), "tips.index"),
            (lazy_gettext("Incidents"), "incidents.index"),
            (lazy_gettext("Remains"), "remains.index"),
            (lazy_gettext("Personal effects"), "effects.index"),
            (lazy_gettext("Catalogues of belongings"), "catalogues.index"),
            (lazy_gettext("Scan a label"), "remains.scan"),
            (lazy_gettext("Exhibits and hand-overs"), "custody.index"),
            (lazy_gettext("Storage places"), "custody.places"),
        ),
    ),
    (
        lazy_gettext("Families"),
        (
            (lazy_gettext("Missing persons"), "missing.index"),
            (lazy_gettext("Incoming reports"), "reports.index"),
            (lazy_gettext("Call list"), "reports.calls"),
            (lazy_gettext("Families to be told"), "identification.families_to_tell"),
            (lazy_gettext("Opened to us"), "shared.index"),
        ),
    ),
    (
        lazy_gettext("Laboratory"),
        (
            (lazy_gettext("Coded samples"), "laboratory.index"),
            (lazy_gettext("Submissions"), "laboratory.submissions"),
            (lazy_gettext("Genotypes"), "laboratory.runs"),
            (lazy_gettext("Staff profiles"), "staff.index"),
            (lazy_gettext("Weighing DNA"), "laboratory.weighing"),
            (lazy_gettext("Pairs that DNA speaks for"), "identification.weighed_pairs"),
            (lazy_gettext("Profiles that are alike"), "identification.alike"),
            (lazy_gettext("Relatives that do not fit"), "identification.misfits"),
        ),
    ),
    (
        lazy_gettext("Identification"),
        (
            (lazy_gettext("Comparisons"), "identification.index"),
            (lazy_gettext("Rankings"), "identification.runs"),
            (lazy_gettext("DNA screenings"), "identification.screenings"),
            (lazy_gettext("Effects given out"), "identification.effect_releases"),
            (lazy_gettext("Match quality"), "identification.quality"),
        ),
    ),
    (
        lazy_gettext("Oversight"),
        (
            (lazy_gettext("What was done"), "audit.index"),
            (lazy_gettext("Who opened what"), "audit.access"),
            (lazy_gettext("Export a table"), "exports.export"),
            (lazy_gettext("Exports of genotypes"), "genotype_exports.index"),
        ),
    ),
    (
        lazy_gettext("Administration"),
        (
            (lazy_gettext("People and roles"), "users.index"),
            (lazy_gettext("Teams and operations"), "teams.index"),
            (lazy_gettext("Confirmations"), "confirmations.index"),
        ),
    ),
)
"""Title of a group and its pages, each by label and endpoint, in the order of the casework."""


def navigation() -> dict[str, list[Group]]:
    """Return the menu for every template, or an empty one for a visitor."""
    if not is_signed_in():
        return {"navigation": []}
    groups = [(title, [*_open(pages)]) for title, pages in PLACES]
    return {"navigation": [(title, entries) for title, entries in groups if entries]}


def _open(pages: tuple[tuple[str, str], ...]) -> list[Entry]:
    return [
        (label, address, request.endpoint == endpoint, None)
        for label, endpoint in pages
        if (address := link(endpoint)) is not None
    ]
