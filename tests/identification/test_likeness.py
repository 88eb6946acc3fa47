"""Profiles that are alike although nobody said so, and what people make of them."""

import pytest
import sqlalchemy as sa

from caseman.identification.codes import LikenessRelation, LikenessVerdict
from caseman.identification.genetics import Terms
from caseman.identification.likeness import Typed, find_alike
from caseman.identification.models import DnaCompared, DnaLikeness, DnaResult, LikenessFinding
from caseman.identification.services import likeness, screening
from caseman.identification.services.likeness import FindingRefusedError, Judged, judge_likeness
from caseman.jobs.models import Job
from caseman.laboratory.codes import RunState, SourceKind
from caseman.permissions import Role
from caseman.reports.services import withdraw_consent
from tests.identification.test_misfits import family as family  # noqa: PLC0414 - a fixture here too
from tests.identification.test_misfits import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.identification.test_misfits import world as world  # noqa: PLC0414 - a fixture here too
from tests.laboratory.conftest import OnSqlite

MARKERS = [f"M{place}" for place in range(12)]
TERMS = Terms(
    {marker: {str(allele): 0.1 for allele in range(10)} for marker in MARKERS},
    0.001,
    0.0,
    None,
    0.0,
    0.0,
)


def profile(first, second):
    return dict.fromkeys(MARKERS, (first, second))


def alike(kinds, declared=(), changed=None):
    """Compare a profile, its like and its child; tell the pairs by their places."""
    profiles = (profile("1", "2"), profile("1", "2"), profile("2", "3"))
    typed = [Typed(place, kind, profiles[place]) for place, kind in enumerate(kinds)]
    found = find_alike(TERMS, typed, dict(declared), changed or range(len(typed)))
    return {(each.first_id, each.second_id): each.relation for each in found}


R, F, S, D = SourceKind.REMAINS, SourceKind.RELATIVE, SourceKind.STAFF, SourceKind.DIRECT
SAME, CHILD = LikenessRelation.SAME, LikenessRelation.PARENT_CHILD


@pytest.mark.parametrize(
    ("kinds", "declared", "expected"),
    [
        ((R, R, R), (), {(0, 1): SAME, (0, 2): CHILD, (1, 2): CHILD}),
        ((R, S, S), (), {(0, 1): SAME}),  # staff for identity only
        ((S, S), (), {}),
        ((R, F, F), (), {(0, 1): SAME, (1, 2): CHILD}),  # a bone and relatives: the family's LR
        ((R, D, F), ((1, 7), (2, 7)), {}),  # a toothbrush and its bone, a declared parent
        ((F, F, F), ((0, 7), (1, 8), (2, 7)), {(0, 1): SAME, (1, 2): CHILD}),
    ],
)
def test_what_was_not_declared_is_found_and_the_expected_is_not(kinds, declared, expected):
    assert alike(kinds, declared) == expected


def test_only_what_changed_is_compared_and_with_everything():
    assert alike((R, R, R), changed=[1]) == {(0, 1): SAME, (1, 2): CHILD}


@pytest.fixture
def compared(family, sessions):
    """The brother's swab and the stranger's bone have one profile."""
    likeness.compare(sessions, {})
    (family.alike,) = family.session.scalars(sa.select(DnaLikeness)).all()
    return family


def test_a_bone_like_a_swab_is_found_and_a_contaminated_run_leaves_every_weighing(
    compared, sessions
):
    session, row = compared.session, compared.alike
    analyst, bone = compared.analysts[0], compared.stranger.id
    assert (row.relation, row.differing) == (SAME, [])
    assert {row.first.kind, row.second.kind} == {F, R}
    assert compared.brother.source in {row.first, row.second}
    run = next(
        each
        for each in compared.runs.values()
        if each.specimen.source_id in {row.first_id, row.second_id}
    )
    with pytest.raises(FindingRefusedError, match="Write why"):
        judge_likeness(session, row, Judged(LikenessVerdict.NOTHING, "", ()), analyst)
    with pytest.raises(FindingRefusedError, match="at least one"):
        judge_likeness(session, row, Judged(LikenessVerdict.CONTAMINATION, "Yes.", ()), analyst)
    session.execute(sa.delete(Job))
    judged = Judged(LikenessVerdict.CONTAMINATION, "Same tray on the same day.", [run])
    judge_likeness(session, row, judged, analyst)
    assert run.state is RunState.SET_ASIDE
    assert set(session.scalars(sa.select(Job.kind))) == {screening.SCREEN, likeness.COMPARE}
    session.commit()
    screening.screen(sessions, {})
    likeness.compare(sessions, {})
    assert session.scalars(sa.select(DnaLikeness)).all() == []
    of_bone = sa.select(DnaResult).where(DnaResult.remains_id == bone)
    assert session.scalars(of_bone).all() == []
    assert session.scalars(sa.select(LikenessFinding.reason)).all() == [judged.reason]


def test_withdrawn_consent_takes_what_was_found_away_at_once(compared):
    session = compared.session
    withdraw_consent(session, compared.brother.consent, "He asked for it.", None)
    session.flush()
    assert session.scalars(sa.select(DnaLikeness)).all() == []
    kept = set(session.scalars(sa.select(DnaCompared.source_id)))
    assert compared.brother.source_id not in kept
    session.rollback()


class TestOnSqlite(OnSqlite):
    def test_the_analyst_reads_codes_and_keeps_a_finding(self, compared, client_as):
        session, row = compared.session, compared.alike
        address, codes = f"/dna/alike/{row.id}", (row.first.code, row.second.code)
        both = {row.first, row.second}
        run = next(e.id for e in compared.runs.values() if e.specimen.source in both)
        hidden = (compared.person.number, compared.remains.number, "Bira")
        session.commit()
        analyst = client_as(user=compared.analysts[0])
        session.commit()
        for page in (analyst.get("/dna/alike").text, analyst.get(address).text):
            assert all(code in page for code in codes)
            assert not any(each in page for each in hidden)
        form = {"finding": "contamination", "reason": "Same tray.", "version": "0"}
        assert analyst.send(address, form).status_code == 422
        assert analyst.send(address, {**form, "runs": run}).status_code == 302
        assert "Same tray." in analyst.get("/dna/alike/findings").text
        assert "set aside" in analyst.get(f"/laboratory/genotypes/{run}").text
        reviewer = client_as(Role.REVIEWER, team=compared.team)
        assert reviewer.get(address).status_code == 403
        assert client_as(Role.DNA_ANALYST).get(address).status_code == 404
