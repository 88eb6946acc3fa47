"""T01, T03, T04, T10: every route, whoever wrote it, keeps the rules that hold for all.

The routes are read from the application's own map, so that a new one is covered from its first
day. Records that a path names do not exist: for whoever may enter, 404 is the right answer.
"""

import pytest

from caseman.accounts.models import User
from caseman.database import now
from caseman.permissions import Permission, Role
from tests.accounts.fixtures import sign_in
from tests.safety.routes import ROLES, all_routes

OPEN = {200, 302, 303, 400, 404, 409, 415, 422}
"""What may be answered to somebody who may enter: never 401, 403 or a failure."""
UNKNOWN_FIELD = "session_epoch"


@pytest.fixture
def routes(app):
    return all_routes(app)


@pytest.fixture
def staff(client_as):
    """One signed-in client a role."""
    return {role: client_as(role) for role in ROLES}


def ask(client, route, **data):
    if route.is_safe:
        return client.open(route.path, method=route.method)
    return client.open(route.path, method=route.method, data={"csrf_token": client.csrf, **data})


def test_every_route_names_a_permission_that_exists(routes):
    nameless = [str(route) for route in routes if not route.permissions]
    assert nameless == []
    assert {each for route in routes for each in route.permissions} <= set(Permission)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_role_gets_what_it_was_granted_and_nothing_else(app, routes, sessions, client_as):
    wrong = []
    for role in ROLES:
        client = client_as(role)
        for route in routes:
            if route.endpoint == "security.logout":
                continue
            answer = ask(client, route)
            expected = OPEN if route.opens_to(role) else {403}
            if answer.status_code not in expected:
                wrong.append(f"{role}: {route} answered {answer.status_code}")
            if route.endpoint.startswith(("account.", "security.")):
                sign_in(app, client, client.user)
    assert wrong == []


def test_somebody_without_a_role_reaches_only_the_own_account(app, routes, client_as):
    client = client_as()
    wrong = [
        f"{route} answered {answer.status_code}"
        for route in routes
        if not route.is_public and Permission.SIGNED_IN not in route.permissions
        if (answer := ask(client, route)).status_code != 403
    ]
    assert wrong == []


def test_a_visitor_is_led_to_sign_in_and_gets_nothing(app, routes):
    wrong = []
    for route in routes:
        if route.is_public:
            continue
        answer = app.test_client().open(route.path, method=route.method)
        led = answer.status_code == 302 and answer.location.startswith("/sign-in")
        if not (led if route.is_safe else answer.status_code in {400, 401}):
            wrong.append(f"{route} answered {answer.status_code} {answer.location}")
    assert wrong == []


def test_nothing_unsafe_is_done_without_a_token(app, routes, client_as):
    wrong = []
    for route in routes:
        if route.is_safe:
            continue
        client = client_as(*(role for role in ROLES if route.opens_to(role)))
        for data in ({}, {"csrf_token": "invented"}):
            answer = client.open(route.path, method=route.method, data=data)
            if answer.status_code != 400:
                wrong.append(f"{route} answered {answer.status_code} to {data}")
    assert wrong == []


def test_a_token_of_somebody_else_is_no_token(routes, client_as):
    thief, victim = client_as(*ROLES[:1]), client_as(*ROLES[:1])
    wrong = [
        str(route)
        for route in routes
        if not route.is_safe
        if victim.post(route.path, data={"csrf_token": thief.csrf}).status_code != 400
    ]
    assert wrong == []


def test_a_form_of_another_site_is_refused(routes, client_as):
    client = client_as(*ROLES[:1])
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    wrong = [
        str(route)
        for route in routes
        if not route.is_safe
        if client.send(route.path, headers=headers).status_code != 403
    ]
    assert wrong == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_field_that_no_form_has_changes_no_account(routes, sessions, client_as, reread):
    clients = [client_as(role) for role in ROLES]
    posted = {
        "active": "",
        "username": "owned",
        "role": "administrator",
        "covers_operation": "y",
        "is_admin": "1",
        UNKNOWN_FIELD: "99",
    }
    before = [_account(reread(client.user)) for client in clients]
    for client in clients:
        for route in routes:
            if not route.is_safe and route.endpoint != "security.logout":
                ask(client, route, **posted)
    assert [_account(reread(client.user)) for client in clients] == before


def _account(user):
    return user.username, user.active, user.session_epoch, user.live_roles, user.person_id


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/static/nothing.css", 404),
        ("DELETE", "/sign-in", 405),
        ("POST", "/sign-in", 400),
        ("GET", "/%00", 404),
        ("GET", "/sign-in", 200),
        ("GET", "/account", 302),
    ],
)
def test_errors_carry_every_header_too(client, method, path, status):
    # The client itself checks the headers of whatever it gets.
    assert client.open(path, method=method).status_code == status


def test_a_request_that_is_too_large_carries_every_header(app, client):
    app.config["MAX_CONTENT_LENGTH"] = 100
    assert client.post("/sign-in", data={"username": "x" * 1000}).status_code in {400, 413}


def test_pages_are_kept_by_no_cache(routes, client_as):
    client = client_as(*ROLES[:1])
    kept = [
        str(route)
        for route in routes
        if route.is_safe and route.endpoint != "static"
        if "no-store" not in ask(client, route).headers["Cache-Control"]
    ]
    assert kept == []


def test_a_role_taken_away_is_gone_with_the_next_request(sessions, client_as):
    client = client_as(Role.ADMINISTRATOR)
    assert client.get("/users").status_code == 200
    with sessions.transaction() as database:
        database.get(User, client.user.id).grants[0].revoked_at = now()
    assert client.get("/users").status_code == 403
