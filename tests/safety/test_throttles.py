"""T07 and T08: few real hash checks an account, and no way to tell which accounts exist."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.accounts.throttles import PER_ACCOUNT, PER_ACCOUNT_AND_ADDRESS
from caseman.database import now
from caseman.web.models import Attempt
from tests.accounts.browser import (
    code_now,
    enter_password,
    is_signed_in,
    post,
    sign_in_fully,
    token_of,
)

WRONG = "this is not the password at all"


def knock(app, name, *, times, address="192.0.2.1", password=WRONG):
    """Try from one address; return the statuses."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    token = token_of(client.get("/sign-in"))
    data = {"csrf_token": token, "username": name, "password": password}
    return [client.post("/sign-in", data=data) for _ in range(times)]


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_one_address_gets_few_checks_of_an_account(app, user, hasher):
    answers = knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS + 3)
    assert statuses(answers) == [422] * PER_ACCOUNT_AND_ADDRESS + [429] * 3
    assert hasher.checks == PER_ACCOUNT_AND_ADDRESS


def test_all_addresses_together_get_ten_checks_of_an_account(app, user, hasher):
    for number in range(4):
        knock(app, "rana", times=4, address=f"192.0.2.{number + 1}")
    assert hasher.checks == PER_ACCOUNT


@pytest.mark.parametrize("variant", ["RANA", "rana ", "ｒａｎａ", "r\u00adana"])
def test_a_name_in_another_spelling_is_the_same_account(app, user, hasher, variant):
    knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS)
    assert statuses(knock(app, variant, times=1)) == [429]


def test_a_forged_forwarded_address_changes_nothing(app, user, hasher):
    knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS)
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"
    assert enter_password(client, "rana").status_code == 429


def test_the_owner_gets_in_from_elsewhere_meanwhile(app, user):
    knock(app, "rana", times=50)
    owner = app.test_client()
    owner.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert enter_password(owner, "rana").status_code == 302


def test_the_owner_who_signs_in_begins_anew(app, client, user):
    knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS - 1, address="127.0.0.1")
    sign_in_fully(client, "rana")
    answers = knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS + 1, address="127.0.0.1")
    assert statuses(answers) == [422] * PER_ACCOUNT_AND_ADDRESS + [429]


def test_the_same_address_gets_in_after_a_quarter_of_an_hour(app, user, sessions):
    knock(app, "rana", times=20)
    with sessions.transaction() as database:
        database.execute(sa.update(Attempt).values(at=now() - timedelta(minutes=16)))
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    assert enter_password(client, "rana").status_code == 302


def test_a_restart_forgets_no_try(app, config, user):
    import caseman.app  # noqa: PLC0415 - a second process, as it were
    from tests.pages import CheckedClient  # noqa: PLC0415

    knock(app, "rana", times=PER_ACCOUNT_AND_ADDRESS)
    again = caseman.app.create_app(config)
    again.test_client_class = CheckedClient
    assert statuses(knock(again, "rana", times=1)) == [429]
    again.extensions["caseman"].sessions.engine.dispose()


def test_codes_of_the_second_factor_are_throttled(app, client, user):
    secret = sign_in_fully(client, "rana")
    guesser = app.test_client()
    guesser.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    enter_password(guesser, "rana")
    answers = [post(guesser, "/second-factor", {"code": f"00000{n}"}) for n in range(6)]
    assert statuses(answers)[-1] == 429
    token = token_of(guesser.get("/second-factor"))
    right = {"csrf_token": token, "code": code_now(secret, steps=1)}
    assert guesser.post("/second-factor", data=right).status_code == 429
    assert not is_signed_in(guesser)


def test_invitations_are_throttled(client, user):
    data = {
        "username": "rana",
        "one_time_secret": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
        "new_password": WRONG,
        "repeated_password": WRONG,
    }
    token = token_of(client.get("/invitation"))
    answers = [client.post("/invitation", data={"csrf_token": token, **data}) for _ in range(6)]
    assert statuses(answers) == [422] * 5 + [429]


def without_what_is_random(answer):
    html = answer.get_data(as_text=True)
    lines = [line for line in html.splitlines() if "csrf_token" not in line]
    return "\n".join(line for line in lines if "idempotency_key" not in line)


def test_known_and_unknown_names_get_the_same_answers_and_the_same_work(app, user, hasher):
    work, answers = {}, {}
    for name, address in (("rana", "192.0.2.1"), ("nobody", "192.0.2.2")):
        before = hasher.checks
        tried = knock(app, name, times=PER_ACCOUNT_AND_ADDRESS + 1, address=address)
        answers[name] = [
            (each.status_code, without_what_is_random(each).replace(name, "NAME")) for each in tried
        ]
        work[name] = hasher.checks - before
    assert answers["rana"] == answers["nobody"]
    assert work["rana"] == work["nobody"] == PER_ACCOUNT_AND_ADDRESS


def test_an_invitation_tells_nothing_about_names(app, user):
    pages = []
    for name in ("rana", "nobody"):
        data = {
            "username": name,
            "one_time_secret": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
            "new_password": WRONG,
            "repeated_password": WRONG,
        }
        answer = post(app.test_client(), "/invitation", data)
        pages.append(without_what_is_random(answer).replace(name, "NAME"))
    assert pages[0] == pages[1]
