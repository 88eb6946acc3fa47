import csv
import re
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from caseman.permissions import OPERATOR, Permission, Scope
from caseman.reports import services
from caseman.reports.models import PersonName
from caseman.reports.queries import search_names
from tests.factories.accounts import make_operation
from tests.factories.reports import draft, make_missing

PAIRS = [
    ("Mohammed", "Muhammad"),
    ("Mohamad", "محمد"),
    ("Mohamed", "مُحَمَّد"),
    ("ابراهيم", "إبراهيم"),
    ("فاطمه", "فاطمة"),
    ("عبدالله", "عبد الله"),
    ("Hadad", "Haddad"),
    ("aljubouri", "al-Jubouri"),
    ("Zeinab", "Zainab"),
    ("Khaled", "Khalid"),
    ("Dilşad", "دلشاد"),
]
"""Spellings of one name that no peer finds (peers.md, section 2)."""

VARIANTS = Path(__file__).parents[3] / "shared" / "matching" / "name_variants_public.csv"


def reader(*operations):
    ids = frozenset(operation.id for operation in operations)
    return Scope(
        permissions=frozenset({Permission.REPORT_READ, Permission.REPORT_LIST}), operation_ids=ids
    )


def names(found):
    return [hit.person.name for hit in found.hits]


@pytest.mark.parametrize(("typed", "stored"), [*PAIRS, *((b, a) for a, b in PAIRS)])
def test_every_spelling_finds_the_other(session, operation, typed, stored):
    make_missing(session, operation, f"{stored} Qasim")
    make_missing(session, operation, "Sulayman Dawud")

    assert names(search_names(session, reader(operation), typed)) == [f"{stored} Qasim"]


def test_who_bears_all_words_comes_first_whatever_the_order(session, operation):
    whole = make_missing(session, operation, "سامر خليل الحداد")
    make_missing(session, operation, "سامر عمر البوزان")
    make_missing(session, operation, "خليل حداد")
    make_missing(session, operation, "ليلى درويش")

    found = search_names(session, reader(operation), "Haddad Samer Khalil")

    assert found.hits[0].person is whole
    assert found.hits[0].score > 0.9 > found.hits[1].score
    assert len(found.hits) == 3


def test_a_rare_word_weighs_more_than_a_common_one(session, operation):
    services.register_reports(
        session, [draft(operation, f"Ahmad Kanan{chr(97 + n)}") for n in range(25)]
    )
    make_missing(session, operation, "Shekhmus Bozan")

    assert names(search_names(session, reader(operation), "Ahmad Shekhmus"))[0] == "Shekhmus Bozan"


def test_the_spelling_that_was_typed_comes_first(session, operation):
    for name in ("Muhammad Qasim", "محمد قاسم", "Mohammed Qasim"):
        make_missing(session, operation, name)

    assert names(search_names(session, reader(operation), "Mohammed"))[0] == "Mohammed Qasim"
    assert names(search_names(session, reader(operation), "محمد"))[0] == "محمد قاسم"


@pytest.mark.parametrize("typed", ["Samer Juma", "سامر جم", "Samer al-Jum"])
def test_a_name_is_found_while_it_is_being_typed(session, operation, typed):
    names_ = ("Samer al-Jumaili", "سامر الجميلي")
    for name in names_:
        make_missing(session, operation, name)

    assert names(search_names(session, reader(operation), typed))[0] in names_


def test_every_report_of_a_person_lends_its_names(session, operation):
    person = make_missing(session, operation, "Azad Bozan")
    make_missing(session, operation, "Abu Ali Tahir", person=person)

    assert names(search_names(session, reader(operation), "Tahir")) == ["Azad Bozan"]


def test_a_number_leads_to_its_person(session, operation):
    person = make_missing(session, operation)
    scope = reader(operation)

    for typed in (person.number, person.number[3:].lower(), person.reports[0].number):
        assert [hit.person for hit in search_names(session, scope, typed).hits] == [person]


