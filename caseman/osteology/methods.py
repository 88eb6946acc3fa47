"""Every method by name, for files: ``{"method", "inputs"}`` in, an estimate out.

``METHODS`` is also the catalogue: what each takes, with units. An input it does not know is
refused, so that a misspelt one is never silently left out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

from caseman.osteology import adult_age, combination, counting, dentition, sex, sorting, young_age
from caseman.osteology.adult_age import PhaseTable
from caseman.osteology.inputs import Inputs
from caseman.osteology.sex import Sectioning
from caseman.osteology.stature import StatureEquation, at_death, published_equations
from caseman.osteology.tables import distinct, grouped
from caseman.osteology.values import Estimate, Provenance, Sex, Status, refuse

_REFERENCE: Final = Provenance("forensic reference", "", "reference tables", Status.SEEN)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the catalogue; ``inputs`` says in words what it takes."""

    name: str
    inputs: str
    run: Callable[[Inputs], Estimate]


def estimate(
    name: str, given: Mapping[str, Any], local: Mapping[str, Method] | None = None
) -> Estimate:
    """Return the result of a method of the catalogue, or of ``local``, on these inputs.

    Raises ``RefusedInputError`` for a method or an input that cannot be.
    """
    method = (local or {}).get(name) or catalogue().get(name)
    if method is None:
        refuse("method", f"{name} is not known; `caseman osteology methods` lists them all")
    inputs = Inputs(given)
    found = method.run(inputs)
    inputs.refuse_unread()
    return found


@cache
def catalogue() -> dict[str, Method]:
    """Return every method by its name."""
    offered = [*stature_methods(published_equations()), *_published_phases(), *_OTHERS]
    return {each.name: each for each in offered}


def stature_methods(equations: Iterable[StatureEquation]) -> list[Method]:
    """Return a method for each author, over all equations of that author."""
    named = grouped(equations, name_of)
    return [Method(name, _stature_inputs(found), _Stature(found)) for name, found in named.items()]


def name_of(equation: StatureEquation) -> str:
    """Return the name of the method that holds this equation."""
    return f"stature-{_slug(equation.provenance.method)}"


def name_of_sizes(sizes: Sectioning) -> str:
    """Return the name of the method that holds these sizes."""
    return f"sex-{_slug(sizes.provenance.method)}"


def name_of_phases(method: str, site: str) -> str:
    """Return the name of the method that reads the phases of a site."""
    return f"age-{_slug(method)}-{_slug(site)}"


def _slug(text: str) -> str:
    plain = "".join(each if each.isalnum() else " " for each in text.replace("et al.", ""))
    return "-".join(plain.lower().split())


def _stature_inputs(equations: list[StatureEquation]) -> str:
    populations = distinct(each.provenance.population for each in equations)
    measures = distinct("+".join(each.measures) for each in equations)
    return (
        f"lengths_cm by measure ({', '.join(measures)}); sex M, F or any; "
        f"population ({'; '.join(populations)}), where there are several"
    )


@dataclass(frozen=True, slots=True)
class _Stature:
    equations: list[StatureEquation]

    def __call__(self, inputs: Inputs) -> Estimate:
        lengths, asked = inputs.numbers("lengths_cm"), inputs.sex()
        population = inputs.text("population", "")
        measured = [each for each in self.equations if set(each.measures) == set(lengths)]
        if not measured:
            known = ", ".join(distinct("+".join(each.measures) for each in self.equations))
            refuse("lengths_cm", f"one of {known} is expected")
        of_sex = [each for each in measured if asked in {None, each.sex} or each.sex is Sex.ANY]
        there = [each for each in of_sex if population in {"", each.provenance.population}]
        # An equation of the sex asked for stands before one of both sexes.
        found = [each for each in there if each.sex is asked] or there
        if len(found) != 1:
            offered = "; ".join(f"{each.sex}, {each.provenance.population}" for each in measured)
            refuse("sex, population", f"just one of these is expected: {offered}")
        return found[0].estimate(lengths)


def size_methods(sizes: Iterable[Sectioning]) -> list[Method]:
    """Return a method of sex for each author, over all sizes of that author."""
    named = grouped(sizes, name_of_sizes)
    return [Method(name, _size_inputs(found), _Sizes(found)) for name, found in named.items()]


def _size_inputs(sizes: list[Sectioning]) -> str:
    measurements = distinct(each.measurement for each in sizes)
    populations = distinct(each.provenance.population for each in sizes)
    return (
        f"measurement ({', '.join(measurements)}), length_mm; "
        f"population ({'; '.join(populations)}), where there are several; prior_male"
    )


