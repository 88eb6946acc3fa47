import importlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.names import (
    MAX_SEARCH_KEYS,
    SAME_NAME,
    TokenTable,
    prepare,
    search_keys,
    similarity,
    tokens,
)

WORDS = st.text(st.sampled_from("abcdehiklmnorstuzxêşأمحدعليشخونةسر ء*"), max_size=25)


def is_found(first, second):
    """Tell whether a search for one spelling finds the other."""
    (one,), (two,) = tokens(first), tokens(second)
    return bool(search_keys(one) & search_keys(two)) and similarity(one, two) >= SAME_NAME


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mohammed", "Muhammad", "Mohamad", "Mohamed", "محمد", "مُحَمَّد", "محەمەد"),
        ("ابراهيم", "إبراهيم"),
        ("فاطمه", "فاطمة", "Fatima"),
        ("عبدالله", "عبد الله", "Abdullah"),
        ("Hadad", "Haddad", "حداد"),
        ("aljubouri", "al-Jubouri", "الجبوري"),
        ("Zeinab", "Zainab", "زينب"),
        ("Khaled", "Khalid", "خالد", "Xalid"),
    ],
)
def test_every_spelling_finds_every_other(spellings):
    missed = [(a, b) for a in spellings for b in spellings if not is_found(a, b)]
    assert missed == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Made-up or rare words: sound alone must carry them.
        ("Zorfan", "زورفان"),
        ("Dekhwash", "دخواش"),
        ("Tirbaz", "Tîrbaz"),
        ("Gharnuq", "غرنوق"),
        ("Shalbuk", "Chalbouk"),
        ("Quraytim", "قريطم"),
        ("Abd al-Mughni", "عبد المغني"),
        ("Sirajuddin", "سراج الدين"),
        ("al-Makhzumi", "المخزومي"),
    ],
)
def test_names_nobody_attested_are_found_by_sound(first, second):
    assert is_found(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("رشيد", "راشد"),
        ("Rashid", "راشد"),
        ("Nabil", "Nabila"),
        ("Tamer", "Tamim"),
        ("Abdulaziz", "Abdulhamid"),
        ("شريف", "شرف"),
        ("Jabr", "Jaber"),
        ("Zorfan", "Zorfin"),
        ("Munir", "Munira"),
        ("Nasr al-Din", "Badr al-Din"),
    ],
)
def test_names_that_differ_stay_apart(first, second):
    assert not is_found(first, second)


@given(WORDS, WORDS)
def test_similarity_is_symmetric_and_within_bounds(first, second):
    value = similarity(first, second)
    assert 0.0 <= value <= 1.0
    assert value == similarity(second, first)


@given(st.text())
def test_a_token_is_identical_with_itself(token):
    assert similarity(token, token) == 1.0


@given(st.text())
def test_keys_are_few_and_ascii(token):
    keys = search_keys(token)
    assert len(keys) <= MAX_SEARCH_KEYS
    assert all(key.isascii() and 0 < len(key) <= 24 for key in keys)
    assert bool(keys) == bool(prepare(token).token)


@pytest.mark.parametrize(
    "token", ["", "*", "ا", "x" * 10_000, "\u202e<script>", "ال", "abd", "abdul", "ع" * 500]
)
def test_odd_tokens_are_compared_like_others(token):
    assert 0.0 <= similarity(token, "محمد") <= 1.0


def test_a_table_agrees_with_single_comparisons():
    words = ["محمد", "mohamed", "samir", "سامر", "zorfan", "abdulkarim", ""]
    table = TokenTable(words)
    matrix = table.similarities(range(len(words)), range(len(words)))
    single = [[similarity(a, b) for b in words] for a in words]
    assert matrix.dtype == np.float32
    np.testing.assert_array_equal(matrix, np.array(single, dtype=np.float32))
    bands = np.vstack([band for _, band in table.blocks(height=3)])
    np.testing.assert_array_equal(matrix, bands)


def test_a_position_outside_the_table_is_refused():
    with pytest.raises(IndexError, match=r"0\.\.1"):
        TokenTable(["a", "b"]).similarities([0], [2])


def test_an_empty_table_compares_nothing():
    assert TokenTable([]).similarities([], []).shape == (0, 0)


FALLBACK = """
import sys
sys.modules["numba"] = None
from caseman.names import similarity
from caseman.compilation import IS_COMPILED
print(IS_COMPILED, *(round(similarity(*pair.split("/")), 6) for pair in sys.argv[1:]))
"""


def test_without_a_compiler_the_figures_are_the_same():
    pairs = ["mohamed/محمد", "samir/samer", "zorfan/زورفان", "xelef/khalil"]
    result = subprocess.run(
        [sys.executable, "-c", FALLBACK, *pairs], capture_output=True, text=True, check=True
    )
    compiled, *figures = result.stdout.split()
    assert compiled == "False"
    expected = [similarity(*pair.split("/")) for pair in pairs]
    assert [float(figure) for figure in figures] == pytest.approx(expected, abs=1e-5)


def test_the_engine_loads_neither_framework_nor_database():
    probe = "import sys, caseman.names; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"flask", "sqlalchemy", "wtforms"} & set(loaded)
    assert set(importlib.import_module("caseman.names").__all__) >= {"similarity", "compare"}
