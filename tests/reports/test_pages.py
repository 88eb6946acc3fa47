from caseman.permissions import Role


def test_every_page_opens_empty(client_as, sessions):
    staff = client_as(Role.INTAKE)
    for path in (
        "/missing",
        "/missing?q=xyz",
        "/reports",
        "/reports/new",
        "/reports/blank?forms=2",
    ):
        assert staff.get(path).status_code == 200, path
