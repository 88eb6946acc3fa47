"""Several results on one skeleton put together: which are in force, what they say, what disagrees.

In force is the latest result of each method, population and bone. One that was set aside does not
count, and what it had replaced does not come back.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf
from typing import Any, Final

from caseman.osteology import AgeEvidence, Estimate, Provenance, RefusedInputError, Status, estimate
from caseman.osteology.combination import OLDEST, YOUNGEST
from caseman.remains.codes import AgeMethod, EstimateKind, FigureStatus, SexMethod
from caseman.remains.drafts import TakenOver
from caseman.remains.methods.applying import Applied
from caseman.remains.methods.offered import Offered, age_basis, offered
from caseman.remains.methods.taking import basis_of_stages, taken_over

_BONES: Final = ("measurement", "bone", "side", "site")
_NO_SPREAD: Final = ("modal class", "rule", "range with stated probability")
"""Kinds of interval that no spread of age can be read from."""
_CLEARLY: Final = 0.305
"""From here on Ferembach's mean is likely of one sex."""
_TITLE: Final = "combination"
COMBINED: Final = {
    EstimateKind.AGE: Offered(
        "age-combined", EstimateKind.AGE, _TITLE, (), lambda _, __: {}, basis=AgeMethod.COMBINED
    ),
    EstimateKind.SEX: Offered(
        "sex-combined", EstimateKind.SEX, _TITLE, (), lambda _, __: {}, basis=SexMethod.COMBINED
    ),
}
_NAMES: Final = frozenset(each.name for each in COMBINED.values())


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored result: of what method, from which inputs, with which figures."""

    id: int
    about: EstimateKind
    method: str
    inputs: Mapping[str, Any]
    population: str
    status: FigureStatus
    unit: str
    value: float | None
    lowest: float | None
    highest: float | None
    interval_kind: str

    @property
    def is_combined(self) -> bool:
        """Whether it was itself put together from others."""
        return self.method in _NAMES


@dataclass(frozen=True, slots=True)
class Counted:
    """A result in force, the region of the body it looked at, and what it gives to the whole.

    Neither an age nor a chance where the method gives nothing that can be multiplied.
    """

    kept: Kept
    region: str
    age: AgeEvidence | None = None
    p_male: float | None = None

    @property
    def is_weighed(self) -> bool:
        """Whether it goes into the combined result."""
        return self.age is not None or self.p_male is not None


def in_force(kept: Iterable[Kept], about: EstimateKind, set_aside: Container[int]) -> list[Counted]:
    """Return the results on ``about`` that count, in the order in which they were made."""
    latest: dict[tuple[str, ...], Kept] = {}
    for each in kept:
        if each.about is about and not each.is_combined:
            bone = (str(each.inputs.get(name, "")) for name in _BONES)
            latest[each.method, each.population, *bone] = each
    counting = [each for each in latest.values() if each.id not in set_aside]
    counting.sort(key=lambda each: each.id)
    regions = [_region(each) for each in counting]
    mixed = AgeMethod.DENTAL_EPIPHYSEAL.value
    if mixed in regions:
        # Teeth and bones read together stand in no other region than either of them alone.
        alone = {AgeMethod.TEETH.value, AgeMethod.EPIPHYSES.value}
        regions = [mixed if region in alone else region for region in regions]
    return [_counted(*each) for each in zip(counting, regions, strict=True)]


def _region(kept: Kept) -> str:
    """Return the part of the body: all sizes of bones are one, for who is tall is so throughout."""
    method = offered().get(kept.method)
    if method is None:
        return _own_region(kept)
    if method.basis in {AgeMethod.OTHER, SexMethod.OTHER}:
        return method.site
    return (method.basis or basis_of_stages(kept.inputs.get("stages"))).value


def _own_region(kept: Kept) -> str:
    """Return where an operation's own method looked: its inputs tell, even when it is retired."""
    if "measurement" in kept.inputs:
        return SexMethod.METRIC.value
    site = kept.inputs.get("site")
    if site is None:
        return kept.method
    basis = age_basis(site)
    return site if basis is AgeMethod.OTHER else basis.value


def _counted(kept: Kept, region: str) -> Counted:
    if kept.about is EstimateKind.AGE:
        return Counted(kept, region, age=_age(kept, region))
    return Counted(kept, region, p_male=_p_male(kept))


