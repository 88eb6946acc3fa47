"""Family trees read from GEDCOM: what a file may hold, and who is what."""

import gedcom7
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from caseman.coding import Sex
from caseman.exchange.gedcom.content import content_of
from caseman.exchange.gedcom.kin import WithoutPlace, relations
from caseman.exchange.gedcom.reading import UnreadableGedcomError, read_tree, text_of
from caseman.exchange.gedcom.writing import GedcomFile, written
from caseman.kinship import KinshipError
from caseman.reports.codes import ONLY_ONE, SEX_OF_KIN, THROUGH, Bond, Kin, Living
from caseman.reports.models import MissingPerson, Relative
from tests.exchange.test_gedcom_out import trees

HEAD = "0 HEAD\n1 GEDC\n2 VERS {}\n"


def file_of(body, version="5.5.1"):
    return f"{HEAD.format(version)}{body.strip()}\n0 TRLR\n"


def people(**told):
    """Return the records of people: name=sex, each with the key of its name."""
    return "\n".join(
        f"0 @{name}@ INDI\n1 NAME {name} /Khatib/\n1 SEX {sex}" for name, sex in told.items()
    )


def family(key, husband="", wife="", children=()):
    lines = [f"0 @{key}@ FAM"]
    lines += [f"1 HUSB @{husband}@"] * bool(husband) + [f"1 WIFE @{wife}@"] * bool(wife)
    return "\n".join([*lines, *(f"1 CHIL @{child}@" for child in children)])


def kin_of(text, missing="me"):
    """Return by key what everybody is to the missing person, and why others are nothing."""
    found = relations(read_tree(text), f"@{missing}@")
    return (
        {each.person.key.strip("@"): each for each in found.found},
        {each.person.key.strip("@"): each.reason for each in found.unplaced},
    )


LARGE = file_of(
    "\n".join(
        [
            people(me="M", dad="M", mum="F", sis="F", half="M", wife="F", boy="M", granny="F"),
            people(aunt="F", cousin="U", niece="F", baby="U", inlaw="M", step="F", far="M"),
            family("f1", "dad", "mum", ["me", "sis"]),
            family("f2", "dad", "step", ["half"]),
            family("f3", "me", "wife", ["boy"]),
            family("f4", "", "granny", ["dad", "aunt"]),
            family("f5", "far", "aunt", ["cousin"]),
            family("f6", "inlaw", "sis", ["niece"]),
            family("f7", "boy", "", ["baby"]),
        ]
    )
)


def test_everybody_is_what_the_families_say():
    found, unplaced = kin_of(LARGE)

    assert {key: (each.kin.value, each.through) for key, each in found.items()} == {
        "dad": ("father", None),
        "mum": ("mother", None),
        "wife": ("spouse", None),
        "boy": ("son", "@wife@"),
        "sis": ("sister", None),
        "half": ("half_by_father", None),
        "granny": ("fathers_mother", None),
        "aunt": ("fathers_sibling", None),
        "niece": ("siblings_child", "@sis@"),
        "baby": ("grandchild", "@boy@"),
        "cousin": ("cousin_by_father", "@aunt@"),
    }
    assert found["dad"].person.name == "dad Khatib"
    assert unplaced == dict.fromkeys(["inlaw", "step", "far"], WithoutPlace.TOO_FAR)


def test_somebody_else_may_be_the_missing_person():
    found, _ = kin_of(LARGE, "baby")

    assert {key: each.kin for key, each in found.items()} == {
        "boy": Kin.FATHER,
        "me": Kin.FATHERS_FATHER,
        "wife": Kin.FATHERS_MOTHER,
    }


def test_nobody_is_related_by_blood_through_adoption():
    body = [
        people(me="M", dad="M", mum="F", foster="F", taken="M", taught="M", child="M", wife="F"),
        people(baby="F", nephew="M", stepson="M"),
        family("f1", "dad", "mum", ["me", "taken"]),
        family("f2", "", "foster", ["me", "taught"]),
        family("f3", "me", "wife", ["child", "stepson"]),
        family("f4", "child", "", ["baby"]),
        family("f5", "taken", "", ["nephew"]),
    ]
    text = file_of("\n".join(body))
    for key, lines in {
        "me": "1 FAMC @f2@\n2 PEDI foster",
        "taken": "1 FAMC @f1@\n2 PEDI ADOPTED",
        "child": "1 ADOP\n2 FAMC @f3@",
    }.items():
        text = text.replace(f"0 @{key}@ INDI", f"0 @{key}@ INDI\n{lines}")
    text = text.replace("1 CHIL @stepson@", "1 CHIL @stepson@\n2 _FREL Step\n2 _MREL Natural")

    found, unplaced = kin_of(text)

    assert unplaced == {}
    assert {key: (each.kin, each.bond, each.through) for key, each in found.items()} == {
        "dad": (Kin.FATHER, None, None),
        "mum": (Kin.MOTHER, None, None),
        "foster": (Kin.MOTHER, Bond.FOSTER, None),
        "wife": (Kin.SPOUSE, None, None),
        "child": (Kin.SON, Bond.ADOPTED, "@wife@"),
        "stepson": (Kin.SON, Bond.FOSTER, "@wife@"),
        "taken": (Kin.BROTHER, Bond.ADOPTED, None),
        "taught": (Kin.BROTHER, Bond.FOSTER, None),
        "nephew": (Kin.SIBLINGS_CHILD, None, "@taken@"),
        "baby": (Kin.GRANDCHILD, None, "@child@"),
    }
    assert found["baby"].line is Bond.ADOPTED


