"""Measures the screening of DNA in the background, from the database to the stored weights.

Run as ``python -m benchmarks.screening [--sites N]``. An installation of its own is filled with
invented sites of about two dozen cases each; every missing person gets a mother and a brother who
are typed, all remains are typed. A few are held back: each is then verified alone, as a profile
that arrives, and screened against all families or all remains. Times are those of the clock and of
the processor, medians; others may use the machine too.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.reranking import LOADING, Took, timed
from caseman import coding, schema
from caseman.accounts.models import User
from caseman.app import create_app
from caseman.database import Sessions
from caseman.demo.people import Credentials
from caseman.demo.samples import CONSENT, CUT, GIVEN
from caseman.demo.seeding import Seeded, seed
from caseman.identification.services.screening import screen_operation
from caseman.kinship import Locus, Member, Pedigree, Profile, Sex, Simulator
from caseman.laboratory import holders
from caseman.laboratory.codes import SampleMaterial, SpecimenStatus
from caseman.laboratory.models import Specimen, TypingRun
from caseman.laboratory.reading.frequencies import SHIPPED
from caseman.laboratory.reading.markers import kits
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import (
    NewSubmission,
    RunFacts,
    Step,
    advance,
    import_runs,
    prepare,
    preview,
    send,
    verify,
)
from caseman.remains.models import Remains, RemainsSample
from caseman.remains.services import NewSample, cut_sample
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts, SampleTaken
from caseman.reports.models import MissingPerson, ReferenceSample, Relative
from caseman.reports.services import add_relative, take_sample
from caseman.sealing.keys import create_keys
from config import Config

HELD_BACK = 5
PLACES = {Kin.MOTHER: "mother", Kin.BROTHER: "brother"}
_PARENTS = Member("father", sex=Sex.MALE), Member("mother", sex=Sex.FEMALE)
_CHILDREN = [Member(key, "father", "mother", Sex.MALE) for key in ("missing", "brother")]
TREE = Pedigree((*_PARENTS, *_CHILDREN))


def main() -> None:
    """Measure and print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20)
    sites: int = parser.parse_args().sites
    with tempfile.TemporaryDirectory() as folder:
        sessions = _installation(Path(folder))
        seeded = seed(sessions, lambda: Credentials("", "", None, None), str, scale=sites)
        held = _type_everybody(sessions, seeded)
        print(f"load average {os.getloadavg()[0]:.1f}")
        took, run = timed(partial(screen_operation, sessions, seeded.operation.id))
        print(f"{'everything':32}{took}   run {run}")
        for what, groups in held.items():
            times = [_one_more(sessions, seeded, runs) for runs in groups]
            times.sort(key=lambda took: took.clock)
            print(f"{what + ', middle of ' + str(len(times)):32}{times[len(times) // 2]}")


def _installation(place: Path) -> Sessions:
    config = Config.from_environment({"CASEMAN_INSTANCE": str(place)})
    config.files.mkdir(parents=True)
    create_keys(config.keys)
    schema.upgrade(config.database_url)
    sessions: Sessions = create_app(config).extensions["caseman"].sessions
    return sessions


def _type_everybody(sessions: Sessions, seeded: Seeded) -> dict[str, list[list[int]]]:
    """Sample and type everybody; return the runs held back, by what and by whom they are of."""
    remains = [each.id for each in seeded.remains]
    with sessions.transaction(actor=LOADING) as session:
        told = set(session.scalars(sa.select(Relative.missing_person_id)))
        persons = [report.missing_person_id for report in seeded.reports]
        persons = [key for key in persons if key not in told]
        _take_samples(session, seeded, remains, persons)
        runs = _send_and_type(session, seeded)
    held = {
        "one of the remains": [runs[Remains, key] for key in remains[-HELD_BACK:]],
        "one family": [runs[MissingPerson, key] for key in persons[-HELD_BACK:]],
    }
    waiting = {run for groups in held.values() for own in groups for run in own}
    rest = [run for own in runs.values() for run in own if run not in waiting]
    _verify(sessions, seeded, rest)
    print(f"{len(remains)} remains, {len(persons)} families of a typed mother and brother")
    return held


