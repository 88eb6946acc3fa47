"""Numbers as they are typed, pasted and scanned."""

import pytest

from caseman.custody.forms.numbers import pasted

A, B = "RQA01-F02-B014", "RQA01-F02-B015"


@pytest.mark.parametrize(
    ("text", "seals"),
    [
        (A, {A: ""}),
        (f"{A}\r\n\r\n{B}\n", {A: "", B: ""}),
        (f"{A} {B}", {A: "", B: ""}),
        (f"{A}, {B}; RQA01-F02-B016", {A: "", B: "", "RQA01-F02-B016": ""}),
        (f"{A}\tS-0014\n{B};4711", {A: "S-0014", B: "4711"}),
        (" rqa01–f02–b٠١٤ s-1 ", {A: "S-1"}),
        (f"\u202e{A}\u202c", {A: ""}),
        (f"{A} B015", {A: "", "B015": ""}),
        (f"{A} RQA01-F02-BO15", {A: "", "RQA01-F02-BO15": ""}),
        ("<script>alert(1)</script>", {"<SCRIPT>ALERT(1)</SCRIPT>": ""}),
        ("", {}),
    ],
)
def test_each_number_is_read_with_its_seal(text, seals):
    assert pasted(text).seals == seals


def test_what_is_named_twice_is_told():
    read = pasted(f"{A} S-1\n{B}\n{A} S-2")
    assert read.seals == {A: "S-1", B: ""}
    assert read.repeated == (A,)
