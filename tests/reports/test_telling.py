"""Dates, ages and heights as people say them, in three languages and two calendars."""

from datetime import date

import pytest

from caseman.coding import Calendar
from caseman.reports.codes import DatePrecision
from caseman.reports.telling import read_age, read_birth_year, read_date, read_height
from caseman.values import Interval

DATES = {
    "2016": ("2016-01-01", "2016-12-31"),
    "about 2016": ("2015-01-01", "2017-12-31"),
    "August 2016": ("2016-08-01", "2016-08-31"),
    "3 August 2016": ("2016-08-03", "2016-08-03"),
    "August 3, 2016": ("2016-08-03", "2016-08-03"),
    "٣/٨/٢٠١٦": ("2016-08-03", "2016-08-03"),
    "2016-08-03": ("2016-08-03", "2016-08-03"),
    "آب 2017": ("2017-08-01", "2017-08-31"),
    "تشرين الأول 2015": ("2015-10-01", "2015-10-31"),
    "أكتوبر 2015": ("2015-10-01", "2015-10-31"),
    "10 كانون الثاني 2014": ("2014-01-10", "2014-01-10"),
    "meha Gulan 2017": ("2017-05-01", "2017-05-31"),
    "spring 2016": ("2016-03-01", "2016-05-31"),
    "في ربيع عام ٢٠١٦": ("2016-03-01", "2016-05-31"),
    "bihara 2016": ("2016-03-01", "2016-05-31"),
    "winter 2016": ("2015-12-01", "2017-02-28"),
    "before 2016": (None, "2015-12-31"),
    "بعد آذار ٢٠١٦": ("2016-04-01", None),
    "berî 2016": (None, "2015-12-31"),
    "between March and May 2016": ("2016-03-01", "2016-05-31"),
    "بين آذار وأيار 2016": ("2016-03-01", "2016-05-31"),
    "di navbera Adar û Gulan 2016": ("2016-03-01", "2016-05-31"),
    "2014-2015": ("2014-01-01", "2015-12-31"),
    "رمضان 1437": ("2016-06-06", "2016-07-05"),
    "قبل رمضان ١٤٣٧": (None, "2016-06-05"),
    "1437 هـ": ("2015-10-14", "2016-10-01"),
}
NO_DATES = (
    *("", "two days after the feast", "2016-13", "32.1.2016", "before", "99999"),
    *(
        "between May and March 2016",
        "when the school was hit in 2016",
        "ربيع الأول 2016",
        "9" * 500,
    ),
)


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_words_becomes_the_days_it_can_mean(text):
    span = read_date(text)
    ends = tuple(each and each.isoformat() for each in (span.earliest, span.latest))
    assert ends == DATES[text]


def test_precision_and_calendar_are_told_apart():
    told = {text: read_date(text) for text in ("spring 2016", "before 2016", "رمضان 1437")}
    assert [each.precision for each in told.values()] == [
        DatePrecision.SEASON,
        DatePrecision.INTERVAL,
        DatePrecision.MONTH,
    ]
    assert told["رمضان 1437"].calendar is Calendar.HIJRI
    assert read_date("spring 2016").earliest == date(2016, 3, 1)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_says_more_or_less_than_a_date_is_left_to_people(text):
    assert read_date(text) is None


def test_ages_as_they_are_told():
    told = {
        "30": (30, 30),
        "about 30": (27, 33),
        "حوالي ٣٠ سنة": (27, 33),
        "nêzîkî 30 salî": (27, 33),
        "30-35": (30, 35),
        "30 or 35": (30, 35),
        "بين ٣٠ و٣٥": (30, 35),
        "in his 30s": (30, 39),
        "6 months": (0.5, 0.5),
        "about 1": (0, 4),
    }
    assert {text: read_age(text) for text in told} == {
        text: Interval(*years) for text, years in told.items()
    }
    assert [read_age(text) for text in ("", "old", "300", "35-30", "born 1990")] == [None] * 5
    assert [read_birth_year(text) for text in ("born 1990", "مواليد ١٩٩٠", "30")] == [
        *(1990, 1990, None)
    ]


def test_heights_in_centimetres_metres_and_words():
    told = ("175", "about 175 cm", "١٧٥ سم", "1.75", "1,75 m", "1m75", "1 متر و 75")
    assert {read_height(text) for text in told} == {175.0}
    assert read_height("1.8") == 180.0
    assert [read_height(text) for text in ("as tall as his brother", "12", "300", "")] == [None] * 4
