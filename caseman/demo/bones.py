"""Bones: a man nearly whole, a child's that are not yet fused, and a lot of several people's."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, User
from caseman.osteology import own_equation, own_sizes, parts_of
from caseman.remains.adapters import ELEMENTS, PARTS
from caseman.remains.codes import AgeClass, BoneSide, BoneState, OwnTableKind, RemainsKind
from caseman.remains.drafts import NewTable
from caseman.remains.methods import offered, run, taken_over
from caseman.remains.models import Remains
from caseman.remains.services import (
    BoneDetails,
    BoneFound,
    Measured,
    add_bone,
    describe_bone,
    inventory,
    keep,
    measure,
    set_aside,
)
from caseman.remains.services.own_methods import add_equation, add_table, retire

SMALL = ("PH", "PF", "MAL", "INS", "STA", "COC", "PIS")
"""Bones that rarely come up without a sieve."""
LOT = (
    BoneFound("FEM", BoneSide.LEFT, BoneState.WHOLE, AgeClass.ADULT, 2),
    BoneFound("FEM", BoneSide.RIGHT, BoneState.PART, AgeClass.ADULT),
    BoneFound("TIB", BoneSide.RIGHT, BoneState.WHOLE, AgeClass.CHILD),
    BoneFound("RIB", BoneSide.UNKNOWN, BoneState.FRAGMENT, None, 9),
)
HUMERUS = (
    ("proximal end", "proximal 1/3"),
    ("proximal 1/3", "middle 1/3", "distal 1/3"),
    ("distal 1/3", "distal end"),
    ("middle 1/3", "distal 1/3", "distal end"),
    ("distal 1/3",),
)
"""Zones of five fragments of the right humerus: of four bones at least, by one of the zones."""
OF_CHILD = {
    BoneState.FUSED: {"R arch", "L arch", "dens", "R lateral", "L lateral", "R lesser wing"}
    | {"L lesser wing", "R greater wing", "L greater wing", "tympanic ring"},
    BoneState.ABSENT: {"epiphysis", "xiphoid"},
    BoneState.FRAGMENT: {"lower epiphysis"},
    BoneState.WHOLE: {"shaft", "centrum", "squama", "basilar", "petromastoid", "body", "manubrium"}
    | {"articular head", "greater tubercle", "greater trochanter", "capitulum", "upper epiphysis"}
    | {"ilium", "ischium", "pubis", "coracoid", "medial epicondyle", "anterior arch", "arches"}
    | {f"S{number}" for number in range(1, 6)}
    | {f"sternebra {number}" for number in range(1, 4)},
}
"""Parts of the bones of a child of seven or so; others have not begun to ossify."""
AS_ONE = ("FRO", "MAN")
"""Bones of such a child that grow from two halves and have become one."""
MEASURED = (
    Measured("Fem_01", BoneSide.RIGHT, 452.0, "Examiner Nimune"),
    Measured("Fem_01", BoneSide.LEFT, 453.0, "Examiner Nimune"),
    Measured("Fem_04", BoneSide.RIGHT, 47.5, "Examiner Nimune"),
    Measured("Hum_01", BoneSide.RIGHT, 328.0, "Examiner Nimune"),
)

SCORED = (
    (
        "age-meindl-lovejoy-1985-ectocranial-vault-sutures",
        {"phase": "16-18"},
    ),
    ("age-suchey-brooks-1990-pubic-symphysis", {"phase": "III", "sex": "M"}),
    ("age-iscan-loth-wright-1984-4th-rib-sternal-end", {"phase": "4", "sex": "M"}),
    ("age-lovejoy-1985-auricular-surface", {"phase": "5"}),
    ("sex-klales-2012", {"VA": "4", "MA": "4", "SPC": "3"}),
    ("sex-walker-2008", {"glabella": "2", "mastoid": "3", "walker_population": "modern"}),
    ("sex-ferembach-1979", {"trait_glabella": "1", "trait_mastoid": "2"}),
)
"""Methods with the answers of an examiner."""

EQUATION = {
    "method": "Example laboratory",
    "population": "Invented, for training only",
    "sex": "M",
    "measures": "Fem_01",
    "slope": "2.31",
    "intercept_cm": "64.2",
    "error_cm": "3.6",
    "n": "48",
    "mean_x_cm": "45.1",
    "sd_x_cm": "2.3",
    "lowest_cm": "40",
    "highest_cm": "51",
    "source": "Invented: no figure here was measured on anybody.",
}
WHOSE = ("method", "year", "population")
HEAD_OF_FEMUR = {
    "measurement": "Fem_04",
    "n_male": "48",
    "mean_male_mm": "47.1",
    "sd_male_mm": "2.5",
    "n_female": "41",
    "mean_female_mm": "41.8",
    "sd_female_mm": "2.3",
    "source": "Invented: no figure here was measured on anybody.",
    "note": "",
}


def lay_out(session: Session, finds: list[Remains]) -> None:
    """Write the inventory of the first body and of every lot."""
    bones = [
        BoneFound(element.code, side, _state(element.code, side))
        for element in ELEMENTS
        for side in element.sides
    ]
    inventory(session, finds[0], bones)
    inventory(session, finds[2], _of_child())
    for measured in MEASURED:
        measure(session, finds[0], measured)
    for lot in (row for row in finds if row.kind is RemainsKind.COMMINGLED):
        for bone in LOT:
            add_bone(session, lot, bone)
        for zones in HUMERUS:
            fragment = BoneFound("HUM", BoneSide.RIGHT, BoneState.FRAGMENT, AgeClass.ADULT)
            describe_bone(session, add_bone(session, lot, fragment), BoneDetails(zones))


def estimate(session: Session, remains: Remains, by: User) -> None:
    """Keep what methods say of age and sex beside the profile; one result was a slip."""
    kept = []
    for method, answers in SCORED:
        taken = taken_over(run(offered()[method], answers, {}))
        if taken is not None:
            kept.append(keep(session, remains, taken, by))
    set_aside(session, kept[0], "The sutures of another skull lay in the same tray.", by)


def offer_own_methods(session: Session, operation: Operation, by: User) -> None:
    """Offer an invented equation and sizes; those of the year before are out of use."""
    for year in ("2018", "2019"):
        given = {**EQUATION, "year": year}
        named = (EQUATION["method"], year)
        row = add_equation(session, operation, own_equation(given), named, by)
        if year == "2018":
            retire(row, "Made anew with more cases.", by)
        sizes = {**HEAD_OF_FEMUR, **{each: given[each] for each in WHOSE}}
        own_sizes(sizes)
        method, _, population = (sizes[each] for each in WHOSE)
        told = NewTable(OwnTableKind.SIZES, method, year, population, [sizes])
        table = add_table(session, operation, told, by)
        if year == "2018":
            retire(table, "Made anew with more cases.", by)


def _of_child() -> Iterator[BoneFound]:
    for element in ELEMENTS:
        for side in element.sides:
            if element.code in AS_ONE or not parts_of(element.code):
                yield BoneFound(element.code, side, _state(element.code, side))
    for part in PARTS:
        for state, names in OF_CHILD.items():
            if part.name in names and part.element not in AS_ONE:
                yield BoneFound(part.element, part.side, state, part=part.name)


def _state(element: str, side: BoneSide) -> BoneState:
    if element.startswith(SMALL):
        return BoneState.ABSENT
    if side is BoneSide.RIGHT and element in {"RAD", "ULN", "R4", "R5"}:
        return BoneState.PART
    return BoneState.WHOLE
