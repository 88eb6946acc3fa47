"""The list of exhibits and the page of one, as people with different rights meet them."""

import re
from contextlib import closing

import pytest

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.custody.codes import ExhibitKind, Standing, StorageKind, Unmoved
from caseman.custody.models import Exhibit
from caseman.custody.queries import ExhibitFilter, filtered
from caseman.database import now
from caseman.permissions import OPERATOR, Role
from tests.factories.custody import MORNING, give, make_exhibit, make_place, take
from tests.factories.effects import make_effect, make_loose_effect
from tests.factories.remains import LIFTED, make_remains

READS_A_TABLE_WHOLE = {
    "sqlite": re.compile(r"^SCAN (?!.*\bUSING\b)"),
    "postgresql": re.compile(r"Seq Scan on exhibit"),
}


@pytest.fixture
def bags(work, session):
    """Exhibits in every standing, three of our site and one of theirs."""
    room = make_place(session, work.operation, code="ROOM", name="Cold room")
    shelf = make_place(session, work.operation, room, code="SHELF", name="Top shelf")
    found = make_exhibit(session, work.ours)
    effect = make_exhibit(session, work.ours, f"{work.ours.code}-F01-A001", kind=ExhibitKind.EFFECT)
    lost = make_exhibit(session, work.ours)
    foreign = make_exhibit(session, work.theirs)
    take(
        session,
        give(session, [effect, lost, foreign], to_place_id=shelf.id, seals={effect.number: "S-9"}),
        missing=[lost],
    )
    session.commit()
    return {"found": found, "effect": effect, "lost": lost, "foreign": foreign, "room": room}


def shown(page):
    return set(re.findall(r'class="row-link"\s+href="/custody/exhibits/([^"]+)"', page.text))


def test_each_reader_sees_the_exhibits_of_the_own_sites(bags, recorder, examiner):
    ours = {bags[name].number for name in ("found", "effect", "lost")}
    assert shown(recorder.get("/custody/exhibits")) == ours
    assert shown(examiner.get("/custody/exhibits")) == ours | {bags["foreign"].number}


def test_what_lies_outside_is_answered_as_if_it_did_not_exist(bags, recorder):
    number = bags["foreign"].number
    for path in ("", "/path"):
        missing = recorder.get(f"/custody/exhibits/{number}{path}")
        nothing = recorder.get(f"/custody/exhibits/XXX99-F01-B001{path}")
        assert missing.status_code == nothing.status_code == 404
    assert shown(recorder.get("/custody/exhibits", query_string={"q": number})) == set()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"kind": "effect"}, {"effect"}),
        ({"standing": "never"}, {"found"}),
        ({"standing": "missing"}, {"lost"}),
        ({"standing": "kept"}, {"effect", "foreign"}),
        ({"standing": "kept", "kind": "remains"}, {"foreign"}),
    ],
)
def test_the_list_narrows(bags, examiner, query, names):
    page = examiner.get("/custody/exhibits", query_string=query)
    assert shown(page) == {bags[name].number for name in names}


def test_a_place_holds_what_lies_in_the_places_within_it(bags, work, examiner):
    page = examiner.get(f"/custody/exhibits?place={bags['room'].id}")
    assert shown(page) == {bags["effect"].number, bags["foreign"].number}
    page = examiner.get(f"/custody/exhibits?site={work.ours.code.lower()}&place={bags['room'].id}")
    assert shown(page) == {bags["effect"].number}
    strange = examiner.get("/custody/exhibits?place=987654")
    assert strange.status_code == 422
    assert examiner.get("/custody/exhibits?place=upstairs").status_code == 422


def test_a_number_leads_to_its_exhibit_and_its_beginning_to_all_of_them(bags, work, recorder):
    number = bags["found"].number
    assert recorder.get(f"/custody/exhibits?q={number.lower()}").location.endswith(number)
    page = recorder.get("/custody/exhibits", query_string={"q": f" {work.ours.code}-f٠١-a "})
    assert shown(page) == {bags["effect"].number}
    assert "No exhibit fits" in recorder.get("/custody/exhibits?q=%25").text
    assert shown(recorder.get("/custody/exhibits?sort=-number"))


def test_an_empty_list_says_how_an_exhibit_comes_into_it(work, recorder):
    assert "An exhibit comes with the number of a find" in recorder.get("/custody/exhibits").text


def test_pages_follow_one_another(work, session, recorder):
    numbers = {make_exhibit(session, work.ours).number for _ in range(60)}
    session.commit()
    first = recorder.get("/custody/exhibits")
    after = re.search(r'href="([^"]+)"\s+rel="next"', first.text)[1].replace("&amp;", "&")
    second = recorder.get(after)
    assert shown(first) | shown(second) == numbers
    assert len(shown(first)) == 50


