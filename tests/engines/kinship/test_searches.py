"""Profiles searched against each other, families checked, additions weighed; truth is known."""

import json
import math

import pytest
from click.testing import CliRunner

from caseman.cli.kinship import kinship
from caseman.kinship import (
    BlindOptions,
    Case,
    Caseload,
    Family,
    FamilyChecker,
    Hypothesis,
    KinshipError,
    PowerOptions,
    Reading,
    Relation,
    Remains,
    Sample,
    Sex,
    Simulator,
    Source,
    Verdict,
    caseload_entry,
    evaluate,
    expectations,
    same_person_log_ratio,
    search_blindly,
)
from tests.engines.kinship.families import locus, mutating, profile, tree

LOCI = tuple(locus(f"L{i}", [0.1] * 10, mutation=mutating()) for i in range(20))
FAMILY = tree("F", "m", "A F m", "B F m", "W", "h", "K W h")


@pytest.fixture(scope="module")
def people():
    return Simulator(LOCI, seed=11).people(FAMILY)


def alike(found):
    return {(each.first.key, each.second.key): each.relation for each in found}


def test_one_person_in_two_bags_a_contamination_and_relatives_are_found(people):
    remains = [Remains(key, None, people[key]) for key in ("A", "B", "K")]
    partial = dict(list(people["A"].items())[:12])
    remains.append(Remains("A2", None, partial))
    family = Family("F1", FAMILY, {"F": people["F"], "h": people["h"]}, ("A",))
    staff = [Sample(Source.STAFF, "analyst", people["K"])]
    found = search_blindly(
        Caseload(LOCI, tuple(remains), (family,)), staff, BlindOptions(threshold=100)
    )
    relations = alike(found)
    assert relations["A", "A2"] is Relation.SAME
    assert relations["K", "analyst"] is Relation.SAME
    assert relations["A", "B"] is Relation.SIBLINGS
    assert relations["A", "F"] is Relation.PARENT_CHILD
    assert relations["K", "h"] is Relation.PARENT_CHILD
    assert ("K", "F") not in relations
    assert [pair.log_ratios[pair.relation] for pair in found] == sorted(
        (pair.log_ratios[pair.relation] for pair in found), reverse=True
    )


def test_a_blind_ratio_is_that_of_the_two_people_alone(people):
    remains = tuple(Remains(key, None, people[key]) for key in ("A", "B"))
    (found,) = search_blindly(Caseload(LOCI, remains, ()), options=BlindOptions(threshold=10))
    both = {key: people[key] for key in ("A", "B")}
    trees = {
        Relation.PARENT_CHILD: tree("A", "m", "B A m"),
        Relation.SIBLINGS: tree("F", "m", "A F m", "B F m"),
    }
    for relation, first in trees.items():
        hypotheses = Hypothesis("H1", first), Hypothesis("H2", tree("A", "B"))
        case = Case("pair", LOCI, hypotheses, both)
        assert found.log_ratios[relation] == pytest.approx(evaluate(case).log_ratio, rel=1e-10)
    same = same_person_log_ratio(LOCI, people["A"], people["B"])
    assert found.log_ratios[Relation.SAME] == same == -math.inf


@pytest.mark.parametrize("silent", [None, 0.02])
def test_identity_is_weighed_with_drop_out_silent_alleles_and_x(silent):
    share = 1 - (silent or 0)
    loci = [
        locus("L1", [f * share for f in (0.1, 0.2, 0.3, 0.4)], silent=silent),
        locus("X1", [f * share for f in (0.5, 0.5)], silent=silent, x_linked=True),
    ]
    first, second = profile(L1="10 11", X1="10"), profile(L1="10 10", X1="10")
    remains = (Remains("V1", Sex.MALE, first), Remains("V2", Sex.MALE, second, 0.2))
    options = BlindOptions(threshold=1.01)
    (found,) = search_blindly(Caseload(tuple(loci), remains, ()), options=options)
    expected = same_person_log_ratio(loci, first, second, dropout=0.2, sex=Sex.MALE)
    assert found.log_ratios[Relation.SAME] == pytest.approx(expected, rel=1e-12)


def test_one_person_who_differs_at_a_locus_is_reported_with_it(people):
    changed = {**people["K"], "L0": Reading(("10", "19"))}
    if people["K"]["L0"].alleles == ("10", "19"):
        changed["L0"] = Reading(("10", "10"))
    remains = (Remains("V1", None, people["K"]), Remains("V2", None, changed))
    (found,) = search_blindly(Caseload(LOCI, remains, ()))
    assert (found.compared, found.differing) == (20, ("L0",))


def test_what_a_tree_declares_is_said_beside_what_the_profiles_say(people):
    family = Family("F1", FAMILY, {k: people[k] for k in ("F", "A", "B")}, ())
    found = search_blindly(Caseload(LOCI, (), (family,)), options=BlindOptions(threshold=10))
    assert {pair.declared for pair in found} == {"parent and child", "full siblings"}
    assert all(pair.declared == pair.relation for pair in found)


def test_a_relative_who_is_none_is_named(people):
    stranger = Simulator(LOCI, seed=5).stranger("B")
    family = Family(
        "F1", FAMILY, {"F": people["F"], "m": people["m"], "A": people["A"], "B": stranger}, ()
    )
    found = FamilyChecker(LOCI).check(family)
    assert [fit.person for fit in found.suspects] == ["B"]
    assert found.suspects[0].verdict is Verdict.INCONSISTENT
    assert found.suspects[0].impossible
    assert not found.is_either
    rest = {fit.person: fit.verdict for fit in found.fits}
    assert rest["A"] is Verdict.FITS


