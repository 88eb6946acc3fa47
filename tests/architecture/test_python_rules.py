"""Habits that a linter leaves to the reader, or lets pass with a comment; here none do."""

import ast

import pytest

from tests.architecture import tree

PROGRAM = ("caseman", "migrations", "benchmarks", "config.py", "setup.py")
CLOCKS_WITHOUT_ZONE = {"utcnow", "utcfromtimestamp", "today"}
CLOCKS_THAT_TAKE_A_ZONE = {"now": 1, "fromtimestamp": 2}
"""Method name: how many positional arguments include the zone."""


def modules(*folders):
    return [(path, tree.syntax(path)) for path in tree.under(*folders, suffix=".py")]


def calls(module):
    return [node for node in ast.walk(module) if isinstance(node, ast.Call)]


def is_naive(call):
    match call.func:
        case ast.Attribute(value=ast.Name(id="datetime" | "date" as kind), attr=method):
            pass
        case ast.Attribute(value=ast.Attribute(attr="datetime" | "date" as kind), attr=method):
            pass
        case _:
            return False
    if method in CLOCKS_WITHOUT_ZONE or (kind, method) == ("date", "fromtimestamp"):
        return True
    wanted = CLOCKS_THAT_TAKE_A_ZONE.get(method)
    keywords = {keyword.arg for keyword in call.keywords}
    return wanted is not None and len(call.args) < wanted and "tz" not in keywords


def catches_everything(handler):
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})
        for kind in caught
    )


def test_every_clock_reading_names_its_zone():
    naive = [
        tree.at(path, call.lineno)
        for path, module in modules(*PROGRAM)
        for call in calls(module)
        if is_naive(call)
    ]
    assert naive == []


def test_an_except_names_what_it_expects():
    broad = [
        tree.at(path, node.lineno)
        for path, module in modules(*PROGRAM)
        for node in ast.walk(module)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]
    assert broad == []


def test_only_commands_and_benchmarks_print():
    printing = [
        tree.at(path, call.lineno)
        for path, module in modules("caseman", "migrations", "config.py")
        if not path.is_relative_to(tree.ROOT / "caseman" / "cli")
        for call in calls(module)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert printing == []


def test_a_transaction_ends_at_the_edge_of_the_request_only():
    slices = {"views", "services", "queries", "models", "forms"}
    committing = [
        tree.at(path, call.lineno)
        for path, module in modules("caseman")
        if slices & {path.stem, path.parent.name}
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]
    assert committing == []


@pytest.mark.parametrize(
    ("reading", "naive"),
    [
        ("datetime.now()", True),
        ("dt.datetime.now()", True),
        ("datetime.utcnow()", True),
        ("datetime.fromtimestamp(0)", True),
        ("date.today()", True),
        ("datetime.now(UTC)", False),
        ("datetime.now(tz=UTC)", False),
        ("datetime.fromtimestamp(0, UTC)", False),
        ("datetime.now(UTC).date()", False),
        ("clock.now()", False),
    ],
)
def test_a_naive_reading_is_told_from_a_zoned_one(reading, naive):
    assert any(is_naive(call) for call in calls(ast.parse(reading))) is naive


@pytest.mark.parametrize(
    ("clause", "broad"),
    [
        ("except:", True),
        ("except Exception:", True),
        ("except (OSError, BaseException):", True),
        ("except OSError:", False),
        ("except (KeyError, ValueError):", False),
    ],
)
def test_a_broad_except_is_told_from_a_named_one(clause, broad):
    (attempt,) = ast.parse(f"try: ...\n{clause} ...").body
    assert catches_everything(attempt.handlers[0]) is broad