def _age(kept: Kept, region: str) -> AgeEvidence | None:
    """Return mean and spread; None for an open interval or one that is no range of persons."""
    is_open = kept.lowest is None or kept.highest is None or kept.lowest >= kept.highest
    if is_open or kept.interval_kind in _NO_SPREAD:
        return None
    try:
        found = estimate(kept.method, kept.inputs)
    except RefusedInputError:
        # The method is no longer among those that come with the program: its result still counts.
        where = Provenance(kept.method, kept.population, "", Status(kept.status.value))
        interval = (kept.lowest, kept.highest)
        found = Estimate(kept.value, kept.unit, where, interval, kept.interval_kind)
    return AgeEvidence.of(region, found)


def _p_male(kept: Kept) -> float | None:
    """Return the chance of a man as if both sexes were as likely; None where there is none."""
    if kept.value is None or not kept.unit.startswith("probability"):
        return None
    p_male = 1 - kept.value if kept.unit == "probability of female" else kept.value
    prior = float(kept.inputs.get("prior_male", 0.5))
    man, woman = p_male * (1 - prior), (1 - p_male) * prior
    return man / (man + woman)


def combined(
    about: EstimateKind, counted: Sequence[Counted], prior_male: float = 0.5
) -> TakenOver | None:
    """Return what the results say together; None where fewer than two can be multiplied.

    Its figures are no surer than the least sure among them.
    """
    weighed = [each for each in counted if each.is_weighed]
    if len(weighed) < 2:
        return None
    inputs: dict[str, Any] = {"evidence": [_evidence(each) for each in weighed]}
    if about is EstimateKind.SEX and prior_male != 0.5:
        inputs["prior_male"] = prior_male
    method = COMBINED[about]
    try:
        found = estimate(method.name, inputs)
    except RefusedInputError:
        return None
    taken = taken_over(Applied(method, {}, inputs, found))
    return taken and replace(taken, status=_least_sure(weighed))


def _evidence(counted: Counted) -> dict[str, Any]:
    if counted.age is not None:
        mean, sd = round(counted.age.mean_y, 2), round(counted.age.sd_y, 2)
        return {"region": counted.region, "mean_y": mean, "sd_y": sd}
    return {"region": counted.region, "p_male": counted.p_male}


def _least_sure(weighed: Iterable[Counted]) -> FigureStatus:
    there = {each.kept.status for each in weighed}
    worst = (FigureStatus.RECALLED, FigureStatus.LOCAL)
    return next((each for each in worst if each in there), FigureStatus.COMPUTED)


def ages_apart(counted: Iterable[Counted]) -> list[tuple[Counted, Counted]]:
    """Return each two results whose intervals do not overlap, the younger first."""
    ordered = sorted(counted, key=lambda each: _ends(each.kept))
    return [
        (younger, older)
        for younger, older in combinations(ordered, 2)
        if _ends(younger.kept)[1] < _ends(older.kept)[0]
    ]


def _ends(kept: Kept) -> tuple[float, float]:
    return (
        -inf if kept.lowest is None else kept.lowest,
        inf if kept.highest is None else kept.highest,
    )


def sexes_apart(counted: Sequence[Counted]) -> tuple[list[Counted], list[Counted]] | None:
    """Return the results on the side of a woman and on that of a man, where both have some."""
    women = [each for each in counted if _side(each) < 0]
    men = [each for each in counted if _side(each) > 0]
    return (women, men) if women and men else None


def _side(counted: Counted) -> float:
    """Return below 0 for a woman, above for a man; the middle of a weighted mean is neither."""
    if counted.p_male is not None:
        return counted.p_male - 0.5
    value = counted.kept.value or 0.0
    return value if abs(value) > _CLEARLY else 0.0


def age_axis(counted: Iterable[Counted], whole: TakenOver | None) -> tuple[int, int]:
    """Return first and last year, in tens, of an axis on which all intervals have room."""
    shown = [_ends(each.kept) for each in counted]
    if whole is not None and whole.lowest is not None and whole.highest is not None:
        shown.append((whole.lowest, whole.highest))
    lows = [low for low, _ in shown if low > -inf] or [YOUNGEST]
    highs = [high for _, high in shown if high < inf] or [OLDEST]
    first = int(min((*lows, *highs)) // 10 * 10)
    last = int(-(-max((*highs, *lows)) // 10) * 10)
    return first, max(last, first + 10)
