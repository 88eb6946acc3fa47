"""Catalogues of belongings: only what is fit goes in, and the order is drawn once."""

import re
from io import BytesIO

import pytest

from caseman.coding.belongings import Colour, EffectCategory
from caseman.effects.drafts import LookedLike
from caseman.effects.queries.catalogues import catalogue_by_number
from caseman.effects.services import EffectError, attach_photograph, catalogues, void
from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.permissions import Role, Scope
from tests.factories.accounts import make_user
from tests.factories.effects import make_effect
from tests.factories.media import photograph
from tests.factories.remains import make_grave, make_remains

DECOY = LookedLike(EffectCategory.JEWELLERY, "ring", Colour.GOLD, "A shop")


@pytest.fixture
def database(tmp_path, sqlite_template):
    """Nothing here depends on the database; its constraints are compared by the migrations."""
    path = tmp_path / "caseman.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def by(session, team):
    return make_user(session, Role.RECORDER, team=team)


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "pictures")


@pytest.fixture
def shot(session, store, grave, team, by):
    """Photograph a new effect."""

    def shoot(name, *, fit=True, **told):
        effect = make_effect(session, make_remains(session, grave, team), **told)
        file = store_upload(session, store, BytesIO(photograph(name)), name, by.id)
        row = attach_photograph(session, effect, file)
        if fit:
            catalogues.judge_fit(row, by, is_fit=True)
        return row

    return shoot


@pytest.fixture
def decoy(session, store, grave, by):
    def add(name):
        file = store_upload(session, store, BytesIO(photograph(name)), name, by.id)
        operation_id = grave.site.operation_id
        return catalogues.add_decoys(session, operation_id, [file], DECOY, by)

    return add


@pytest.fixture
def catalogue(session, grave, by):
    return catalogues.open_catalogue(session, [grave.site], "First week", by)


def test_the_order_is_drawn_once_and_words_stay_as_they_were(session, catalogue, shot, decoy, by):
    photographs = [shot(f"{number}.jpg", kind="ring") for number in range(3)]
    assert catalogues.choose(session, catalogue, photographs) == 3
    assert catalogues.choose(session, catalogue, photographs) == 0
    assert catalogues.choose_decoys(session, catalogue, decoy("d.jpg")) == 1
    catalogues.fix(catalogue, by)
    session.flush()
    photographs[0].effect.kind = "watch"
    assert sorted(item.place for item in catalogue.items) == [1, 2, 3, 4]
    assert {item.kind for item in catalogue.items} == {"ring"}
    for change in (
        lambda: catalogues.choose(session, catalogue, photographs),
        lambda: catalogues.leave_out(session, catalogue, catalogue.items[0]),
        lambda: catalogues.fix(catalogue, by),
    ):
        with pytest.raises(EffectError, match="fixed"):
            change()


def test_nothing_goes_in_that_nobody_found_fit_or_that_tells_of_a_death(
    session, catalogue, shot, decoy, by
):
    with pytest.raises(EffectError, match="look at this photograph first"):
        catalogues.choose(session, catalogue, [shot("raw.jpg", fit=False)])
    with pytest.raises(EffectError, match="look at this photograph first"):
        catalogues.choose(session, catalogue, [shot("tie.jpg", category=EffectCategory.RESTRAINT)])
    good = shot("good.jpg")
    catalogues.choose(session, catalogue, [good])
    with pytest.raises(EffectError, match="at least one decoy"):
        catalogues.fix(catalogue, by)
    catalogues.choose_decoys(session, catalogue, decoy("d.jpg"))
    catalogues.judge_fit(good, by, is_fit=False)
    with pytest.raises(EffectError, match="look at this photograph first"):
        catalogues.fix(catalogue, by)


def test_a_picture_leaves_the_catalogue_with_its_fitness_or_its_effect(
    session, catalogue, shot, decoy, by
):
    one, other = shot("1.jpg"), shot("2.jpg")
    catalogues.choose(session, catalogue, [one, other])
    catalogues.choose_decoys(session, catalogue, decoy("d.jpg"))
    catalogues.fix(catalogue, by)
    catalogues.judge_fit(one, by, is_fit=False)
    void(other.effect, "Recorded by mistake.")
    shown = {item.photograph_id: item.picture for item in catalogue.items}
    assert (shown[one.id], shown[other.id]) == (None, None)
    assert shown[None] is not None


