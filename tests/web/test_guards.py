import pytest

from caseman.web.guards import UnguardedViewError, permissions_of

SIGNED_IN = {"X-Signed-In": "1"}


def test_a_visitor_is_led_to_sign_in_and_back(client):
    answer = client.get("/notes/reviewers?page=2")

    assert answer.status_code == 302
    assert answer.location == "/notes/own?next=/notes/reviewers?page%3D2"


def test_a_visitors_form_is_refused_without_a_redirect_that_would_lose_it(client, token):
    answer = client.post("/notes/reviewers", data={"csrf_token": token(), "reason": "long text"})

    assert answer.status_code == 401
    assert "long text" in answer.text


def test_any_of_the_named_permissions_opens_the_view(client):
    assert client.get("/notes/reviewers", headers=SIGNED_IN).text == "reviewers"


def test_a_missing_permission_closes_the_view(client, token):
    data = {"csrf_token": token()}

    assert client.post("/notes/reviewers", headers=SIGNED_IN, data=data).status_code == 403


def test_own_pages_need_a_sign_in_only(client):
    assert client.get("/notes/own", headers=SIGNED_IN).text == "own page"


def test_a_view_that_names_no_permission_is_closed_to_everybody(client):
    with pytest.raises(UnguardedViewError):
        client.get("/notes/unguarded", headers=SIGNED_IN)


def test_every_route_of_the_kit_names_a_permission(app):
    bare = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not permissions_of(app, rule.endpoint) and rule.endpoint != "notes.unguarded"
    ]
    assert bare == []
