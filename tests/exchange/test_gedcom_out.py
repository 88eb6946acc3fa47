"""Family trees taken out as GEDCOM: what stands in the file, for whom, and what is on record."""

from datetime import date

import gedcom7
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.audit.models import AuditEntry
from caseman.coding import Sex
from caseman.exchange.gedcom.tree import Family, Individual, Tree
from caseman.exchange.gedcom.writing import GedcomFile, period, written
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.permissions import Role
from caseman.reports.codes import Bond, ConsentPurpose, Kin, Living
from caseman.reports.drafts import ConsentGiven, SampleTaken
from caseman.reports.models import Relative
from caseman.reports.services import take_sample, withdraw_consent
from tests.documents.test_recipients import say

SEXES = (Sex.MALE, Sex.FEMALE, None)
ROLES = (("HUSB", "WIFE"), ("CHIL",))
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


@st.composite
def trees(draw):
    """Draw families of up to nine people, each child younger than its parents."""
    keys = [f"p{n}" for n in range(draw(st.integers(2, 9)))]
    names = st.text("ab @/\u0645\u062d", max_size=8)
    people = {key: Individual(key, draw(st.sampled_from(SEXES)), draw(names)) for key in keys}
    couples = {}
    for n, key in enumerate(keys[2:], start=2):
        if draw(st.booleans()):
            pair = tuple(draw(st.permutations(keys[:n]))[:2])
            couples.setdefault(pair, []).append(key)
    return Tree(people, tuple(Family(pair, tuple(below)) for pair, below in couples.items()))


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
    assert "Milk brother" not in given.data.decode()
    assert "Milk brother" in take_out(steward, person).data.decode()


def test_a_sample_is_told_while_its_consent_stands(person, session, steward):
    father = session.scalars(sa.select(Relative).order_by(Relative.ordinal)).first()
    consent = ConsentGiven(date(2015, 2, 3), ConsentManner.SIGNED, "Comparison in this search.")
    taken = SampleTaken(SampleMaterial.SWAB, date(2015, 2, 3), "A nurse")
    take_sample(session, father, taken, consent, None)
    session.commit()

    told = people_of(take_out(steward, person).data.decode())
    withdraw_consent(session, father.consents[0], "The father asked for it.", None)
    session.commit()
    untold = people_of(take_out(steward, person).data.decode())

    assert [texts(each, "sample") for each in told][:3] == [[], ["Y"], []]
    assert not [each for each in untold if texts(each, "sample")]


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


@pytest.mark.parametrize("file", list(GedcomFile))
@given(tree=trees())
@settings(max_examples=30)
def test_everybody_has_the_same_parents_and_partners_in_the_file(file, tree):
    records = gedcom7.loads(written(file, tree, "Title").decode())

    places = [each.xref for each in records if each.tag == "INDI"]
    names = dict(zip(places, tree.people, strict=True))
    families = [
        tuple([names[e.pointer] for e in record.children if e.tag in tags] for tags in ROLES)
        for record in records
        if record.tag == "FAM"
    ]
    assert families == [(list(each.partners), list(each.children)) for each in tree.families]


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


def test_who_died_is_missing_too_or_was_adopted_is_told(person, steward, session):
    father, half, wife, son, other = session.scalars(sa.select(Relative).order_by(Relative.id))
    father.living, half.living = Living.DIED, Living.MISSING
    son.bond, other.bond = Bond.ADOPTED, Bond.FOSTER
    other.kin, other.sex = Kin.MOTHER, Sex.FEMALE
    session.commit()
    for file, word in (("7", "ADOPTED"), ("551", "adopted")):
        text = take_out(steward, person, file=file).data.decode("utf-8-sig")
        records = {each.xref: each for each in gedcom7.loads(text) if each.xref}
        people = {text: each for each in records.values() for text in texts(each, "REFN")}
        by_row = {row.id: people[row.number] for row in (father, half, wife, son, other)}
        assert texts(by_row[father.id], "DEAT") == ["Y"]
        assert texts(by_row[wife.id], "DEAT") == []
        assert "1 _MISSING Y" in text.split(f"REFN {half.number}")[1].split(" INDI")[0]
        (home,) = (each for each in by_row[son.id].children if each.tag.endswith("FAMC"))
        assert [each.text for each in home.children] == [word]
        partners = {each.pointer for each in records[home.pointer].children}
        assert by_row[wife.id].xref in partners
        (home,) = (each for each in by_row[other.id].children if each.tag.endswith("FAMS"))
        foster = records[home.pointer]
        assert [each.pointer for each in foster.children if each.tag.endswith("WIFE")] == [
            by_row[other.id].xref
        ]
        assert gedcom7.validate(gedcom7.loads(text)) == [] or file == "551"
