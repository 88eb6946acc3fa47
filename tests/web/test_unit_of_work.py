import pytest

from caseman.database import WriteInReadError
from tests.web.notes import Note


def test_a_note_is_stored_before_the_answer_leaves(client, token, stored):
    answer = client.post("/notes/new", data={"text": "seen", "csrf_token": token()})

    assert answer.status_code == 302
    assert stored() == ["seen"]


def test_a_refused_form_stores_nothing_and_keeps_what_was_typed(client, token, stored):
    answer = client.post("/notes/new", data={"text": "x" * 41, "csrf_token": token()})

    assert answer.status_code == 422
    assert "x" * 41 in answer.text
    assert "Text of the note is 1 character too long: at most 40 fit." in answer.text
    assert stored() == []


def test_a_read_cannot_write_through_the_orm(client, stored):
    with pytest.raises(WriteInReadError, match="Note was changed"):
        client.get("/notes/write-on-get")
    assert stored() == []


def test_a_read_cannot_write_past_the_orm(app, client, token, stored):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client.post("/notes/new", data={"text": "kept", "csrf_token": token()})

    assert client.get("/notes/sql-on-get").status_code == 500
    assert stored() == ["kept"]


def test_a_domain_refusal_undoes_the_request_and_says_why(client, token, stored):
    answer = client.post("/notes/refused", data={"csrf_token": token()})

    assert answer.status_code == 409
    assert "The grave RQA01-F02 is closed." in answer.text
    assert stored() == []


def test_a_commit_that_fails_answers_500_and_stores_nothing(app, client, token, stored):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = client.post("/notes/twice", data={"csrf_token": token()})

    assert answer.status_code == 500
    assert "seemingly stored" not in answer.text
    assert stored() == []


def test_of_two_people_with_one_record_the_later_gets_a_page_with_her_text(client, token, session):
    note = Note(text="first")
    session.add(note)
    session.commit()
    form = {"csrf_token": token(), "version": note.version}

    first = client.post(f"/notes/{note.id}", data=form | {"text": "mine"})
    second = client.post(f"/notes/{note.id}", data=form | {"text": "hers, at length"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Somebody else changed this record" in second.text
    assert "hers, at length" in second.text
    assert "Text of the note" in second.text
    session.refresh(note)
    assert note.text == "mine"


def test_a_record_that_is_not_there_is_404(client):
    assert client.get("/notes/999").status_code == 404
