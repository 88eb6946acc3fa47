"""What is recorded of remains in the item order of INTERPOL's post-mortem form."""

from collections.abc import Iterable, Iterator, Sequence

from caseman.coding.physical import MarkKind
from caseman.documents.interpol import ON_THE_SKIN, Item, Section, effect_items, said, unrecorded
from caseman.documents.words import Fact, coded, facts
from caseman.effects.models import PersonalEffect
from caseman.effects.words import kind_of, traces_of
from caseman.oversight.words import spoken
from caseman.remains.codes import EstimateKind
from caseman.remains.lesions import Timing
from caseman.remains.models import (
    BiologicalProfile,
    Mark,
    Pathology,
    ProfileSource,
    Remains,
    RemainsSample,
    Trauma,
)
from caseman.remains.views.lesion_words import lesion_title
from caseman.remains.views.method_words import source_words
from caseman.remains.views.words import sample_words
from caseman.web.filters import day, label
from caseman.web.words import gettext as _
from caseman.web.words import series

Lesion = Trauma | Pathology

AGE_GROUPS = ((0, 1), (2, 5), (6, 15), (16, 25), (26, 50), (51, None))
"""The form's bands of completed years; the last is open, written so that no sign turns round."""
INJURIES = frozenset({MarkKind.PERIMORTEM_TRAUMA, MarkKind.OTHER})


def sections(
    row: Remains,
    effects: Sequence[PersonalEffect],
    samples: Sequence[RemainsSample],
    lesions: Sequence[Lesion],
    sources: Sequence[ProfileSource],
) -> list[Section]:
    """Return the post-mortem form of some remains, from their recovery to their samples."""
    belongings = list(effect_items(effects, _effect))
    examined = list(_examination(row, samples, lesions, sources))
    return [
        Section("B", _("Recovery"), "100", list(_finding(row))),
        Section("C", _("Clothing and personal effects"), "300", belongings),
        Section("D", _("Physical description"), "400", list(_description(row, sources))),
        Section("E", _("Examination of the body"), "500", examined),
        Section("E3", _("Bones that are there"), "500", [], "skeleton"),
        Section("F", _("Teeth"), "600", list(_teeth(row)), "teeth"),
        Section("G", _("Further information"), "800", [_notes(row)]),
    ]


def _finding(row: Remains) -> Iterator[Item]:
    found_at, profile = row.recovery, row.profile
    day_found = day(found_at.recovered_on) if found_at and found_at.recovered_on else None
    place = f"{row.site.code} {row.site.name}"
    yield Item("20", _("Estimated age group"), _age_group(profile))
    yield Item("21", _("Date and place found"), said(day_found, place, row.feature.code))
    yield Item("21.01", _("Position"), (_("Exact places are never printed."),))
    yield Item("21.02", _("Photographs"), (str(len(row.photographs)),))
    yield Item(
        "22",
        _("Condition of the body"),
        (
            *_told(facts(found_at, "completeness condition body_position orientation_deg")),
            *_told(facts(profile, "regions_present")),
        ),
    )
    yield Item("23", _("Found by"), said(found_at.recovered_by if found_at else None))


def _effect(effect: PersonalEffect) -> str:
    """Return an effect in the columns of the form: number, what, material, colour, label, size."""
    coded_parts = (effect.material, effect.colour)
    parts = [
        kind_of(effect),
        *(label(each) for each in coded_parts if each is not None),
        effect.brand,
        effect.size,
        effect.inscription,
        effect.pattern and label(effect.pattern),
        traces_of(effect),
        effect.descriptor or effect.description,
    ]
    return f"{effect.number}: {series(parts)}"


def _description(row: Remains, sources: Sequence[ProfileSource]) -> Iterator[Item]:
    profile, found_at = row.profile, row.recovery
    yield Item("31", _("State of the body"), _told(facts(found_at, "condition")))
    yield Item("31A", _("Age"), _told(facts(profile, "age_min age_max")))
    yield Item(
        "32",
        _("Height"),
        (
            *_told(facts(profile, "stature_cm stature_min_cm stature_max_cm stature_method")),
            *_standing_on(sources, EstimateKind.STATURE),
        ),
    )
    yield from unrecorded("33", "34", "35")
    yield Item("36", _("Hair"), _told(facts(profile, "hair")))
    yield from unrecorded("37-40", "41-44")
    yield Item("45", _("Teeth at first sight"), _told(facts(profile, "dental_codes")))
    yield from unrecorded("46", "47-52")
    yield Item("53", _("Specific details"), _marks(row, ON_THE_SKIN))
    yield Item("54", _("Circumcision"))
    yield Item("55", _("Other peculiarities"), _told(facts(profile, "handedness")))


