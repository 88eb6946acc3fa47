from threading import Thread

import pytest

from caseman.accounts.passwords import (
    Cost,
    Hasher,
    TooBusyError,
    WeakPasswordError,
    check_strength,
)

CHEAP = Cost(memory_kib=1024, passes=1)


@pytest.fixture(scope="module")
def hasher():
    return Hasher(CHEAP)


@pytest.mark.parametrize(
    "password",
    [
        "password1234567",
        "qwertyuiopasdfghjkl",
        "aaaaaaaaaaaaaaaaaaaa",
        "123456789012345678",
        "rana.haddad.rana",
        "RanaHaddad19871",
        "short but good",
        "x" * 1001,
    ],
)
def test_a_password_that_can_be_guessed_is_refused(password):
    with pytest.raises(WeakPasswordError):
        check_strength(password, ("rana.haddad", "Rana Haddad"))


@pytest.mark.parametrize(
    "password",
    [
        "copper lantern under the third bridge",
        "قارب أزرق تحت شجرة التين القديمة",
        "four quiet herons " * 8,
        "four quiet herons crossing the river at dawn " * 20,
    ],
)
def test_a_long_sentence_in_any_script_is_good(password):
    check_strength(password, ())


def test_what_two_keyboards_spell_alike_is_one_password(hasher):
    composed, decomposed = "Caf\u00e9 au bord du fleuve", "Cafe\u0301 au bord du fleuve"
    assert hasher.verify(hasher.hash(composed), decomposed)


def test_only_the_password_itself_opens(hasher):
    stored = hasher.hash("copper lantern under the bridge")
    assert hasher.verify(stored, "copper lantern under the bridge")
    assert not hasher.verify(stored, "copper lantern under the bridge ")
    assert not hasher.verify("no hash", "copper lantern under the bridge")


def test_an_account_without_a_password_costs_the_same_and_never_opens(hasher):
    before = hasher.checks
    assert not hasher.verify(None, "nobody's password")
    assert hasher.checks == before + 1


def test_a_hash_made_at_another_cost_is_outdated(hasher):
    assert Hasher(Cost(memory_kib=2048, passes=1)).is_outdated(hasher.hash("x" * 20))


def test_the_default_cost_is_that_of_the_guidance():
    assert Hasher().hash("x" * 20).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_no_more_than_two_are_hashed_at_once():
    hasher = Hasher(CHEAP, patience=0.05)
    with hasher._turn(), hasher._turn():
        refused = []

        def third():
            try:
                hasher.hash("x" * 20)
            except TooBusyError as error:
                refused.append(error)

        thread = Thread(target=third)
        thread.start()
        thread.join()
    assert len(refused) == 1
