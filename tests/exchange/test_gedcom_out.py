"""Family trees taken out as GEDCOM: what stands in the file, for whom, and what is on record."""

from datetime import date

import gedcom7
import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding import Sex
from caseman.exchange.gedcom.tree import Family, Individual, Tree
from caseman.exchange.gedcom.writing import GedcomFile, period, written
from caseman.permissions import Role
from caseman.reports.codes import ConsentPurpose, Kin
from caseman.reports.models import Relative
from tests.documents.test_recipients import say

PURPOSE = "Genealogist of the commission draws the tree"
NAME = "فاطمة الخطيب"


@pytest.fixture
def person(world, session):
    """Return a missing person with a father, a half-sister, a son and a milk-brother."""
    person = world.person("أحمد الخطيب")
    told = [
        (Kin.FATHER, Sex.MALE, "خالد الخطيب", ""),
        (Kin.HALF_BY_FATHER, Sex.FEMALE, NAME, ""),
        (Kin.SPOUSE, Sex.FEMALE, "", ""),
        (Kin.SON, Sex.MALE, "@Sami", ""),
        (Kin.OTHER, None, "", "Milk brother @ Homs\nTwin"),
    ]
    for ordinal, (kin, sex, name, note) in enumerate(told, start=1):
        row = Relative(missing_person=person, ordinal=ordinal, kin=kin, sex=sex, note=note)
        row.name = name or None
        session.add(row)
    session.commit()
    return person


def take_out(client, person, **more):
    asked = {"file": "7", "purpose": PURPOSE, **more}
    return client.send(f"/missing/{person.number}/relatives/gedcom/export", asked)


def people_of(text):
    return [each for each in gedcom7.loads(text) if each.tag == "INDI"]


def texts(record, tag):
    return [each.text for each in record.children if each.tag.rpartition(":")[2] == tag]


def test_the_file_is_valid_and_holds_the_tree_and_no_name_unasked(person, steward, session):
    answer = take_out(steward, person)

    assert answer.status_code == 200, answer.text
    text = answer.data.decode()
    records = gedcom7.loads(text)
    assert gedcom7.validate(records) == []
    missing, father, *_ = people_of(text)
    assert texts(missing, "NAME") == ["أحمد الخطيب"]
    assert texts(missing, "missing") == ["Y"]
    assert texts(father, "NAME") == []
    assert texts(father, "REFN") == [f"{person.number}/R1"]
    assert NAME not in text
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "export")).one()
    assert (entry.subject, entry.reason) == (f"tree:{person.number}", PURPOSE)
    assert entry.changes == {"rows": [None, 6], "file": [None, "7"], "names": [None, False]}


@pytest.mark.parametrize("file", ["7", "551"])
def test_names_and_notes_survive_in_either_version(file, person, steward):
    text = take_out(steward, person, file=file, with_names="y").data.decode("utf-8-sig")

    assert f"1 NAME {NAME}\n" in text
    assert "1 NAME @@Sami\n" in text
    assert ("Milk brother @@ Homs\n2 CONT Twin" if file == "551" else "brother @ Homs") in text
    assert "2 VERS 5.5.1" in text or "2 TRAN Fatima" in text
    assert max(len(line) for line in text.splitlines()) < 255


def test_names_stay_with_whoever_reads_contacts_and_inside(person, session, steward):
    say(session, person.reports[0], ConsentPurpose.ICMP, is_given=True)
    session.commit()

    refused = take_out(steward, person, recipient="icmp", with_names="y")
    given = take_out(steward, person, recipient="icmp")

    assert refused.status_code == 422
    assert "stay in this office" in refused.text
    assert given.status_code == 200
    assert NAME not in given.data.decode()


def test_it_leaves_only_where_families_agreed(person, steward, session):
    answer = take_out(steward, person, recipient="court")

    assert answer.status_code == 422
    assert "Not every family" in answer.text
    assert not session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "export")).all()


def test_others_than_who_exports_are_kept_out(person, client_as, world):
    assert take_out(client_as(Role.INTAKE), person).status_code == 403
    assert take_out(client_as(Role.AUDITOR), person).status_code == 403


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, ""),
        (date(1970, 2, 3), date(1970, 2, 3), "3 FEB 1970"),
        (date(1970, 1, 1), date(1970, 12, 31), "1970"),
        (date(1970, 1, 1), date(1975, 12, 31), "BET 1970 AND 1975"),
        (date(1970, 3, 1), date(1970, 3, 31), "BET 1 MAR 1970 AND 31 MAR 1970"),
        (date(1970, 3, 1), None, "AFT 1 MAR 1970"),
        (None, date(1970, 3, 1), "BEF 1 MAR 1970"),
    ],
)
def test_births_are_told_as_exactly_as_they_are_known(first, last, told):
    assert period(first, last) == told


def test_a_long_note_is_cut_between_letters_for_older_programs():
    note = "word " * 300
    people = {"a": Individual("a", note=note.strip()), "b": Individual("b")}
    tree = Tree(people, (Family(("a", "b")),))

    text = written(GedcomFile.OLDER, tree, "Title").decode("utf-8-sig")

    lines = text.splitlines()
    assert max(len(line) for line in lines) < 255
    cut = [line.split(" ", 2)[2] for line in lines if line.startswith(("1 NOTE w", "2 CONC"))]
    assert "".join(cut) == note.strip()
    assert not [piece for piece in cut if piece != piece.strip()]
