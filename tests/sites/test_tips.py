"""Somebody tells of a place without a name; a person follows it up."""

from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.media.models import MediaFile
from caseman.permissions import Role
from caseman.sites.codes import TipState
from caseman.sites.models import SiteTip
from caseman.sites.services import read_coordinates
from tests.factories.accounts import make_team
from tests.factories.media import GPS_MARKER, picture, telling_exif, written
from tests.factories.remains import make_grave
from tests.reports.families import token

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

TOLD = {
    "place": "خلف الطاحونة القديمة",
    "coordinates": "https://maps.example/@35.9182,39.0273,17z",
    "dangers": "قذائف في الحقل",
    "known": "ستة أشخاص",
}


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        team = make_team(session)
        make_grave(session, team.operation, "RQA01")
        return team


@pytest.fixture
def blob_folder(config):
    return Path(config.files)


@pytest.fixture
def stranger(client, team):
    client.set_cookie("lang", "en")
    return client


def tell(stranger, **changes):
    return stranger.post(
        "/family/place", data={**token(stranger, "/family/place"), **TOLD, **changes}
    )


def stored(sessions):
    with sessions.read() as session:
        tip = session.scalars(sa.select(SiteTip)).one()
        return tip.told, tip.position, tip.state, tip.site and tip.site.code, tip.state_note


@on_sqlite
def test_a_stranger_tells_and_the_steward_follows_it_up(stranger, client_as, team, sessions):
    page = stranger.get("/family/place").text
    assert page.index("Do not go there. Do not dig.") < page.index("Where is it?")
    assert tell(stranger).location == "/family/place/sent"
    assert "nothing leads back to you" in stranger.get("/family/place/sent").text
    position = {"lat": 35.9182, "lon": 39.0273}
    assert stored(sessions) == (TOLD, position, TipState.NEW, None, "")

    steward = client_as(Role.STEWARD, team=team)
    listed = steward.get("/tips").text
    assert "New" in listed
    assert TOLD["place"] not in listed
    shown = steward.get("/tips/1").text
    assert shown.index(TOLD["dangers"]) < shown.index(TOLD["place"])
    refused = (
        {"state": "linked"},
        {"state": "linked", "site_code": "XXX99"},
        {"state": "closed", "why": ""},
    )
    answers = [steward.send("/tips/1", {"version": "1", **typed}) for typed in refused]
    assert [answer.status_code // 100 for answer in answers] == [4, 4, 4]
    linked = {"version": "1", "state": "linked", "site_code": "RQA01", "why": "Seen from the road."}
    assert steward.send("/tips/1", linked).status_code == 302
    assert stored(sessions)[2:] == (TipState.LINKED, "RQA01", "Seen from the road.")


@on_sqlite
def test_nobody_else_reads_it_and_nothing_of_the_stranger_is_kept(
    app, stranger, client_as, team, sessions
):
    tell(stranger)
    for role in set(Role) - {Role.STEWARD}:
        assert client_as(role, team=team).get("/tips/1").status_code in {403, 404}, role
    assert client_as(Role.STEWARD).get("/tips/1").status_code == 404  # of another operation
    with sessions.read() as session:
        trail = " ".join(map(str, session.scalars(sa.select(AuditEntry.changes))))
        sealed = session.scalar(sa.select(SiteTip.told_sealed))
    assert "127.0.0.1" not in trail
    assert not any(words in trail or words.encode() in sealed for words in TOLD.values())


@on_sqlite
def test_a_place_is_needed_and_nothing_else(stranger, sessions):
    refused = tell(stranger, place="")
    assert refused.status_code == 422
    assert TOLD["known"] in refused.text
    assert tell(stranger, coordinates="near the mill", dangers="", known="").status_code == 302
    told, position, *_ = stored(sessions)
    assert (told["coordinates"], position) == ("near the mill", None)


def photographs(*contents):
    return [(BytesIO(content), "IMG_of_somebody.jpg") for content in contents]


@on_sqlite
def test_photographs_come_along_without_what_leads_to_who_took_them(
    stranger, client_as, team, sessions, blob_folder
):
    leaky = written(picture(size=(640, 480)), exif=telling_exif())
    assert tell(stranger, photos=photographs(leaky, leaky)).status_code == 302

    with sessions.read() as session:
        kept = session.scalars(sa.select(MediaFile)).one()
        trail = " ".join(map(str, session.scalars(sa.select(AuditEntry.changes))))
    assert (kept.original_name, kept.taken_at, kept.received_from_id) == ("", None, None)
    assert "IMG_of_somebody" not in trail
    stored = [each.read_bytes() for each in blob_folder.rglob("*") if each.is_file()]
    assert stored
    assert not any(GPS_MARKER.encode() in each or b"Exif" in each for each in stored)

    steward = client_as(Role.STEWARD, team=team)
    assert "/tips/1/photographs/1/view" in steward.get("/tips/1").text
    shown = steward.get("/tips/1/photographs/1/view")
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    for elsewhere in ("1/original", "2/view", "9/thumbnail"):
        assert steward.get(f"/tips/1/photographs/{elsewhere}").status_code == 404
    for role in set(Role) - {Role.STEWARD}:
        answer = client_as(role, team=team).get("/tips/1/photographs/1/view")
        assert answer.status_code in {403, 404}, role
    assert client_as(Role.STEWARD).get("/tips/1/photographs/1/view").status_code == 404


@on_sqlite
def test_what_is_no_photograph_or_one_too_many_is_refused_and_the_words_stay(stranger, sessions):
    small = [written(picture(colour=(shade, 0, 0))) for shade in range(4)]
    for sent in (photographs(b"<svg>"), photographs(*small)):
        answer = tell(stranger, photos=sent)
        assert answer.status_code == 422
        assert TOLD["place"] in answer.text
        assert "Photographs must be chosen again" in answer.text
    with sessions.read() as session:
        assert session.scalars(sa.select(SiteTip)).all() == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("35.91, 39.01", (35.91, 39.01)),
        ("٣٥.٩١ ٣٩.٠١", (35.91, 39.01)),
        ("geo:35.9100;39.0100", (35.91, 39.01)),
        ("https://maps.example/?q=35.91%2C39.01", (35.91, 39.01)),
        ("95.10, 39.01", None),
        ("12 km from the town", None),
        ("", None),
    ],
)
def test_coordinates_are_read_where_there_are_any(typed, found):
    assert read_coordinates(typed) == (found and {"lat": found[0], "lon": found[1]})


@on_sqlite
def test_the_public_pages_are_light(stranger):
    for path in ("/family/how", "/family/place", "/family/place/sent"):
        assert stranger.get(path).status_code == 200