def test_a_family_in_which_all_fit_has_no_suspects(people):
    family = Family("F1", FAMILY, {k: people[k] for k in ("F", "A", "B", "W")}, ())
    found = FamilyChecker(LOCI).check(family)
    assert not found.suspects
    verdicts = {fit.person: fit.verdict for fit in found.fits}
    assert verdicts == {
        "F": Verdict.FITS,
        "A": Verdict.FITS,
        "B": Verdict.FITS,
        "W": Verdict.SAYS_NOTHING,
    }


def test_of_two_relatives_it_is_not_said_which_one_is_wrong(people):
    stranger = Simulator(LOCI, seed=5).stranger("A")
    family = Family("F1", FAMILY, {"F": people["F"], "A": stranger}, ())
    found = FamilyChecker(LOCI).check(family)
    assert len(found.suspects) == 1
    assert found.is_either
    ratios = {fit.log_ratio_moving for fit in found.fits}
    assert max(ratios) == pytest.approx(min(ratios))


def test_a_family_impossible_without_somebody_leaves_that_ratio_open(people):
    still = tuple(locus(f"L{i}", [0.1] * 10) for i in range(20))
    stranger = Simulator(still, seed=5).stranger("B")
    family = Family(
        "F1", FAMILY, {"F": people["F"], "m": people["m"], "A": people["A"], "B": stranger}, ()
    )
    fits = {fit.person: fit for fit in FamilyChecker(still).check(family).fits}
    assert fits["A"].log_ratio is None
    assert fits["B"].log_ratio == -math.inf
    assert math.isfinite(fits["B"].log_ratio_moving)


def test_a_second_parent_helps_most_and_the_seed_decides(people):
    own = {x.name: people["F"][x.name] for x in LOCI[:6]}
    family = Family("F1", tree("F", "m", "A F m", "Q"), {"F": own}, ("A",))
    kits = {"large": tuple(x.name for x in LOCI)}
    options = PowerOptions(seed=3, samples=30, threshold=100, kits=kits)
    found = expectations(LOCI, family, options)
    by_added = {(each.added, each.kit): each for each in found}
    now, mother = by_added[(), None], by_added[("m",), None]
    assert found[0] is now
    assert (("Q",), None) not in by_added
    assert mother.mean > now.mean + 3 * mother.error
    assert by_added[(), "large"].mean > now.mean
    assert (now.loci, by_added[(), "large"].loci) == (6, 20)
    assert now.power >= now.false_alarm
    assert found == expectations(LOCI, family, options)


def test_an_expected_ratio_is_that_of_trying_every_child():
    """One locus, a father of 10 11: the mean over all children of the log of their LR."""
    single = (locus("L1", (0.2, 0.8)),)
    family = Family("F1", tree("F", "m", "C F m"), {"F": profile(L1="10 11")}, ("C",))
    now = expectations(single, family, PowerOptions(seed=1, samples=1000))[0]
    children = {"10 10": (0.1, 2.5), "10 11": (0.5, 0.5 / 0.32), "11 11": (0.4, 0.625)}
    expected = math.fsum(chance * math.log10(ratio) for chance, ratio in children.values())
    assert now.mean == pytest.approx(expected, abs=4 * now.error)


def test_an_inconsistent_family_has_no_power():
    known = {"F": profile(L1="10 10"), "C": profile(L1="11 11")}
    family = Family(
        "F1",
        tree("F", "m", "C F m", "D F m"),
        known,
        ("D",),
    )
    with pytest.raises(KinshipError, match="case F1, locus L1: the profiles cannot be of one"):
        expectations((locus(),), family, PowerOptions(seed=1, samples=2))


def run(tmp_path, command, content, *options):
    file, out = tmp_path / "in.json", tmp_path / "out.json"
    file.write_text(json.dumps(content))
    result = CliRunner().invoke(kinship, [command, str(file), f"--out={out}", *options])
    return result, json.loads(out.read_text()) if out.exists() else None


@pytest.fixture
def content(people):
    family = Family("F1", FAMILY, {"F": people["F"], "B": people["B"]}, ("A",))
    entry = caseload_entry(Caseload(LOCI, (Remains("V1", Sex.MALE, people["A"]),), (family,)))
    own = entry["pm"][0]
    return {
        **entry,
        "staff": [{"id": "analyst", "genotypes": own["genotypes"]}],
        "kits": {"small": ["L0", "L1"]},
    }


def test_the_commands_write_what_they_found(tmp_path, content):
    result, found = run(tmp_path, "blind", content)
    assert result.exit_code == 0, result.output
    first = found["results"][0]
    assert (first["first"]["id"], first["second"]["id"]) == ("V1", "analyst")
    assert (first["relation"], first["loci_differing"]) == ("same person", [])
    result, found = run(tmp_path, "check", content)
    assert result.exit_code == 0, result.output
    assert [entry["is_consistent"] for entry in found["results"]] == [True]
    result, found = run(tmp_path, "power", content, "--seed=1", "--samples=3")
    assert result.exit_code == 0, result.output
    assert found["results"][0]["added"] == []
    assert {entry["kit"] for entry in found["results"]} == {None, "small"}


def test_commands_name_who_and_where(tmp_path, content):
    wrong = {**content, "staff": [{"id": "analyst", "genotypes": {"L0": ["10", "99"]}}]}
    result, _ = run(tmp_path, "blind", wrong)
    assert "person analyst, locus L0: allele 99 is not among" in result.output
    wrong = {**content, "kits": {"small": ["L99"]}}
    result, _ = run(tmp_path, "power", wrong, "--seed=1", "--samples=3")
    assert result.exit_code == 1
    assert "case F1, locus L99: kit small has a locus that is not among" in result.output