def test_a_photograph_of_an_effect_is_no_decoy_and_a_decoy_is_added_once(
    session, shot, decoy, grave, by
):
    with pytest.raises(EffectError, match="cannot be a decoy"):
        catalogues.add_decoys(
            session, grave.site.operation_id, [shot("1.jpg").media_file], DECOY, by
        )
    (first,) = decoy("d.jpg")
    assert decoy("d.jpg") == []
    catalogues.retire(first, is_retired=True)
    catalogues.retire(first, is_retired=False)
    assert first.retired_at is None


def test_who_does_not_see_every_site_of_it_sees_none_of_it(session, grave, team, by, catalogue):
    other = make_grave(session, team.operation, "RQA02")
    both = catalogues.open_catalogue(session, [grave.site, other.site], "Both", by)
    elsewhere = make_user(session, Role.RECORDER)
    assert catalogue_by_number(session, by.scope, both.number) is both
    assert catalogue_by_number(session, elsewhere.scope, both.number) is None
    speaker = make_user(session, Role.INTAKE, team=team)
    assert catalogue_by_number(session, speaker.scope, catalogue.number) is None, "not fixed yet"
    assert catalogue_by_number(session, Scope(), both.number) is None


@pytest.fixture
def book(client_as, team, grave, session, shot):
    """A catalogue put together on its pages: its address, who made it, and what is in it."""
    number = shot("1.jpg", fit=False, kind="ring", colour=Colour.SILVER).effect.number
    site, site_id, operation_id = grave.site.code, grave.site.id, grave.site.operation_id
    session.commit()
    recorder = client_as(Role.RECORDER, team=team)
    choose = recorder.send("/catalogues/new", {"title": "Zq week", "sites": [site_id]}).location
    address = choose.removesuffix("/choose")
    fit = re.search(r'href="(/effects/[^"]+/fit[^"]*)"', recorder.get(choose).text).group(1)
    assert recorder.send(fit, {"answer": "fit"}).location == choose
    assert recorder.send(choose, {"chosen": ["junk", "99999"]}).status_code == 422
    assert recorder.send(choose, {"chosen": [ticked(recorder, choose)]}).status_code == 302
    told = {"kind": "ring", "origin": "A shop", "elsewhere": "y", "operation_id": operation_id}
    assert "Choose at least one photograph" in recorder.send("/decoys/new", told).text
    told["photographs"] = [(BytesIO(photograph("decoy")), "d.jpg")]
    assert recorder.send("/decoys/new", told).location == "/decoys/"
    decoys = f"{address}/decoys"
    recorder.send(decoys, {"chosen": [ticked(recorder, decoys)]})
    return address, recorder, (number, number.partition("/")[0], site, "Zq week")


def ticked(client, address):
    return re.search(r'name="chosen" value="(\d+)"', client.get(address).text).group(1)


def test_pages_show_a_family_nothing_but_numbers_pictures_and_neutral_words(book, client_as, team):
    address, recorder, secrets = book
    intake = client_as(Role.INTAKE, team=team)
    assert intake.get(f"{address}/shown").status_code == 404, "its order is not fixed"
    html = recorder.get(address).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', html).group(1)
    assert recorder.send(f"{address}/fix", {"version": version}).status_code == 302
    for shown in ("/shown", "/print"):
        html = intake.get(address + shown).text
        assert "Ring" in html
        assert [each for each in (*secrets, "Decoy") if each in html] == [], shown
    assert intake.get(f"{address}/shown/1").mimetype.startswith("image/")
    assert intake.get(address).status_code == 403
    number, *_ = secrets
    assert number in recorder.get(address).text
    assert address in recorder.get(f"/effects/{number}").text


def test_outside_the_scope_there_is_no_catalogue(book, client_as):
    stranger = client_as(Role.RECORDER)
    for page in ("", "/shown", "/print", "/choose", "/decoys", "/withdraw", "/shown/1"):
        assert stranger.get(book[0] + page).status_code == 404, page
