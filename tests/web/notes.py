"""A tiny slice for the kit to carry: one page, one form, one table of its own."""

from dataclasses import dataclass

import flask_login
from flask import Blueprint, redirect, render_template_string, request
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from caseman.database import DomainError, Versioned
from caseman.permissions import Permission, Scope
from caseman.web.forms import Form, TextField
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session


class OwnBase(DeclarativeBase):
    """Apart from the program's tables, so that these never reach a migration."""


class Note(Versioned, OwnBase):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
    seen_by: Mapped[str | None] = mapped_column(index=True)


class NoteForm(Form):
    text = TextField("Text of the note", required=True, longest=40)


@dataclass(frozen=True)
class NewNote:
    text: str


PAGE = """<!doctype html>
<html lang="{{ lang }}" dir="{{ direction }}"><head><title>Note</title></head><body>
<h1>Note</h1><p>{{ note.text if note }}</p>
{% if form %}<form method="post">{{ form.hidden_tag() }}{{ form.text.label }}{{ form.text() }}
{% for error in form.text.errors %}<p>{{ error }}</p>{% endfor %}</form>{% endif %}</body></html>"""


class GraveClosedError(DomainError):
    def __init__(self):
        super().__init__("The grave %(grave)s is closed.", grave="RQA01-F02")


notes = Blueprint("notes", __name__, url_prefix="/notes")


@notes.route("/new", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def new():
    form = NoteForm()
    if not form.validate_on_submit():
        return render_template_string(PAGE, form=form), 422 if form.errors else 200
    note = Note(text=form.to(NewNote).text)
    session.add(note)
    session.flush()
    return redirect(f"/notes/{note.id}")


@notes.route("/<int:note_id>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def show(note_id):
    note = found(session.get(Note, note_id))
    form = NoteForm(obj=note)
    if form.validate_on_submit():
        form.expects(note.version)
        note.text = form.text.data
        return redirect(request.path)
    return render_template_string(PAGE, note=note, form=form), 422 if form.errors else 200


@notes.get("/write-on-get")
@requires(Permission.PUBLIC)
def write_on_get():
    session.add(Note(text="never"))
    session.flush()
    return "written"


@notes.get("/sql-on-get")
@requires(Permission.PUBLIC)
def sql_on_get():
    session.connection().exec_driver_sql("DELETE FROM note")
    return "written"


@notes.post("/refused")
@requires(Permission.PUBLIC)
def refused():
    session.add(Note(text="half"))
    session.flush()
    raise GraveClosedError


@notes.post("/twice")
@requires(Permission.PUBLIC)
def twice():
    session.add_all([Note(text="same"), Note(text="same")])
    return "seemingly stored"


@notes.post("/once")
@requires(Permission.PUBLIC)
def once():
    session.add(Note(text="once"))
    return "your secret"


@notes.get("/list")
@requires(Permission.PUBLIC)
def listed():
    return "list"


@notes.get("/reviewers")
@requires(Permission.PAIRING_REVIEW, Permission.PAIRING_DECIDE)
def reviewers():
    return "reviewers"


@notes.post("/reviewers")
@requires(Permission.PAIRING_REVIEW)
def review():
    return "reviewed"


@notes.get("/own")
@requires(Permission.SIGNED_IN)
def own():
    return "own page"


@notes.get("/unguarded")
def unguarded():
    return "open by omission"


@notes.get("/crash")
@requires(Permission.PUBLIC)
def crash():
    message = "the witness is called Layla"
    raise ValueError(message)


class Somebody(flask_login.UserMixin):
    id = "7"
    scope = Scope(user_id=7, permissions=frozenset({Permission.PAIRING_DECIDE}))