def _take_samples(
    session: Session, seeded: Seeded, remains: Sequence[int], persons: Sequence[int]
) -> None:
    for key in persons:
        person = session.get_one(MissingPerson, key)
        for kin, sex in ((Kin.MOTHER, coding.Sex.FEMALE), (Kin.BROTHER, coding.Sex.MALE)):
            relative = add_relative(session, person, RelativeFacts(kin, sex, name="Example"))
            taken = SampleTaken(SampleMaterial.SWAB, GIVEN, "Example")
            take_sample(session, relative, taken, CONSENT, None)
    tooth = NewSample(material=SampleMaterial.TOOTH, fdi=36, weight_g=1.1, cut_on=CUT, cut_by="A")
    for key in remains:
        cut_sample(session, session.get_one(Remains, key), seeded.teams.everywhere.id, tooth)


def _send_and_type(session: Session, seeded: Seeded) -> dict[tuple[type, int], list[int]]:
    """Return the ids of the runs by whose they are."""
    steward, analyst = (_user(session, seeded, name) for name in ("steward", "dna"))
    waiting = holders.waiting(session, steward.scope)
    submission = prepare(session, NewSubmission("Example laboratory", "", waiting), steward)
    send(session, submission, CUT, steward)
    for specimen in submission.specimens:
        for status in (SpecimenStatus.RECEIVED, SpecimenStatus.EXTRACTED):
            advance(session, specimen, Step(status, CUT, analyst))
    session.flush()
    whose = {code: owner for code, owner, _ in _owners(session)}
    table = _table(session, seeded)
    read = preview(session, steward.scope, read_table(table))
    found: dict[tuple[type, int], list[int]] = {}
    for run in import_runs(session, read, RunFacts("globalfiler", "Plate 1", CUT), analyst):
        found.setdefault(whose[run.specimen.code], []).append(run.id)
    return found


def _owners(session: Session) -> list[tuple[str, tuple[type, int], str]]:
    """Return code, whose sample it is, and the place in the tree, of all samples."""
    given = sa.select(Specimen.code, Relative.missing_person_id, Relative.kin).select_from(
        sa.join(Relative, ReferenceSample).join(Specimen)
    )
    cut = sa.select(Specimen.code, RemainsSample.remains_id).join(RemainsSample)
    relatives = [(c, (MissingPerson, p), PLACES.get(k, "")) for c, p, k in session.execute(given)]
    return relatives + [(c, (Remains, r), "missing") for c, r in session.execute(cut)]


def _table(session: Session, seeded: Seeded) -> str:
    """Return a wide table of everybody's genotypes: those who are somebody's are of the family."""
    numbers = {person.number: person.id for person in session.scalars(sa.select(MissingPerson))}
    sought = {
        each.id: numbers[seeded.truth[each.number]]
        for each in seeded.remains
        if seeded.truth.get(each.number) in numbers
    }
    loci = tuple(Locus(m, tuple(f), tuple(f.values())) for m, f in _frequencies().items())
    simulator, people = Simulator(loci, seed=2017), dict[tuple[type, int], dict[str, Profile]]()
    lines = ["\t".join(["Sample Name", *(locus.name for locus in loci)])]
    for code, (kind, key), place in _owners(session):
        owner = (MissingPerson, sought[key]) if kind is Remains and key in sought else (kind, key)
        if owner not in people:
            people[owner] = dict(simulator.people(TREE))
        own = people[owner].get(place) or simulator.stranger("somebody")
        lines.append("\t".join([code, *("/".join(own[x.name].seen) for x in loci)]))
    return "\n".join(lines)


def _frequencies() -> dict[str, dict[str, float]]:
    """Return the markers of one kit, scaled to sum to one."""
    markers, table = kits()["globalfiler"].markers, SHIPPED[0].frequencies
    return {
        marker: {a: f / sum(table[marker].values()) for a, f in table[marker].items() if f > 0}
        for marker in markers
        if marker in table
    }


def _user(session: Session, seeded: Seeded, name: str) -> User:
    number = next(h.user.id for h in seeded.staff if h.user.username == name)
    return session.get_one(User, number)


def _verify(sessions: Sessions, seeded: Seeded, runs: Sequence[int]) -> None:
    with sessions.transaction(actor=LOADING) as session:
        second = _user(session, seeded, "dna2")
        for key in runs:
            verify(session, session.get_one(TypingRun, key), second)


def _one_more(sessions: Sessions, seeded: Seeded, runs: Sequence[int]) -> Took:
    """Verify the runs of somebody and return how long the screening took."""
    _verify(sessions, seeded, runs)
    took, run = timed(partial(screen_operation, sessions, seeded.operation.id))
    if run is None:
        message = "nothing was screened"
        raise RuntimeError(message)
    return took


if __name__ == "__main__":
    main()
