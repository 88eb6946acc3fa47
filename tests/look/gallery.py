"""A small application that shows every component, with people and cases that are invented."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, Flask, redirect, render_template, request
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from caseman.coding import Absence, Code, Sex
from caseman.coding.teeth import Surface, quadrants
from caseman.web.drawing import Drawing
from caseman.web.forms import (
    CodeField,
    CodesField,
    Form,
    IntervalField,
    LinesField,
    NumberField,
    PartialDateField,
    PhotosField,
    PositionField,
    TextField,
)
from caseman.web.language import TONGUES
from tests.look.arabic import WORDS

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SAMPLE = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
<rect width="400" height="300" fill="#8fa3ad"/><path d="M120 60h160l40 70-40 20v120H120V150l-40-20z"
fill="#3c5a78"/><path d="M180 60l20 40 20-40M200 100v170" stroke="#e8e2d2" fill="none"
stroke-width="4"/>
<path d="M20 280h100" stroke="#fff" stroke-width="8"/></svg>"""
FEW_ABSENCES = (Absence.UNKNOWN, Absence.NOT_VISIBLE, Absence.NOT_EXAMINED)


def lang() -> str:
    return request.args.get("lang", "en")


def say(english: str, arabic: str) -> str:
    return arabic if lang() == "ar" else english


def gettext(message: str, **variables: Any) -> str:
    text = WORDS.get(message, message) if lang() == "ar" else message
    return text % variables if variables else text


class Preservation(Code):
    COMPLETE = "complete", "Complete"
    PARTIAL = "partial", "Partly preserved"


class Garment(Code):
    SHIRT = "shirt", "Shirt"
    TROUSERS = "trousers", "Trousers"
    SHOES = "shoes", "Shoes"
    SCARF = "scarf", "Headscarf"


class RemainsForm(Form):
    answerable = ("condition", "stature")
    absence_codes = FEW_ABSENCES

    number = TextField(required=True)
    found_by = TextField()
    sex = CodeField("", [*Sex])
    condition = CodeField("", Preservation)
    found_on = PartialDateField()
    age = IntervalField(lowest=0, highest=120)
    stature = NumberField(lowest=20, highest=230, unit="cm")
    position = PositionField()
    clothing = CodesField("", Garment)
    notes = LinesField()
    photographs = PhotosField()
    sealed = BooleanField()


LABELS = {
    "number": ("Number on the label", "الرقم على البطاقة"),
    "found_by": ("Recorded by", "سجّلها"),
    "sex": ("Sex, as far as it shows", "الجنس بحسب ما يظهر"),
    "condition": ("Condition", "الحالة"),
    "found_on": ("Date of recovery", "تاريخ الانتشال"),
    "age": ("Age", "العمر"),
    "stature": ("Stature", "القامة"),
    "position": ("Position", "الموقع"),
    "clothing": ("Clothing seen", "الملابس الظاهرة"),
    "notes": ("What else you see", "ما تراه أيضًا"),
    "photographs": ("Photographs", "الصور"),
    "sealed": ("The bag is closed and sealed", "الكيس مغلق ومختوم"),
    "day": ("Day", "اليوم"),
    "month": ("Month", "الشهر"),
    "year": ("Year", "السنة"),
    "calendar": ("Calendar", "التقويم"),
    "low": ("From", "من"),
    "high": ("To", "إلى"),
    "latitude": ("Latitude", "خط العرض"),
    "longitude": ("Longitude", "خط الطول"),
    "precision": ("Accurate to", "الدقة"),
    "about": ("About", "تقريبًا"),
}


def label_all(fields: Any) -> None:
    for field in fields:
        if field.short_name in LABELS:
            field.label.text = say(*LABELS[field.short_name])
        label_all(getattr(field, "parts", ()))


def remains_form(*, wrong: bool = False) -> RemainsForm:
    data = MultiDict({"number": "", "stature": "1780", "sex": "M", "found_on-month": "13"})
    form = RemainsForm(
        data if wrong else None, meta={"csrf": request.method == "POST" or not wrong}
    )
    label_all(form)
    form.number.description = say("As printed:", "كما هو مطبوع:") + " RQA01-F02-B014"
    if wrong:
        form.validate()
    return form


def records() -> list[SimpleNamespace]:
    names = (
        (
            "Cloth bag, grave 2 north",
            "كيس قماش، القبر 2 شمال",
            "Under examination",
            "قيد الفحص",
            "progress",
        ),
        ("Single person, east wall", "شخص واحد، الجدار الشرقي", "Identified", "تم التعرف", "done"),
        ("Commingled lot", "رفات مختلطة", "Recovered", "تم الانتشال", "neutral"),
        ("Child, beside B014", "طفل، بجانب B014", "Count differs", "العدد مختلف", "attention"),
    )
    return [
        SimpleNamespace(
            number=f"RQA01-F02-B0{14 + index}",
            what=say(row[0], row[1]),
            sex=(Sex.MALE, Absence.NOT_EXAMINED, None, Absence.NOT_VISIBLE)[index],
            age=("30–45", "18–22", None, "4–7")[index],
            candidates=(12, 1, 0, 4)[index],
            state=say(row[2], row[3]),
            tone=row[4],
            url=f"#r{index}",
        )
        for index, row in enumerate(names)
    ]