def _examination(
    row: Remains,
    samples: Sequence[RemainsSample],
    lesions: Sequence[Lesion],
    sources: Sequence[ProfileSource],
) -> Iterator[Item]:
    profile = row.profile
    yield Item("60-63", _("Head, chest, abdomen, other organs"))
    yield Item("64", _("Skeleton and soft tissue"), (_("The inventory follows under E3."),))
    medical = set(MarkKind) - ON_THE_SKIN - INJURIES
    healed = [_lesion(each) for each in lesions if _is_of_life(each)]
    yield Item("65", _("Healed fractures, operations, implants"), _marks(row, medical) + healed)
    sex, age = facts(profile, "sex sex_method"), facts(profile, "age_min age_max age_method")
    yield Item(
        "71",
        _("Sex and on what it rests"),
        (*_told(sex), *_standing_on(sources, EstimateKind.SEX)),
    )
    yield Item(
        "72", _("Age and its method"), (*_told(age), *_standing_on(sources, EstimateKind.AGE))
    )
    names = [series((each.name, label(each.kind))) for each in row.found_names]
    yield Item("74", _("Other clues to identity"), names)
    others = [_lesion(each) for each in lesions if not _is_of_life(each)]
    yield Item("75", _("Other medical findings"), _marks(row, INJURIES) + others)
    cut = [each for each in samples if each.voided_at is None]
    yield Item(
        "73, 93",
        _("Samples taken"),
        [f"{each.number}: {series((sample_words(each), day(each.cut_on)))}" for each in cut],
    )
    yield Item("94", _("DNA profile"), (_("Kept by the laboratory under a code."),) if cut else ())
    yield Item("95", _("Examined by"), _told(facts(profile, "examined_by examined_on assessor")))


def _standing_on(sources: Sequence[ProfileSource], about: EstimateKind) -> list[str]:
    """Return by which method an estimate of the profile came about, if by one."""
    return [source_words(each) for each in sources if each.about is about]


def _is_of_life(lesion: Lesion) -> bool:
    """Say whether an injury had begun to heal, or it is a disease."""
    return isinstance(lesion, Pathology) or lesion.timing is Timing.ANTE_MORTEM


def _lesion(lesion: Lesion) -> str:
    timing = label(lesion.timing) if isinstance(lesion, Trauma) else None
    return series((lesion_title(lesion), timing, lesion.description))


def _teeth(row: Remains) -> Iterator[Item]:
    profile = row.profile
    observable = profile.dental_observable if profile else None
    material = {
        None: (),
        True: (_("Teeth or jaws can be examined"),),
        False: (_("No teeth or jaws to examine"),),
    }
    yield Item("84", _("Material available"), material[observable])
    yield Item(
        "86-87",
        _("Dental chart"),
        [
            f"{each.fdi}: {series((label(each.state), each.surfaces, each.material, each.note))}"
            for each in row.teeth
        ],
    )
    for number, caption in (
        ("88", _("Other findings")),
        ("89", _("X-rays")),
        ("91", _("Age by the teeth")),
    ):
        yield Item(number, caption)


def _notes(row: Remains) -> Item:
    notes = (row.recovery.notes if row.recovery else "", row.profile.notes if row.profile else "")
    return Item("92", _("Continuation"), [each for each in notes if each])


def _age_group(profile: BiologicalProfile | None) -> tuple[str, ...]:
    """Return the form's bands of years that the estimated interval touches."""
    if profile is None or profile.age_min is None or profile.age_max is None:
        return ()
    low, high = profile.age_min, profile.age_max
    return tuple(
        f"{first}-{last}" if last else f"{first}+"
        for first, last in AGE_GROUPS
        if high >= first and (last is None or low < last + 1)
    )


def _marks(row: Remains, kinds: Iterable[MarkKind]) -> list[str]:
    wanted = frozenset(kinds)
    return [_mark(each) for each in row.marks if each.kind in wanted]


def _mark(mark: Mark) -> str:
    region = spoken(coded("region", mark.region)) if mark.region else None
    words = mark.description or mark.code
    return series((label(mark.kind), region, words, mark.maker, mark.serial_number))


def _told(facts_told: Iterable[Fact]) -> list[str]:
    return [_("%(name)s: %(value)s", name=each.label, value=each.value) for each in facts_told]
