from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import wtforms
from werkzeug.datastructures import MultiDict

from caseman.calendars import PartialDate
from caseman.coding import Absence, Calendar, Code, Sex
from caseman.values import Interval, Position
from caseman.web.forms import (
    CodeField,
    CodesField,
    FilterForm,
    Form,
    IntervalField,
    LinesField,
    Matches,
    NumberField,
    PartialDateField,
    PhotosField,
    PositionField,
    TextField,
    WholeField,
)
from caseman.web.forms.messages import MESSAGES


class Hazard(Code):
    MINES = "mines", "Mines"
    RUBBLE = "rubble", "Unstable rubble"


class ReportForm(Form):
    answerable = ("sex", "height", "last_seen")

    name = TextField("Name", required=True, longest=20)
    code = TextField("Code", [Matches(r"[A-Z]{3}\d\d", example="RQA01")])
    story = LinesField("What happened", longest=100)
    sex = CodeField("Sex", Sex, required=True)
    hazards = CodesField("Hazards", Hazard)
    height = IntervalField("Height", lowest=40, highest=230, unit="cm")
    weight = NumberField("Weight", lowest=1, highest=250, unit="kg")
    children = WholeField("Children", lowest=0)
    last_seen = PartialDateField("Last seen")
    place = PositionField("Place")
    photos = PhotosField("Photographs", most=2)


@dataclass(frozen=True)
class Report:
    name: str
    sex: Sex | None
    hazards: list[Hazard]
    height: Interval | None
    weight: float | None
    children: int | None
    last_seen: PartialDate | None
    place: Position | None
    absences: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def fill(app):
    """Return a form with a valid name and sex, and what is given."""

    def filled(**answers):
        data = {"name": "X", "sex": "M"} | {k.replace("__", "-"): v for k, v in answers.items()}
        with app.test_request_context(method="POST", data=MultiDict(data)):
            form = ReportForm(meta={"csrf": False})
            form.validate()
            return form

    return filled


def errors(form, name):
    return [str(each) for each in form[name].errors]


def test_a_whole_form_becomes_one_typed_value(fill):
    form = fill(
        name="  ليلى\u202e ",
        hazards=["rubble", "mines"],
        height__low="١٦٠",
        height__high="۱۷۰",
        weight="٦٢٫٥",
        children="٠",
        last_seen__year="١٤٣٥",
        last_seen__month="10",
        last_seen__calendar="hijri",
        place__latitude="35,95",
        place__longitude="39.01",
    )

    assert form.errors == {}
    assert form.to(Report) == Report(
        name="ليلى",
        sex=Sex.MALE,
        hazards=[Hazard.MINES, Hazard.RUBBLE],
        height=Interval(160, 170),
        weight=62.5,
        children=0,
        last_seen=PartialDate(1435, 10, calendar=Calendar.HIJRI),
        place=Position(35.95, 39.01, None),
    )


def test_what_is_not_answered_is_empty_or_none(fill):
    form = fill()

    report = form.to(Report)
    assert (report.height, report.weight, report.last_seen, report.place) == (None,) * 4
    assert form.story.data == ""
    assert report.hazards == []


def test_a_reason_stands_for_a_needed_answer(fill):
    form = fill(sex="", sex_absence="declined", height_absence="not_asked")

    assert form.errors == {}
    assert form.to(Report).sex is None
    assert form.to(Report).absences == {"sex": "declined", "height": "not_asked"}