@dataclass(frozen=True, slots=True)
class _Sizes:
    sizes: list[Sectioning]

    def __call__(self, inputs: Inputs) -> Estimate:
        measurement, length = inputs.text("measurement"), inputs.number("length_mm")
        population, prior = inputs.text("population", ""), inputs.number("prior_male", 0.5)
        measured = [each for each in self.sizes if each.measurement == measurement]
        if not measured:
            known = ", ".join(distinct(each.measurement for each in self.sizes))
            refuse("measurement", f"{measurement} is given, one of {known} is expected")
        found = [each for each in measured if population in {"", each.provenance.population}]
        if len(found) != 1:
            offered = "; ".join(each.provenance.population for each in measured)
            refuse("population", f"just one of these is expected: {offered}")
        return found[0].estimate(length, prior)


def _published_phases() -> list[Method]:
    return [
        Method(name_of_phases(method, site), "phase; sex M or F, where it differs",
               _Phase(method, site))
        for method, site in adult_age.published_phases()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Phase:
    method: str
    site: str

    def __call__(self, inputs: Inputs) -> Estimate:
        return adult_age.age_by_phase(self.method, self.site, inputs.text("phase"), inputs.sex())


def phase_methods(tables: Iterable[PhaseTable]) -> list[Method]:
    """Return a method of age for each author and site, over all populations."""
    named = grouped(tables, lambda each: name_of_phases(each.method, each.site))
    return [Method(name, _phase_inputs(found), _Phases(found)) for name, found in named.items()]


def _phase_inputs(tables: list[PhaseTable]) -> str:
    populations = distinct(each.population for each in tables)
    return (
        f"phase; sex M or F, where it differs; site ({tables[0].site}); "
        f"population ({'; '.join(populations)}), where there are several"
    )


@dataclass(frozen=True, slots=True)
class _Phases:
    tables: list[PhaseTable]

    def __call__(self, inputs: Inputs) -> Estimate:
        phase, asked = inputs.text("phase"), inputs.sex()
        site, population = inputs.text("site", ""), inputs.text("population", "")
        if site not in {"", self.tables[0].site}:
            refuse("site", f"{site} is given, {self.tables[0].site} is expected")
        found = [each for each in self.tables if population in {"", each.population}]
        if len(found) != 1:
            offered = "; ".join(each.population for each in self.tables)
            refuse("population", f"just one of these is expected: {offered}")
        return found[0].estimate(phase, asked)


def _stage_age(inputs: Inputs) -> Estimate:
    return young_age.age_by_stages(inputs.texts("stages"), inputs.sex(Sex.ANY) or Sex.ANY)


def _stage_chances(inputs: Inputs) -> Estimate:
    group = inputs.sex(Sex.ANY) or Sex.ANY
    chances = young_age.stage_chances(inputs.text("variable"), group, inputs.number("age_y"))
    likeliest = max(chances, key=chances.__getitem__)
    where = Provenance("cumulative probit by stages", "US children, CT, 0-21 y",
                       "computed from SVAD US", Status.COMPUTED)  # fmt: skip
    return Estimate(likeliest, "stage", where, details={"chances": chances})


def _diaphysis(inputs: Inputs) -> Estimate:
    return young_age.age_by_diaphysis(
        inputs.text("bone"),
        inputs.number("length_mm"),
        inputs.sex(Sex.ANY) or Sex.ANY,
        inputs.text("sample", "US+South Africa"),
    )


def _walker(inputs: Inputs) -> Estimate:
    ancient = inputs.text("population", "modern") == "ancient"
    return sex.by_walker(inputs.numbers("traits"), ancient=ancient)


def _metric_sex(inputs: Inputs) -> Estimate:
    return sex.by_measurement(
        inputs.text("measurement"),
        inputs.number("length_mm"),
        inputs.text("population", "pooled"),
        inputs.number("prior_male", 0.5),
    )


def _rhomboid(inputs: Inputs) -> Estimate:
    seen = inputs.text("fossa")
    if seen not in {"present", "absent"}:
        refuse("fossa", f"{seen} is given, present or absent is expected")
    return sex.by_rhomboid_fossa(inputs.text("side"), is_present=seen == "present")


def _size_test(test: sorting.SizeTest) -> Estimate:
    details: dict[str, object] = {"p": test.p, "degrees_of_freedom": test.degrees}
    if test.asymmetry is not None:
        details["m_pct"] = 100 * test.asymmetry
    return Estimate(test.t, "t", test.provenance, details=details)


def _pair(inputs: Inputs) -> Estimate:
    return _size_test(sorting.compare_pair(inputs.numbers("left_mm"), inputs.numbers("right_mm")))


def _joint(inputs: Inputs) -> Estimate:
    return _size_test(
        sorting.compare_joint(inputs.numbers("first_mm"), inputs.numbers("second_mm"))
    )


def _association(inputs: Inputs) -> Estimate:
    return _size_test(sorting.compare_association(inputs.numbers("x_mm"), inputs.numbers("y_mm")))


def _mlni(inputs: Inputs) -> Estimate:
    found = counting.likely_number(
        inputs.whole("left"),
        inputs.whole("right"),
        inputs.whole("pairs"),
        inputs.whole("cap", counting.CAP),
    )
    where = Provenance("MLNI, Adams & Konigsberg 2004", "", "AJPA 125:138", Status.SEEN)
    notes = () if found.lincoln else ("without a pair the interval is the prior's",)
    kind = f"95 % credible, flat prior up to {found.cap}"
    return Estimate(found.mlni, "persons", where, found.interval, kind, asdict(found), notes)


def _mni(inputs: Inputs) -> Estimate:
    specimens = [
        counting.Specimen(
            each.text("element"),
            each.text("side", ""),
            each.text("age_class", ""),
            frozenset(filter(None, each.text("zones", "").split(","))),
            each.whole("count", 1),
            each.text("person", ""),
        )
        for each in inputs.entries("specimens")
    ]
    found = counting.minimum_number(specimens)
    where = Provenance("MNI, White 1953", "", "max over element and side", Status.SEEN)
    details = {
        "deciding": [asdict(each) for each in found.deciding],
        "by_element": found.by_element,
    }
    return Estimate(found.value, "persons", where, details=details)


def _bone_count(_inputs: Inputs) -> Estimate:
    return Estimate(counting.bones_of_an_adult(), "bones", _REFERENCE)


def _universal(inputs: Inputs) -> Estimate:
    return Estimate(dentition.universal_number(inputs.text("fdi")), "universal number", _REFERENCE)


def _tooth(inputs: Inputs) -> Estimate:
    dentition.universal_number(inputs.text("fdi"))
    before, after = (dentition.ToothRecord.read(inputs.text(each)) for each in ("am", "pm"))
    found = dentition.compare_tooth(before, after)
    return Estimate(found.verdict, "verdict", _REFERENCE, details={"reason": found.reason})


def _shortened(inputs: Inputs) -> Estimate:
    author = inputs.text("author", "Trotter & Gleser")
    if author not in {"Trotter & Gleser", "Galloway"}:
        refuse("author", "Trotter & Gleser or Galloway is expected")
    where = Provenance(f"{author}, correction for age", "", "textbook", Status.SEEN)
    return Estimate(
        at_death(inputs.number("stature_cm"), inputs.number("age_y"), author), "cm", where
    )


def _combined_age(inputs: Inputs) -> Estimate:
    evidence = [
        combination.AgeEvidence(each.text("region"), each.number("mean_y"), each.number("sd_y"))
        for each in inputs.entries("evidence")
    ]
    prior = inputs.entries("prior") if inputs.has("prior") else []
    parts = [(each.number("from"), each.number("to"), each.number("weight")) for each in prior]
    return combination.combine_ages(evidence, parts)


def _combined_sex(inputs: Inputs) -> Estimate:
    chances = [(each.text("region"), each.number("p_male")) for each in inputs.entries("evidence")]
    return combination.combine_sexes(chances, inputs.number("prior_male", 0.5))


_OTHERS: Final = (
    Method("stature-at-death", "stature_cm, age_y; author (Trotter & Gleser or Galloway)",
           _shortened),
    Method("age-stages", "stages by variable of teeth and epiphyses; sex", _stage_age),
    Method("stage-chances", "variable, age_y; sex", _stage_chances),
    Method("age-diaphysis", "bone, length_mm; sex, sample (US, South Africa, US+South Africa)",
           _diaphysis),
    Method("age-combined", "evidence: region, mean_y, sd_y; prior: from, to, weight",
           _combined_age),
    Method("sex-klales-2012", "traits VA, MA, SPC, each 1 to 5",
           lambda inputs: sex.by_klales(inputs.numbers("traits"))),
    Method("sex-walker-2008", "traits of glabella, mastoid, mental, orbit, nuchal, each 1 to 5; "
           "population (modern or ancient)", _walker),
    Method("sex-walker-2005", "score of the sciatic notch, 1 to 5",
           lambda inputs: sex.by_sciatic_notch(inputs.number("score"))),
    Method("sex-rogers-2000", "side (left or right), fossa (present or absent)", _rhomboid),
    Method("sex-ferembach-1979", "traits, each -2 to 2",
           lambda inputs: sex.by_ferembach(inputs.numbers("traits"))),
    Method("sex-metric", "measurement, length_mm; population (pooled, White, Black, Asian), "
           "prior_male", _metric_sex),
    Method("sex-combined", "evidence: region, p_male; prior_male", _combined_sex),
    Method("mni", "specimens: element, side, age_class, zones (1,2), count, person", _mni),
    Method("mlni", "left, right, pairs; cap", _mlni),
    Method("bone-count", "nothing", _bone_count),
    Method("pair-match", "left_mm, right_mm by measurement", _pair),
    Method("articulation", "first_mm, second_mm by measurement", _joint),
    Method("association", "x_mm, y_mm by measurement", _association),
    Method("tooth", "fdi; am, pm: codes with surfaces, as AMF-MO", _tooth),
    Method("fdi-to-universal", "fdi", _universal),
)  # fmt: skip
