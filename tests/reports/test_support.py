"""Staff write whom families may call; every page of families shows it."""

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_operation, make_team
from tests.hostile.pages import forms_in, parsed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        return make_team(session)


def shown(client):
    forms = forms_in(parsed(client.get("/reports/support").text), "/reports/support")
    form = next(each for each in forms if "text" in each.names)
    return {name: values[0] for name, values in form.sent_as_shown().items() if values}


def test_the_steward_writes_whom_families_may_call(client, client_as, team):
    client.set_cookie("lang", "en")
    assert "Ask this office by telephone" in client.get("/family/how").text
    steward = client_as(Role.STEWARD, team=team)
    first = shown(steward)
    for words in ("Call 0100, ask for Nesrin", "Call 0200 at any hour"):
        form = shown(steward) | {"text": words}
        assert steward.send("/reports/support", form).status_code == 302
        for page in ("/family", "/family/how", "/family/report", "/family/place"):
            assert words in client.get(page).text

    late = steward.send("/reports/support", first | {"text": "Too late"})
    assert late.status_code == 409
    assert "Too late" not in client.get("/family").text
    assert steward.send("/reports/support", shown(steward) | {"text": " "}).status_code == 422


def test_only_those_who_speak_with_families_write_it(client_as, team, sessions):
    assert client_as(Role.INTAKE, team=team).get("/reports/support").status_code == 403
    with sessions.transaction() as session:
        other = make_operation(session)
    page = f"/reports/support?operation={other.code}"
    assert client_as(Role.STEWARD, team=team).get(page).status_code == 404