def test_parents_by_birth_are_not_guessed():
    body = [
        people(me="M", dad="M", mum="F", other="M", one="F", two="F", kid="M"),
        family("f1", "dad", "mum", ["me"]),
        family("f2", "other", "mum", ["me"]),
        family("f3", "one", "two", ["kid"]),
    ]

    found, unplaced = kin_of(file_of("\n".join(body)))
    of_kid, _ = kin_of(file_of("\n".join(body)), "kid")

    assert found == {}
    assert unplaced == dict.fromkeys(["dad", "mum", "other"], WithoutPlace.SEVERAL_PARENTS)
    assert of_kid == {}


def test_cousins_who_married_stand_once_and_an_unknown_sex_is_told():
    body = [
        people(me="M", dad="M", uncle="M", wife="F", kid="U", grandpa="M"),
        family("f1", "grandpa", "", ["dad", "uncle"]),
        family("f2", "dad", "", ["me"]),
        family("f3", "uncle", "", ["wife"]),
        family("f4", "me", "wife", ["kid"]),
    ]

    found, unplaced = kin_of(file_of("\n".join(body)))

    assert (found["wife"].kin, found["wife"].also) == (Kin.SPOUSE, (Kin.COUSIN_BY_FATHER,))
    assert unplaced == {"kid": WithoutPlace.NO_SEX}


def test_a_place_in_the_family_tells_a_parent_whose_sex_is_unknown_and_sex_goes_first():
    body = [
        people(me="M", one="U", two="U", boy="F", girl="M", kid="M"),
        family("f1", "one", "two", ["me"]),
        family("f2", "boy", "girl", ["kid"]),
    ]
    text = file_of("\n".join(body))

    assert {key: each.kin for key, each in kin_of(text)[0].items()} == {
        "one": Kin.FATHER, "two": Kin.MOTHER
    }  # fmt: skip
    assert kin_of(text, "kid")[0]["girl"].kin is Kin.FATHER


def test_a_circle_ends():
    body = [
        people(me="M", dad="M"),
        family("f1", "dad", "", ["me"]),
        family("f2", "me", "", ["dad"]),
    ]

    assert kin_of(file_of("\n".join(body)))[0]["dad"].kin is Kin.FATHER


def test_older_files_are_read_as_programs_write_them():
    text = (
        "0 HEAD\r\n1 SOUR Other\r\n1 GEDC\r\n2 VERS 5.5\r\n1 CHAR UTF-8\r\n\r\n"
        "0 @p-1 a@ INDI\r\n  1 NAME Ahmad Abd /al-Rah\r\n  2 CONC man/\r\n  2 GIVN Ahmad\r\n"
        "  1 sex M\r\n  1 BIRT\r\n  2 DATE @#DHIJRI@ 1390\r\n  1 EMAIL a@@example.org\r\n"
        "  1 DEAT\r\n  2 DATE 1999\r\n  1 REFN 7\r\n0 TRLR"
    )

    (person,) = read_tree(text.replace("\r\n", "\n")).people.values()

    assert person.name == "Ahmad Abd al-Rahman"
    assert (person.sex, person.numbers, person.has_died) == (Sex.MALE, ("7",), True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_files_in_unicode_are_read(encoding):
    text = file_of("0 @I1@ INDI\n1 NAME فاطمة")

    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and so on", "archive"),
        (b"0 HEAD\n1 CHAR ANSEL\n0 @I1@ INDI\n1 NAME J\xe8urgen\n0 TRLR", "written in ANSEL"),
        (b"0 HEAD\n0 @I1@ INDI\n1 NAME J\xfcrgen\n0 TRLR", "Line 3 holds letters"),
        (b"0 HEAD\n1 NOTE \0\0\n0 TRLR", "is no text"),
        (b"0 HEAD\n" * 300_000, "larger than 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_words(content, said):
    with pytest.raises(UnreadableGedcomError) as refused:
        text_of(content)
    assert said in refused.value.message % refused.value.values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "begins with the line"),
        ("<html>", "Line 1 is no line"),
        ("0 HEAD\n0 TRLR", "Only GEDCOM 5.5"),
        ("0 HEAD\n1 GEDC\n2 VERS 4.0\n0 TRLR", "Only GEDCOM 5.5"),
        (file_of("Name: Ahmad"), "Line 4 is no line"),
        (file_of("0 @a@ INDI\n2 SEX M"), "Line 5 begins with 2"),
        (file_of("0 @a@ INDI\n0 @a@ INDI"), "Line 5: “@a@” stands twice"),
        (HEAD.format("7.0") + "0 @a@ INDI\n1 NAME x", "cut off"),
        (file_of("0 @a@ INDI\n" + "\n".join(f"{n} X" for n in range(1, 40))), "begins with 21"),
        (file_of("1 X\n" * 100_001), "more than 100000 lines"),
        (file_of("\n".join(f"0 @{n}@ INDI" for n in range(20_001))), "more than 20000 people"),
    ],
)
def test_what_breaks_the_rules_is_refused_with_its_line(text, said):
    with pytest.raises(UnreadableGedcomError) as refused:
        read_tree(text)
    assert said in refused.value.message % refused.value.values


