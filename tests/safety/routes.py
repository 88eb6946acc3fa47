"""Every rule of the application, as requests that a test can send."""

from dataclasses import dataclass

from caseman.permissions import GRANTS, Permission, Role
from caseman.web.guards import permission_beside, permissions_of
from caseman.web.unit_of_work import SAFE_METHODS

SAMPLES = {"RowIdConverter": 987654, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}
"""A value of each kind of placeholder that stands for nothing."""


@dataclass(frozen=True)
class Route:
    """One method of one rule."""

    endpoint: str
    rule: str
    method: str
    path: str
    permissions: tuple
    beside: Permission | None

    @property
    def is_safe(self):
        return self.method in SAFE_METHODS

    @property
    def is_public(self):
        return Permission.PUBLIC in self.permissions

    def opens_to(self, role):
        held = {Permission.PUBLIC, Permission.SIGNED_IN} | GRANTS[role]
        return bool(held & set(self.permissions)) and self.beside in held | {None}

    def __str__(self):
        return f"{self.method} {self.rule}"


def all_routes(app):
    adapter = app.url_map.bind("localhost")
    routes = []
    for rule in app.url_map.iter_rules():
        values = {
            name: SAMPLES.get(type(converter).__name__, "nothing")
            for name, converter in rule._converters.items()
        }
        path = adapter.build(rule.endpoint, values, method=None, append_unknown=False)
        permissions = permissions_of(app, rule.endpoint)
        beside = permission_beside(app, rule.endpoint)
        routes += [
            Route(rule.endpoint, rule.rule, method, path, permissions, beside)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        ]
    return routes


ROLES = tuple(Role)