def test_nobody_outside_the_scope_is_found(session, operation):
    person = make_missing(session, make_operation(session), "Layla Darwish")
    site_worker = Scope(
        permissions=frozenset({Permission.REMAINS_READ}),
        operation_ids=frozenset({person.operation_id}),
    )

    for scope in (reader(operation), site_worker):
        assert search_names(session, scope, "Layla").hits == ()
        assert search_names(session, scope, person.number).hits == ()


@pytest.mark.parametrize(
    "typed", ["", "   ", "؟؟؟", "%", "' OR 1=1 --", "\u202e\u200f", "🙂", "a" * 10_000, "1 2 3"]
)
def test_what_names_nobody_finds_nobody(session, operation, typed):
    make_missing(session, operation)

    assert search_names(session, reader(operation), typed).hits == ()


def test_common_words_do_not_hide_those_who_bear_them_all(session, operation, monkeypatch):
    monkeypatch.setattr("caseman.reports.queries.search.COMMON", 5)
    services.register_reports(
        session,
        [draft(operation, f"Ahmad {name} Ali") for name in ("Omar", "Hasan", "Musa")] * 8
        + [draft(operation, "Omar Musa Hasan"), draft(operation, "Hasan Ahmad Musa")],
    )

    assert (
        names(search_names(session, reader(operation), "Omar Musa Hasan"))[0] == "Omar Musa Hasan"
    )
    few = names(search_names(session, reader(operation), "Hasan Ahmad Omar"))
    assert "Hasan Ahmad Musa" in few


def test_a_part_of_what_was_found_is_loaded_alone(session, operation):
    for _ in range(5):
        make_missing(session, operation, "Layla Darwish")
    scope = reader(operation)

    whole = search_names(session, scope, "Layla")
    part = search_names(session, scope, "Layla", part=slice(2, 4))

    assert (whole.count, part.count) == (5, 5)
    assert part.hits == whole.hits[2:4]
    assert search_names(session, scope, "Layla", part=slice(10, 20)).hits == ()


READS_A_TABLE_WHOLE = {
    "sqlite": re.compile(r"^SCAN (?!CONSTANT ROW|\(subquery|anon_)(?!.*SUBQUERY)"),
    "postgresql": re.compile(r"^\s*(?:->\s+)?(?:Parallel )?Seq Scan on "),
}


def test_the_search_stays_inside_its_indexes(session, operation):
    make_missing(session, operation)
    session.flush()
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        # A small table is cheapest read whole; forbid that, and what has no index shows itself.
        session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    explain_words = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[dialect]
    plans = []

    def explain(connection, cursor, statement, parameters, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            with closing(cursor.connection.cursor()) as beside:
                beside.execute(f"{explain_words} {statement}", parameters)
                plans.extend(row[-1] for row in beside.fetchall())

    sa.event.listen(session.get_bind(), "after_cursor_execute", explain)
    search_names(session, reader(operation), "سامر الحداد")

    assert plans
    assert [plan for plan in plans if READS_A_TABLE_WHOLE[dialect].search(plan)] == []


@pytest.mark.skipif(not VARIANTS.exists(), reason="needs ../shared/matching")
def test_pairs_of_spellings_are_found_and_look_alikes_are_not(session, operation):
    with VARIANTS.open(encoding="utf-8") as lines:
        pairs = [
            row
            for row in csv.DictReader(lines)
            if len(row["name_a"].split()) == len(row["name_b"].split()) == 1
        ]
    stored = sorted({row["name_b"] for row in pairs})
    services.register_reports(session, [draft(operation, name) for name in stored])
    hits = {"0": [], "1": []}
    for row in pairs:
        first_page = names(search_names(session, OPERATOR, row["name_a"]))[:25]
        hits[row["label"]].append(row["name_b"] in first_page)

    assert sum(hits["1"]) / len(hits["1"]) >= 0.90
    assert sum(hits["0"]) / len(hits["0"]) <= 0.05


def test_the_index_follows_a_correction(session, operation):
    person = make_missing(session, operation, "Azad Bozan")
    answers = draft(operation, "Azad Bozo").answers
    services.correct_report(session, person.reports[0], answers, "misheard")

    assert search_names(session, reader(operation), "Bozan").hits == ()
    assert session.scalar(sa.select(sa.func.count(PersonName.id))) == 2