def navigation() -> list[Any]:
    work = [
        (say("Today", "اليوم"), "#today", False, None),
        (say("Sites and graves", "المواقع والقبور"), "#sites", False, None),
        (say("Remains", "الرفات"), "#remains", True, None),
        (say("Personal effects", "المقتنيات الشخصية"), "#effects", False, None),
        (say("Missing persons", "المفقودون"), "#missing", False, None),
        (say("Custody", "العهدة"), "#custody", False, None),
        (say("Candidates", "المرشحون"), "#candidates", False, 7),
    ]
    return [
        (None, work),
        (say("Oversight", "الإشراف"), [(say("Dashboard", "لوحة المتابعة"), "#board", False, None)]),
    ]


gallery = Blueprint("gallery", __name__)
language = Blueprint("language", __name__)


@language.get("/language/<code>")
def choose(code: str) -> str:
    return code


@gallery.get("/")
def staff() -> str:
    return render_template(
        "gallery.html",
        navigation=navigation(),
        current_user=SimpleNamespace(
            is_authenticated=True, name=say("Rana al-Khalil", "رنا الخليل")
        ),
        sign_out_url="#out",
        account_url="#account",
        form=remains_form(),
        records=records(),
        page=SimpleNamespace(items=records(), next="c1", previous="c0", total_at_most=10000),
        Absence=Absence,
        Sex=Sex,
    )


@gallery.route("/form", methods=["GET", "POST"])
def form() -> Any:
    if request.method == "POST" and "answer" in request.args:
        return ANSWERS[request.args["answer"]]()
    return render_template(
        "gallery_form.html",
        form=remains_form(wrong="wrong" in request.args),
        navigation=navigation(),
    )


@gallery.get("/public")
def public() -> str:
    return render_template("gallery_public.html", form=remains_form())


@gallery.get("/paper")
def paper() -> str:
    return render_template("gallery_paper.html", records=records(), organisation="")


@gallery.get("/sample.svg")
def sample() -> Any:
    return SAMPLE, {"Content-Type": "image/svg+xml"}


@gallery.get("/error")
def error() -> str:
    return render_template(
        "errors/error.html",
        status=409,
        title=say("Your change has not been stored", "لم يُحفظ التغيير"),
        message=say("Somebody else changed this record.", "غيّر شخص آخر هذا السجل."),
        what_next=say("What you typed is below.", "ما كتبته موجود أدناه."),
        reference="7f3a01bc",
        unsent=SimpleNamespace(
            action="/form",
            answers=[
                SimpleNamespace(
                    name="notes", label=say("Notes", "ملاحظات"), value="كيس أزرق\nblue bag"
                )
            ],
            has_files=False,
            can_be_sent_again=True,
        ),
    )


ANSWERS: dict[str, Callable[[], Any]] = {
    "redirect": lambda: redirect("/error", 303),
    "wrong": lambda: (
        render_template("gallery_form.html", form=remains_form(wrong=True), navigation=[]),
        422,
    ),
    "full": lambda: ("<h1>The storage is full</h1>", 507),
    "signed-out": lambda: ("<h1>Please sign in</h1>", 401),
}


def page_variables() -> dict[str, Any]:
    return {
        "lang": lang(),
        "direction": "rtl" if lang() in {"ar", "ckb"} else "ltr",
        "tongues": tuple(TONGUES.values()),
        "say": say,
    }


def set_policy(response: Any) -> Any:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def create_gallery() -> Flask:
    app = Flask(__name__, static_folder="../../caseman/static", static_url_path="/static")
    app.config.update(SECRET_KEY="gallery", TESTING=True)
    folders = (f"{app.root_path}/../../templates", f"{app.root_path}/pages")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    app.jinja_env.add_extension("jinja2.ext.i18n")
    Babel(app, locale_selector=lambda: "en")
    CSRFProtect(app)
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = gettext
    app.jinja_env.filters["series"] = ", ".join
    app.jinja_env.filters["label"] = lambda code: gettext(code.label)
    app.jinja_env.globals.update(quadrants=quadrants, Surface=Surface)
    app.jinja_env.globals["drawing"] = Drawing(gettext)
    app.context_processor(page_variables)
    app.after_request(set_policy)
    app.register_blueprint(gallery)
    app.register_blueprint(language)
    return app


if __name__ == "__main__":
    create_gallery().run(port=5077, debug=False)