@given(text=st.text("01 @INDIFAMCHUSBX\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        tree = read_tree(file_of(text))
    except UnreadableGedcomError:
        return
    for key in tree.people:
        relations(tree, key)


@pytest.mark.parametrize("file", list(GedcomFile))
@given(tree=trees())
@settings(max_examples=30, deadline=None)
def test_names_and_sexes_are_read_as_they_were_written(file, tree):
    read = read_tree(text_of(written(file, tree, "Title")))

    told = [
        (" ".join(each.name.replace("/", " ").split()), each.sex) for each in tree.people.values()
    ]
    assert [(each.name, each.sex) for each in read.people.values()] == told


def test_version_seven_is_read_as_the_library_reads_it():
    text = "0 HEAD\n1 GEDC\n2 VERS 7.0\n0 @I1@ INDI\n1 NAME @@a@@b@\n2 NOTE x\n3 CONT y\n0 TRLR\n"

    (person,) = read_tree(text).people.values()

    assert person.name == gedcom7.loads(text)[1].children[0].text


@st.composite
def told(draw):
    """Draw a tree as families tell it: each of a kind, some through others, some not by birth."""
    rows = []
    for kin in draw(st.lists(st.sampled_from([each for each in Kin if each is not Kin.SELF]))):
        bond = draw(st.sampled_from([None, None, None, *Bond])) if kin is not Kin.OTHER else None
        bond = None if kin is Kin.SPOUSE or bond is Bond.BIRTH else bond
        if kin in ONLY_ONE and any(each[0] is kin and each[3] is bond for each in rows):
            continue
        ways = [n for n, each in enumerate(rows) if each[0] in THROUGH.get(kin, ())]
        through = draw(st.sampled_from([None, *ways])) if ways else None
        sex = SEX_OF_KIN.get(kin) or draw(st.sampled_from([Sex.MALE, Sex.FEMALE, None]))
        rows.append((kin, sex, through, bond, draw(st.sampled_from([None, *Living]))))
    return draw(st.sampled_from([Sex.MALE, Sex.FEMALE, None])), rows


@pytest.mark.parametrize("file", list(GedcomFile))
@given(told=told())
@settings(max_examples=150, deadline=None)
def test_what_was_written_here_reads_back_to_the_same_relations(file, told):
    own, rows = told
    person = MissingPerson(number="7K3M-9Q2T", name="Me", sex=own)
    relatives = [
        Relative(
            id=n + 1,
            missing_person=person,
            ordinal=n + 1,
            kin=kin,
            sex=sex,
            through_id=None if through is None else through + 1,
            bond=bond,
            living=living,
            note=f"Note {n}" if kin is Kin.OTHER else "",
        )
        for n, (kin, sex, through, bond, living) in enumerate(rows)
    ]
    try:
        content = content_of(person, relatives, with_names=False, with_notes=True)
    except KinshipError:  # a tree that contradicts itself stays here
        reject()
    loose = {key for key, each in content.people.items() if each.is_loose}
    if any(str(each.id) in loose and each.kin is not Kin.OTHER for each in relatives):
        reject()  # adopted by somebody of whom nobody told: it leaves without a family

    tree = read_tree(text_of(written(file, content, "Title")))
    missing = next(each for each in tree.people.values() if person.number in each.numbers)
    read = relations(tree, missing.key)

    def number(key):
        return key and tree.people[key].numbers[0]

    def life(person):
        return Living.MISSING if person.is_missing else Living.DIED if person.has_died else None

    spouses = [each.id for each in relatives if each.kin is Kin.SPOUSE]
    expected = {}
    for each in relatives:
        through = each.through_id
        if each.kin in {Kin.SON, Kin.DAUGHTER} and through is None and len(spouses) == 1:
            through = spouses[0]
        way = None if through is None else f"{person.number}/R{through}"
        known = each.living if each.living in {Living.DIED, Living.MISSING} else None
        expected[each.number] = (each.kin, each.sex, way, each.bond, known, each.note)
    assert {
        number(each.person.key): (
            each.kin,
            each.person.sex,
            number(each.through),
            each.bond,
            life(each.person),
            each.person.note,
        )
        for each in read.found
    } == expected
    assert read.unplaced == ()
