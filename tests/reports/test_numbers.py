import pytest

from caseman.reports.numbers import (
    PERSON,
    REPORT,
    check_character,
    in_groups,
    new_code,
    new_secret,
    read_code,
    read_number,
    read_secret,
)


def test_a_new_code_is_read_back():
    codes = [new_code() for _ in range(200)]

    assert [read_code(code) for code in codes] == codes
    assert len(set(codes)) == 200


def test_every_single_wrong_character_is_noticed():
    code = "7K2M9Q" + "X" + check_character("7K2M9QX")

    for place in range(8):
        for other in set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") - {code[place]}:
            assert read_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("write", [str.lower, lambda c: f" {c[:4]}-{c[4:]} ", "–".join])
def test_a_code_is_read_however_it_is_written(write):
    code = new_code()

    assert read_code(write(code)) == code


def test_letters_that_look_like_digits_and_arabic_digits_are_read():
    body = "10AB10C"
    code = body + check_character(body)

    assert read_code("IOAB" + "١٠C" + code[-1]) == code


@pytest.mark.parametrize("typed", ["", "12345", "x" * 5000, "ماذا هذا", "🙂🙂🙂🙂🙂🙂🙂🙂"])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None
    assert read_number(typed, PERSON) is None


def test_a_number_is_found_with_and_without_its_prefix():
    code = new_code()

    assert read_number(f"am-{code}", REPORT) == f"AM-{code}"
    assert read_number(code.lower(), REPORT) == f"AM-{code}"
    assert read_number(f"MP-{code}", REPORT) is None


def test_a_secret_is_twenty_digits_in_any_script_and_grouping():
    secret = new_secret()
    groups = in_groups(secret)

    assert len(secret) == 20
    assert groups.count(" ") == 4
    arabic = groups.translate({ord("0") + i: ord("٠") + i for i in range(10)})
    persian = secret.translate({ord("0") + i: ord("۰") + i for i in range(10)})
    assert read_secret(arabic.replace(" ", "-")) == secret
    assert read_secret(f"\u200f{persian} ") == secret
