"""A GEDCOM file brought into the tree of one missing person: looked through, ticked, added."""

import re
from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding import Sex
from caseman.exchange.gedcom.content import content_of
from caseman.exchange.gedcom.writing import GedcomFile, written
from caseman.permissions import Role
from caseman.reports.codes import Bond, Kin, Living
from caseman.reports.models import Relative
from tests.exchange.test_gedcom_in import LARGE, family, file_of, people


@pytest.fixture
def person(world, session):
    person = world.person("أحمد الخطيب")
    session.commit()
    return person


@pytest.fixture
def address(person, session):
    """Return where a file is brought in; nothing is left open that a client would wait for."""
    address = f"/missing/{person.number}/relatives/gedcom/import"
    session.commit()
    return address


def post(client, address, **asked):
    content = asked.pop("file", None)
    if content is not None:
        asked["file"] = (BytesIO(content), "tree.ged")
    return client.send(address, asked)


def tree_of(session, person):
    session.expire_all()
    statement = sa.select(Relative).where(Relative.missing_person_id == person.id)
    return session.scalars(statement.order_by(Relative.ordinal)).all()


def ticked(page):
    return re.findall(r'name="chosen"\s+value="@(\w+)@" checked', page.text)


CHOSEN = ["@dad@", "@mum@", "@wife@", "@boy@", "@aunt@", "@cousin@"]


def test_who_is_ticked_is_added_and_a_second_time_nobody(person, session, steward, address):
    text = LARGE.replace("0 @me@ INDI", f"0 @me@ INDI\n1 REFN {person.number}")
    session.rollback()

    looked = post(steward, address, file=text.encode())
    assert looked.status_code == 200, looked.text
    assert ticked(looked) == [
        "dad", "mum", "wife", "boy", "sis", "half", "granny", "aunt", "niece", "baby", "cousin"
    ]  # fmt: skip
    assert "by marriage alone" in looked.text
    assert "1 NAME wife /Khatib/" in looked.text
    assert tree_of(session, person) == []
    session.rollback()
    answer = post(steward, address, gedcom=text, missing="@me@", shown="@me@", chosen=CHOSEN)

    assert answer.status_code == 302, answer.text
    rows = tree_of(session, person)
    assert [(row.kin, row.name, row.through and row.through.name) for row in rows] == [
        (Kin.FATHER, "dad Khatib", None),
        (Kin.MOTHER, "mum Khatib", None),
        (Kin.SPOUSE, "wife Khatib", None),
        (Kin.SON, "boy Khatib", "wife Khatib"),
        (Kin.FATHERS_SIBLING, "aunt Khatib", None),
        (Kin.COUSIN_BY_FATHER, "cousin Khatib", "aunt Khatib"),
    ]
    told = session.scalars(sa.select(AuditEntry).where(AuditEntry.reason == "GEDCOM")).all()
    assert {entry.subject for entry in told} == {person.number}
    session.rollback()
    again = post(steward, address, gedcom=text, missing="@me@", shown="@me@", chosen=CHOSEN)
    assert again.status_code == 422
    assert "Tick whom you want to add" in again.text
    assert again.text.count("In the tree already") == 6
    assert len(tree_of(session, person)) == 6


def test_what_is_there_stays_and_what_the_file_does_not_know_is_told(
    person, session, steward, address
):
    father = Relative(missing_person=person, ordinal=1, kin=Kin.FATHER, sex=Sex.MALE)
    aunt = Relative(missing_person=person, ordinal=2, kin=Kin.FATHERS_SIBLING, sex=Sex.FEMALE)
    other = Relative(missing_person=person, ordinal=3, kin=Kin.MOTHERS_SIBLING)
    father.name, aunt.name, other.name = "خالد", "AUNT  khatib", "Layla"
    session.add_all([father, aunt, other])
    session.commit()

    looked = post(steward, address, gedcom=LARGE, missing="@me@")
    post(steward, address, gedcom=LARGE, missing="@me@", shown="@me@", chosen=["@dad@", "@cousin@"])

    assert {"dad", "aunt"}.isdisjoint(ticked(looked))
    assert "not known again in the file" in looked.text
    rows = tree_of(session, person)
    assert [row.name for row in rows] == ["خالد", "AUNT  khatib", "Layla", "cousin Khatib"]
    assert rows[3].through is rows[1]


def test_the_missing_person_is_sought_by_name_in_a_long_file(steward, address):
    many = "\n".join(f"0 @n{n}@ INDI\n1 NAME Person{n} /Other/" for n in range(300))
    text = file_of(f"{many}\n0 @a@ INDI\n1 NAME Ahmad /al-Khatib/\n0 @b@ INDI\n1 NAME Layla")

    first = post(steward, address, file=text.encode())
    found = post(steward, address, gedcom=text, sought="ليلى", look="y", missing="@a@", shown="@a@")
    nobody = post(steward, address, gedcom=text, sought="Xyzzy", look="y")

    assert first.text.index(">Ahmad al-Khatib<") < first.text.index(">Person0 Other<")
    assert first.text.count('type="radio"') == 20
    assert "Layla" in found.text
    assert "Nobody in the file is called so" in nobody.text
    assert "0 @n299@ INDI" in nobody.text


