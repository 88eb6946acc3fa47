import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.names import MAX_TOKENS, PersonName, parse, tokens


@pytest.mark.parametrize(
    ("written", "elements"),
    [
        ("عبد الله", ("عبدالله",)),
        ("العبد الله", ("العبدالله",)),
        ("Abd al-Kareem", ("abdalkareem",)),
        ("Abdul Rahman Ali", ("abdulrahman", "ali")),
        ("Nur ad-Din", ("nuraldin",)),
        ("نور الدين", ("نورالدين",)),
        ("Nour Eddine Issa", ("noureddine", "issa")),
        ("أبي بكر", ("ابوبكر",)),
        ("محمد بن صالح", ("محمد", "صالح")),
        ("السيد محمد علي", ("محمد", "علي")),
        ("Dr. Samir al-Jubouri", ("samir", "aljubouri")),
        ("Ahmad ash-Shami", ("ahmad", "alshami")),
        ("نصر الله", ("نصرالله",)),
        ("Sheikh", ("sheikh",)),
        ("...", ("*",)),
        ("", ()),
    ],
)
def test_compounds_are_joined_and_titles_dropped(written, elements):
    assert tokens(written) == elements


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("زياد", PersonName(given="زياد")),
        ("زياد خالد", PersonName(given="زياد", father="خالد")),
        ("زياد الحمصي", PersonName(given="زياد", family="الحمصي")),
        ("Ziad Khaled Homsi", PersonName(given="ziad", father="khaled", family="homsi")),
        (
            "زياد خالد سامي رشيد الحمصي",
            PersonName("زياد", "خالد", "سامي", "الحمصي", ancestors=("رشيد",)),
        ),
        ("أبو خالد زياد الحمصي", PersonName("زياد", family="الحمصي", kunya="ابوخالد")),
        ("زياد الحمصي (أبو خالد)", PersonName("زياد", family="الحمصي", kunya="ابوخالد")),
        ("أبو بكر الحمصي", PersonName("ابوبكر", family="الحمصي")),
        ('Ziad Homsi "Zizo"', PersonName("ziad", "homsi", laqab="zizo")),
        ("Hasan (Meho) Begić", PersonName("hasan", "meho", family="begich")),
        ("زياد خالد والدته سعاد", PersonName("زياد", "خالد", mother="سعاد")),
        ("", PersonName()),
    ],
)
def test_a_name_falls_into_its_slots(written, name):
    assert parse(written) == name


@given(st.text())
def test_any_text_can_be_parsed(text):
    assert len(parse(text).chain) <= len(tokens(text)) <= MAX_TOKENS


def test_a_huge_text_is_cut_not_refused():
    assert len(tokens("al " * 50_000)) <= MAX_TOKENS
    assert len(tokens("abd al-karim " * 5_000)) == MAX_TOKENS
