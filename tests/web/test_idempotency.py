from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

KEY = {"idempotency_key": "0123456789abcdef"}


def test_a_form_sent_twice_is_stored_once_and_leads_to_the_same_place(client, token, stored):
    form = {"text": "seen", **KEY}

    first = client.post("/notes/new", data=form | {"csrf_token": token()})
    second = client.post("/notes/new", data=form | {"csrf_token": token()})

    assert (second.status_code, second.location) == (302, first.location)
    assert stored() == ["seen"]


def test_another_body_under_the_same_key_is_refused_with_its_text(client, token, stored):
    client.post("/notes/new", data={"text": "seen", "csrf_token": token(), **KEY})

    answer = client.post("/notes/new", data={"text": "other", "csrf_token": token(), **KEY})

    assert answer.status_code == 409
    assert "sent before with other answers" in answer.text
    assert "other" in answer.text
    assert stored() == ["seen"]


def test_the_same_key_of_another_person_is_refused(client, token, stored):
    form = {"text": "seen", "csrf_token": token(), **KEY}
    client.post("/notes/new", data=form)

    assert client.post("/notes/new", data=form, headers={"X-Signed-In": "1"}).status_code == 409


def test_a_refused_form_may_be_corrected_under_its_key(client, token, stored):
    refused = client.post("/notes/new", data={"text": "", "csrf_token": token(), **KEY})
    corrected = client.post("/notes/new", data={"text": "seen", "csrf_token": token(), **KEY})

    assert (refused.status_code, corrected.status_code) == (422, 302)
    assert stored() == ["seen"]


def test_a_page_that_is_shown_once_is_not_shown_again(client, token, stored):
    form = {"csrf_token": token(), **KEY}

    assert client.post("/notes/once", data=form).text == "your secret"
    again = client.post("/notes/once", data=form)
    assert again.status_code == 409
    assert "received before" in again.text
    assert stored() == ["once"]


@pytest.mark.parametrize("change", [{"name": "b.jpg"}, {"content": b"other"}])
def test_another_file_is_another_body(client, token, change):
    def send(name="a.jpg", content=b"photo"):
        data = {"csrf_token": token(), "file": (BytesIO(content), name), **KEY}
        return client.post("/notes/once", data=data)

    assert send().status_code == 200
    assert "other answers" in send(**change).text


def test_of_forms_sent_at_once_one_is_stored_and_all_lead_to_it(app, stored):
    def send(_number):
        client = app.test_client()
        html = client.get("/notes/new").text
        token = html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        return client.post("/notes/new", data={"text": "seen", "csrf_token": token, **KEY})

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send, range(5)))

    assert {(answer.status_code, answer.location) for answer in answers} == {(302, "/notes/1")}
    assert stored() == ["seen"]