QUESTIONS = {
    "all": ExhibitFilter(),
    "beginning": ExhibitFilter(text="TST001-F0"),
    "site": ExhibitFilter(site="TST001"),
    "kind": ExhibitFilter(kind=ExhibitKind.DOCUMENT),
    "never": ExhibitFilter(standing=Unmoved.NEVER),
    "missing": ExhibitFilter(standing=Standing.MISSING),
    "place": ExhibitFilter(place_ids=frozenset({1})),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_to_the_list_reads_the_table_whole(session, question):
    connection = session.connection()
    dialect = connection.dialect.name
    if dialect == "postgresql":  # on an empty table it would be right to read it whole
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    statement = filtered(OPERATOR, QUESTIONS[question]).order_by(Exhibit.number, Exhibit.id)
    compiled = statement.limit(50).compile(connection, compile_kwargs={"render_postcompile": True})
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[dialect]
    with closing(connection.connection.cursor()) as cursor:
        parameters = (
            compiled.params
            if dialect == "postgresql"
            else tuple(compiled.params[name] for name in compiled.positiontup)
        )
        cursor.execute(f"{explain} {compiled}", parameters)
        plan = [row[-1] for row in cursor.fetchall()]
    assert plan
    assert [line for line in plan if READS_A_TABLE_WHOLE[dialect].search(line)] == []
    if dialect == "sqlite" and question != "place":
        assert [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line] == []


@pytest.fixture
def found(work, session):
    """Remains with a watch in their bag, and a loose ring in a bag of its own."""
    session.refresh(work.ours, ["features"])
    grave = work.ours.features[-1]
    remains = make_remains(session, grave, work.team, recovery=LIFTED)
    make_effect(session, remains)
    ring = make_loose_effect(session, grave, work.team, kind="ring")
    session.commit()
    return remains, ring


def test_an_exhibit_tells_what_lies_in_it_and_leads_there(found, recorder):
    remains, ring = found
    page = recorder.get(f"/custody/exhibits/{remains.number}").text
    assert f'href="/remains/{remains.number}"' in page
    assert f'href="/effects/{remains.number}/1"' in page
    assert "5 November 2018" in page
    assert "Rana Haddad" in page
    page = recorder.get(f"/custody/exhibits/{ring.number}").text
    assert f'href="/effects/{ring.number}"' in page
    assert remains.number not in page


def test_the_laboratory_reads_codes_and_not_what_lies_in_the_bag(found, work, client_as):
    remains, _ring = found
    page = client_as(Role.DNA_ANALYST, team=work.team).get(f"/custody/exhibits/{remains.number}")
    assert page.status_code == 200
    assert "/remains/" not in page.text
    assert "watch" not in page.text.lower()
    assert "5 November 2018" not in page.text


def test_remains_and_effects_lead_to_their_exhibit(found, recorder):
    remains, ring = found
    for path in (f"/remains/{remains.number}", f"/effects/{remains.number}/1"):
        assert f'href="/custody/exhibits/{remains.number}"' in recorder.get(path).text
    assert f'href="/custody/exhibits/{ring.number}"' in recorder.get(f"/effects/{ring.number}").text


def test_the_path_shows_both_ends_and_every_gap(bags, work, session, recorder):
    lab = make_place(session, work.operation, code="LAB", kind=StorageKind.LABORATORY)
    give(
        session,
        [session.merge(bags["effect"])],
        given_by="<b>A stranger</b>",
        from_place_id=lab.id,
        handed_over_at=MORNING.replace(year=2018),
    )
    session.commit()
    page = recorder.get(f"/custody/exhibits/{bags['effect'].number}").text
    assert "Rana Haddad" in page
    assert "S-9" in page
    assert "Nobody recorded how it came from" in page
    assert "&lt;b&gt;A stranger&lt;/b&gt;" in page
    assert "It tells an earlier time" in page
    assert "The other end has not counted yet" in page
    lost = recorder.get(f"/custody/exhibits/{bags['lost'].number}").text
    assert "It did not arrive." in lost
    assert "Missing after a hand-over" in lost


def test_an_exhibit_that_never_moved_says_so(bags, recorder):
    page = recorder.get(f"/custody/exhibits/{bags['found'].number}").text
    assert "Not yet handed over" in page
    assert "Where it was found" in page


def test_a_voided_number_stays_visible_and_counts_as_nothing(bags, session, recorder):
    session.merge(bags["found"]).voided_at = now()
    session.commit()
    assert "This number is voided" in recorder.get(f"/custody/exhibits/{bags['found'].number}").text
    assert shown(recorder.get("/custody/exhibits?standing=never")) == set()


def test_opening_and_printing_are_on_record(bags, reviewer, stored):
    number = bags["effect"].number
    reviewer.get(f"/custody/exhibits/{number}")
    assert [(each.action, each.subject) for each in stored(AuditEntry)[-1:]] == [
        (Action.READ, number)
    ]
    paper = reviewer.get(f"/custody/exhibits/{number}/path")
    assert "<svg" in paper.text
    assert "S-9" in paper.text
    made = [(each.action, each.subject) for each in stored(AuditEntry)[-2:]]
    assert made == [(Action.READ, number), (Action.PRINT, number)]
