"""How injuries and diseases are worded."""

from collections.abc import Iterable, Sequence

from caseman.audit.models import AuditEntry
from caseman.coding import Code
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import BoneSide
from caseman.remains.lesions import TELLS, Criterion, FractureKind, Timing
from caseman.remains.models import Pathology, Trauma
from caseman.web.filters import day, label, moment, number
from caseman.web.words import gettext as _
from caseman.web.words import series

TOLD = frozenset(Timing) - {Timing.UNDETERMINED}


def place_words(lesion: Trauma | Pathology) -> str:
    """Return bone, side and part of the bone."""
    side = "" if lesion.side is BoneSide.MIDDLE else label(lesion.side)
    return series((bone_name(lesion.element), side, _code(lesion.segment)))


def lesion_title(lesion: Trauma | Pathology) -> str:
    """Return in a line what and where it is."""
    what = lesion.mechanism if isinstance(lesion, Trauma) else lesion.kind
    return _("%(what)s: %(where)s", what=label(what), where=place_words(lesion))


def mark_words(lesion: Trauma | Pathology) -> str:
    """Return what a mark says that is kept from a description."""
    return lesion_title(lesion)[:500]


def lesion_facts(lesion: Trauma | Pathology) -> list[tuple[str, str]]:
    """Return what else was said, without what was left empty."""
    own = _injury(lesion) if isinstance(lesion, Trauma) else _disease(lesion)
    seen = series((lesion.described_by, day(lesion.described_on) if lesion.described_on else ""))
    facts = [
        *own,
        (_("Description"), lesion.description),
        (_("X-ray"), _("Yes") if lesion.is_x_rayed else ""),
        (_("Would a doctor or a relative know of it?"), _code(lesion.known)),
        (_("Described by"), seen),
    ]
    return [(name, value) for name, value in facts if value]


def _injury(row: Trauma) -> list[tuple[str, str]]:
    sizes = (row.length_mm, row.width_mm, row.depth_mm)
    return [
        (_("When it came about"), label(row.timing)),
        (_("How that is told"), _codes(Criterion, row.criteria)),
        (_("How the bone broke"), _codes(FractureKind, row.fractures)),
        (
            _("Size"),
            " \N{MULTIPLICATION SIGN} ".join(
                number(each, _("mm")) for each in sizes if each is not None
            ),
        ),
        (_("At least so many shots, blows or cuts"), _figure(row.least_number)),
        (_("Hole"), series((_code(row.wound), _code(row.bevel)))),
        (_("Number of the projectile"), row.projectile),
        (_("Way through the body, or direction of the cut"), row.path),
        (_("Class of tool"), _code(row.tool)),
        (_("Part of a pattern"), _code(row.pattern)),
    ]


def _disease(row: Pathology) -> list[tuple[str, str]]:
    return [
        (_("What it does"), label(row.kind.of_class)),
        (_("What became of the bone"), _code(row.lesion)),
        (_("At the time of death it was"), _code(row.activity)),
        (_("Size"), row.size_text),
        (_("What else it could be"), row.differential),
    ]


def disagreeing(row: Trauma | Pathology) -> str:
    """Return which criteria speak for another time than the one recorded, in words."""
    if not isinstance(row, Trauma) or row.timing not in TOLD:
        return ""
    ticked = (Criterion(each) for each in row.criteria)
    return series(label(each) for each in ticked if row.timing not in TELLS[each])


def corrections(entries: Sequence[AuditEntry]) -> list[tuple[str, str, str]]:
    """Return when, by whom and why something was changed."""
    return [
        (moment(entry.at), entry.actor_name, entry.reason)
        for entry in entries
        if set(entry.changes) - {"version"}
    ]


def _code(code: Code | None) -> str:
    return label(code) if code is not None else ""


def _codes(kind: type[Code], values: Iterable[str]) -> str:
    return series(label(kind(each)) for each in values)


def _figure(value: int | None) -> str:
    return number(float(value)) if value is not None else ""
