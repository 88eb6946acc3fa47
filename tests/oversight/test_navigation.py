"""The menu shows what opens, and only that."""

import pytest

from caseman.permissions import Role


@pytest.mark.parametrize(
    ("role", "there", "absent"),
    [
        (Role.AUDITOR, "/access", "/exports"),
        (Role.STEWARD, "/exports", "/audit"),
        (Role.ADMINISTRATOR, "/users", "/missing"),
        (Role.INTAKE, "/missing", "/users"),
    ],
)
def test_the_menu_follows_the_role(role, there, absent, client_as):
    page = client_as(role).get("/").text

    assert f'href="{there}"' in page
    assert f'href="{absent}"' not in page


def test_the_page_one_is_on_is_marked(client_as):
    page = client_as(Role.AUDITOR).get("/access").text

    assert 'href="/access" aria-current="page"' in page


def test_a_visitor_gets_no_menu(client):
    assert 'class="rail"' not in client.get("/").text