@pytest.mark.parametrize(
    ("answers", "name", "message"),
    [
        ({"name": " \u200b "}, "name", "Name is missing. Please enter it."),
        ({"sex": ""}, "sex", "Sex is missing. Enter it, or say why it is not known."),
        ({"sex": "x"}, "sex", "Sex is not one of the choices. Choose one of the list."),
        ({"hazards": "x"}, "hazards", "Hazards is not one of the choices. Choose one of the list."),
        (
            {"sex_absence": "declined"},
            "sex",
            "Sex has an answer and “Prefers not to say” as well. Keep one of the two.",
        ),
        ({"name": "n" * 22}, "name", "Name is 2 characters too long: at most 20 fit."),
        ({"name": "a\ufffdb"}, "name", "Name holds signs that could not be read. Type it again."),
        ({"code": "1"}, "code", "Code is not written as it must be. An example: RQA01."),
        (
            {"weight": "heavy"},
            "weight",
            "Weight is not a number. Write it in digits, for example 172.5.",
        ),
        (
            {"weight": "1e5"},
            "weight",
            "Weight is not a number. Write it in digits, for example 172.5.",
        ),
        ({"weight": "600"}, "weight", "Weight must lie between 1 and 250 kg."),
        ({"children": "-1"}, "children", "Children must be at least 0."),
        (
            {"children": "1.5"},
            "children",
            "Children is not a whole number. Write it in digits, for example 12.",
        ),
        ({"height__low": "5"}, "height", "Height: from must lie between 40 and 230 cm."),
        (
            {"height__low": "180", "height__high": "170"},
            "height",
            "Height: the first figure must not be above the second.",
        ),
        (
            {"last_seen__day": "3", "last_seen__month": "8"},
            "last_seen",
            "Last seen needs a year. Enter it, or tick “About”.",
        ),
        (
            {"last_seen__day": "30", "last_seen__month": "2", "last_seen__year": "2014"},
            "last_seen",
            "Last seen: there is no such day. Leave the day empty if you are not sure.",
        ),
        (
            {"place__latitude": "35"},
            "place",
            "Place needs latitude and longitude, for example 35.95 and 39.01.",
        ),
    ],
)
def test_a_message_names_the_field_and_what_would_be_right(fill, answers, name, message):
    form = fill(**answers)

    assert errors(form, name) == [message]


def test_a_number_that_cannot_be_read_is_shown_as_it_was_typed(fill):
    assert 'value="heavy &lt;b&gt;"' in fill(weight="heavy <b>").weight()


def test_a_form_keeps_its_key_when_it_is_shown_again(app, fill):
    assert fill(idempotency_key="k1").idempotency_key.data == "k1"
    with app.test_request_context():
        first, second = ReportForm(), ReportForm()
    assert first.idempotency_key.data != second.idempotency_key.data


def test_photographs_are_counted_and_empty_ones_refused(app):
    def send(*photos):
        data = {"name": "X", "sex": "F", "photos": [(BytesIO(b), f"{n}.jpg") for n, b in photos]}
        with app.test_request_context(method="POST", data=data):
            form = ReportForm(meta={"csrf": False})
            form.validate()
            return form

    assert len(send((1, b"jpeg")).photos.data) == 1
    assert errors(send((1, b"a"), (2, b"b"), (3, b"c")), "photos") == [
        "Photographs: at most 2 photographs can be sent at once."
    ]
    assert errors(send((1, b"")), "photos") == ["Photographs: “1.jpg” is empty. Choose it again."]


def test_a_stored_value_comes_back_into_its_parts(app):
    with app.test_request_context():
        form = ReportForm(
            data={"height": Interval(160, 170), "last_seen": PartialDate(2014, 8, about=True)}
        )
    html = form.height() + form.last_seen()
    assert 'value="160"' in html
    assert 'value="2014"' in html
    assert "checked" in html


def test_reasons_can_be_narrowed_to_those_that_make_sense(app):
    class BonesForm(Form):
        answerable = ("sex",)
        absence_codes = (Absence.NOT_VISIBLE, Absence.NOT_EXAMINED)
        sex = CodeField("Sex", Sex)

    with app.test_request_context():
        companion = BonesForm().absence_field("sex")
    assert [value for value, *_ in companion.iter_choices()] == ["", "not_visible", "not_examined"]


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2014~", date(2013, 1, 1), date(2015, 12, 31)),
        ("2014-12~", date(2014, 11, 1), date(2015, 1, 31)),
        ("2014-08-03", date(2014, 8, 3), date(2014, 8, 3)),
        ("2014-08-03~", date(2014, 7, 27), date(2014, 8, 10)),
        ("H1435-10", date(2014, 7, 28), date(2014, 8, 26)),
    ],
)
def test_a_partial_date_reaches_from_the_first_to_the_last_day_it_can_mean(
    written, earliest, latest
):
    told = PartialDate.parse(written)

    assert (told.earliest, told.latest, str(told)) == (earliest, latest, written)


class ListFilter(FilterForm):
    text = TextField("Text")
    sex = CodeField("Sex", Sex)


def test_filters_come_from_the_address_and_ignore_what_is_not_theirs(app):
    with app.test_request_context("/list?sex=F&sort=-name&after=x"):
        form = ListFilter()
        assert form.validate()
    assert (form.text.data, form.sex.data, form.active) == ("", Sex.FEMALE, 1)


def test_messages_of_the_library_are_in_our_catalogue():
    source = "".join(path.read_text() for path in Path(wtforms.__file__).parent.rglob("*.py"))

    assert [each for each in MESSAGES if each not in source] == []
