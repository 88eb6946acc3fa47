"""A family says when, how old and how tall in its own words; staff find out what it means."""

import pytest
import sqlalchemy as sa

from caseman.permissions import Role
from caseman.reports.models import AnteMortemReport
from tests.factories.accounts import make_team
from tests.hostile.pages import forms_in, parsed
from tests.reports.families import send

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NO_FIGURES = dict.fromkeys(
    ("birth-year", "last_seen-day", "last_seen-month", "last_seen-year", "stature_cm_absence"), ""
)


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        return make_team(session)


@pytest.fixture
def family(client, team):
    client.set_cookie("lang", "en")
    return client


@pytest.fixture
def told(family, sessions):
    """Tell with these answers, and return the report as it is stored."""

    def told(**answers):
        assert send(family, **{**NO_FIGURES, **answers}).status_code == 302
        with sessions.read() as session:
            report = session.scalars(sa.select(AnteMortemReport)).one()
            assert report.missing_person.number
            return report

    return told


def as_shown(client, path):
    """What the form holds before anybody types."""
    forms = forms_in(parsed(client.get(path).text), path)
    form = next(each for each in forms if "reason" in each.names)
    return {name: values[0] for name, values in form.sent_as_shown().items() if values}


def test_words_are_understood_and_kept(told, family):
    report = told(
        last_seen_text="قبل رمضان ١٤٣٧",
        age_text="about 30",
        stature_cm="1.75",
        birth_text="spring 1990",
    )

    assert report.last_seen_text == "قبل رمضان ١٤٣٧"
    assert (report.last_seen_from, str(report.last_seen_to)) == (None, "2016-06-05")
    assert (str(report.birth_from), report.birth_text) == ("1990-03-01", "spring 1990")
    assert (report.age_text, report.age_told_min, report.age_told_max) == ("about 30", 27, 33)
    assert (report.stature_text, report.stature_cm) == ("1.75", 175)
    own = family.get("/family/own").text
    for words in ("قبل رمضان ١٤٣٧", "until 5 June 2016", "about 30", "175 cm"):
        assert words in own


def test_a_year_instead_of_an_age_says_when_somebody_was_born(told):
    report = told(age_text="born 1990")
    assert (str(report.birth_from), str(report.birth_to)) == ("1990-01-01", "1990-12-31")


def test_what_cannot_be_read_stops_no_family_and_is_shown_to_staff(told, client_as, team):
    report = told(
        **{"last_seen-month": "13", "last_seen-year": "٢٠١٦", "birth-day": "Friday"},
        last_seen_text="when the school was hit",
        age_text="a young man",
        stature_cm="as tall as his brother",
    )

    assert report.last_seen_text == "13.٢٠١٦ · when the school was hit"
    assert (report.birth_text, report.last_seen_from) == ("Friday", None)
    page = client_as(Role.INTAKE, team=team).get(f"/missing/{report.missing_person.number}").text
    assert "as tall as his brother" in page
    assert page.count("To be clarified") == 4


def test_staff_find_out_between_which_days_an_event_lies(told, client_as, team, sessions):
    report = told(last_seen_text="during the siege")
    intake = client_as(Role.INTAKE, team=team)
    path = f"/reports/{report.number}/correct"
    shown = as_shown(intake, path)
    found = {
        "last_seen-year": "2016",
        "last_seen-month": "3",
        "last_seen_until-year": "2016",
        "last_seen_until-month": "5",
        "reason": "The siege, by the chronicle.",
    }
    assert intake.send(path, shown | found).status_code == 302

    def stored():
        with sessions.read() as session:
            row = session.scalars(sa.select(AnteMortemReport)).one()
            return row.last_seen_text, str(row.last_seen_from), str(row.last_seen_to)

    assert stored() == ("during the siege", "2016-03-01", "2016-05-31")
    again = as_shown(intake, path)
    assert intake.send(path, again | {"reason": "Nothing changed."}).status_code == 302
    assert stored() == ("during the siege", "2016-03-01", "2016-05-31")
    wrong = as_shown(intake, path) | {"last_seen_until-year": "2015", "reason": "A slip."}
    assert "lies before the beginning" in intake.send(path, wrong).text