def test_another_person_is_looked_through_before_anything_is_added(
    person, session, steward, address
):
    answer = post(steward, address, gedcom=LARGE, missing="@baby@", shown="@me@", chosen=CHOSEN)

    assert answer.status_code == 200
    assert ticked(answer) == ["boy", "me", "wife"]
    assert tree_of(session, person) == []


def test_adoption_and_death_are_taken_and_never_lost_between(person, session, steward, address):
    text = file_of(
        "\n".join(
            [
                people(me="M", boy="M", baby="F", sis="F"),
                "1 DEAT Y",
                family("f1", "me", "", ["boy"]),
                family("f2", "boy", "", ["baby"]),
                family("f3", "", "", ["me", "sis"]),
            ]
        )
    ).replace("0 @boy@ INDI", "0 @boy@ INDI\n1 _MISSING Y\n1 FAMC @f1@\n2 PEDI foster")

    post(steward, address, gedcom=text, missing="@me@", shown="@me@", chosen=["@baby@", "@sis@"])

    sister, baby = tree_of(session, person)
    assert (sister.kin, sister.bond, sister.living) == (Kin.SISTER, None, Living.DIED)
    assert (baby.kin, baby.bond, baby.through) == (Kin.GRANDCHILD, Bond.FOSTER, None)


@pytest.mark.parametrize("file", list(GedcomFile))
def test_what_left_with_names_comes_back_into_another_tree(file, person, world, session, steward):
    told = [
        (Kin.FATHER, Sex.MALE, "خالد الخطيب", None),
        (Kin.SPOUSE, Sex.FEMALE, "", None),
        (Kin.SON, Sex.MALE, "@Sami", 2),
        (Kin.FATHERS_SIBLING, Sex.FEMALE, "فاطمة", None),
        (Kin.OTHER, None, "Yusuf", None),
    ]
    rows = [
        Relative(missing_person=person, ordinal=n, kin=kin, sex=sex)
        for n, (kin, sex, _, _) in enumerate(told, start=1)
    ]
    for row, (_, _, name, _) in zip(rows, told, strict=True):
        row.name = name or None
    rows[2].through, rows[4].note = rows[1], "Milk brother"
    session.add_all(rows)
    another = world.person("Another Name")
    session.flush()
    there = f"/missing/{another.number}/relatives/gedcom/import"
    content = written(file, content_of(person, rows, with_names=True, with_notes=True), "Title")
    session.commit()

    page = post(steward, there, file=content)
    chosen = re.findall(r'name="chosen"\s+value="([^"]+)" checked', page.text)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page.text)[1]
    text = content.decode("utf-8-sig")
    answer = post(steward, there, gedcom=text, missing=shown, shown=shown, chosen=chosen)

    assert answer.status_code == 302, answer.text
    came = {
        (row.kin, row.sex, row.name or "", row.note, row.through and row.through.kin)
        for row in tree_of(session, another)
    }
    assert came == {
        (kin, sex, name, "Milk brother" * (kin is Kin.OTHER), through and Kin.SPOUSE)
        for kin, sex, name, through in told
    }


def test_a_file_that_cannot_be_read_is_refused_at_its_field_and_the_text_stays(
    person, steward, address
):
    files = post(steward, address, file=b"PK\x03\x04", gedcom="0 HEAD\nkept")
    pasted = post(steward, address, gedcom="0 HEAD\nkept")
    nothing = post(steward, address)

    assert "The file is an archive" in files.text
    assert "Line 2 is no line of GEDCOM" in pasted.text
    assert "Choose a GEDCOM file" in nothing.text
    assert all("kept" in each.text for each in (files, pasted))
    assert {each.status_code for each in (files, pasted, nothing)} == {422}


def test_keys_that_nobody_has_and_people_of_no_name_bring_nothing(
    person, session, steward, address
):
    strange = {"missing": "@nobody@", "shown": "@nobody@", "chosen": ["@me@", "x" * 9000]}

    answer = post(steward, address, gedcom=LARGE, **strange)
    own = post(steward, address, gedcom=LARGE, missing="@me@", shown="@me@", chosen=["@me@", "x"])

    assert (answer.status_code, own.status_code) == (200, 422)
    assert tree_of(session, person) == []


def test_only_who_writes_reports_within_reach_may_bring_in(person, client_as, steward):
    path = f"/missing/{person.number}/relatives/gedcom/import"

    assert client_as(Role.AUDITOR).get(path).status_code == 403
    assert client_as(Role.INTAKE).get(path).status_code == 404
    assert path in steward.get(f"/missing/{person.number}/relatives").text
