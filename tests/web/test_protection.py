import pytest

from caseman.web.headers import HEADERS


@pytest.mark.parametrize("path", ["/notes/new", "/nowhere", "/notes/999", "/static/nothing.css"])
def test_headers_are_on_every_answer(client, path):
    answer = client.get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_pages_are_not_kept_by_browsers(client):
    assert client.get("/notes/new").headers["Cache-Control"] == "no-store"


def test_a_form_without_a_token_is_unsent_and_its_text_kept(client, stored):
    answer = client.post(
        "/notes/new", data={"text": "an hour of work", "password": "correct horse"}
    )

    assert answer.status_code == 400
    assert "Your form has not been sent" in answer.text
    assert "an hour of work" in answer.text
    assert "correct horse" not in answer.text
    assert stored() == []


def test_a_form_of_our_own_page_can_be_sent_again_with_one_press(client):
    own = {"Sec-Fetch-Site": "same-origin"}

    assert "csrf_token" in client.post("/notes/new", data={"text": "a"}, headers=own).text
    assert "csrf_token" not in client.post("/notes/new", data={"text": "a"}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_another_sites_form_is_refused_even_with_a_token(client, token, stored, headers):
    data = {"text": "forged", "csrf_token": token()}

    assert client.post("/notes/new", data=data, headers=headers).status_code == 403
    assert stored() == []


def test_a_field_the_form_does_not_have_is_refused(client, token, stored):
    data = {"text": "a", "is_admin": "1", "csrf_token": token()}

    assert client.post("/notes/new", data=data).status_code == 400
    assert stored() == []


def test_a_failure_page_and_log_hold_no_value(app, client, caplog):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = client.get("/notes/crash?q=1")

    assert answer.status_code == 500
    assert "Layla" not in answer.text
    (record,) = [each for each in caplog.records if each.levelname == "ERROR"]
    assert record.fields["reference"] in answer.text
    assert record.fields["failure"][0] == "ValueError"
    assert "Layla" not in caplog.text + str(record.fields)


def test_a_wrong_method_names_the_right_ones(client):
    answer = client.get("/notes/refused")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
