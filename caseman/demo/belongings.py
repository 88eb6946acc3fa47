"""Belongings drawn for the demonstration: a catalogue that was shown, and one being put together.

The pictures are drawn here, so that no photograph of anybody's thing is passed on with the program.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding.belongings import Colour
from caseman.coding.kinds import EffectKind
from caseman.database import now
from caseman.effects.drafts import LookedLike
from caseman.effects.models import BelongingsCatalogue, CatalogueItem, EffectPhotograph
from caseman.effects.queries import effects_with_remains
from caseman.effects.services import attach_photograph, catalogues
from caseman.identification.codes import RecognitionAnswer
from caseman.identification.drafts import Looking, Said
from caseman.identification.services import viewings
from caseman.media.models import MediaFile
from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.permissions import OPERATOR
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson

GROUND = "#e9e4d8"
INK = "#3a3a38"
SIZE = (400, 300)

Draw = Callable[[ImageDraw.ImageDraw, str], None]


class Thing(NamedTuple):
    """A thing that was not found, and how it is drawn."""

    kind: EffectKind
    colour: Colour
    paint: str


DECOYS = (
    Thing(EffectKind.SHIRT, Colour.LIGHT_BLUE, "#a9c4d8"),
    Thing(EffectKind.SHIRT, Colour.WHITE, "#f7f5ef"),
    Thing(EffectKind.RING, Colour.GOLD, "#c9a227"),
    Thing(EffectKind.WATCH, Colour.BLACK, "#2b2b2b"),
    Thing(EffectKind.KEYS, Colour.SILVER, "#9aa0a3"),
)
PAINTS = {"shirt": "#f2efe6", "ring": "#b9bdc0", "bracelet": "#c9a227", "toy": "#b4462f"}


def _shirt(draw: ImageDraw.ImageDraw, paint: str) -> None:
    outline = [(150, 60), (180, 75), (220, 75), (250, 60), (320, 120), (290, 150), (260, 130)]
    outline += [(260, 250), (140, 250), (140, 130), (110, 150), (80, 120)]
    draw.polygon(outline, fill=paint, outline=INK, width=3)


def _ring(draw: ImageDraw.ImageDraw, paint: str) -> None:
    draw.ellipse((150, 110, 250, 210), outline=INK, width=20)
    draw.ellipse((153, 113, 247, 207), outline=paint, width=14)
    draw.polygon([(185, 112), (200, 84), (215, 112)], fill=paint, outline=INK, width=3)


def _watch(draw: ImageDraw.ImageDraw, paint: str) -> None:
    draw.rectangle((180, 40, 220, 260), fill=paint, outline=INK, width=3)
    draw.ellipse((150, 100, 250, 200), fill="#fffdf8", outline=INK, width=6)
    draw.line([(200, 118), (200, 150), (222, 162)], fill=INK, width=4)


def _keys(draw: ImageDraw.ImageDraw, paint: str) -> None:
    draw.ellipse((130, 80, 210, 160), outline=INK, width=8)
    for end in ((180, 250), (250, 230)):
        draw.line([(185, 150), end], fill=INK, width=16)
        draw.line([(185, 150), end], fill=paint, width=9)


def _toy(draw: ImageDraw.ImageDraw, paint: str) -> None:
    draw.rectangle((110, 140, 290, 200), fill=paint, outline=INK, width=3)
    draw.polygon([(150, 140), (175, 100), (240, 100), (260, 140)], fill=paint, outline=INK, width=3)
    for left in (130, 230):
        draw.ellipse((left, 180, left + 44, 224), fill=INK)


DRAWN: dict[str, Draw] = {"shirt": _shirt, "watch": _watch, "keys": _keys, "toy": _toy}


def _picture(kind: str, paint: str, tilt: int) -> BytesIO:
    """Return a drawing of a thing as JPEG, turned a little, so that no two are the same."""
    image = Image.new("RGB", SIZE, GROUND)
    DRAWN.get(kind, _ring)(ImageDraw.Draw(image), paint)
    out = BytesIO()
    image.rotate(tilt, fillcolor=GROUND).save(out, "JPEG", quality=80)
    out.seek(0)
    return out


def show(
    session: Session,
    files: Path,
    remains: Sequence[Remains],
    person: MissingPerson,
    staff: dict[str, User],
) -> None:
    """Photograph the effects, fix one catalogue, have it looked at, and begin another."""
    store, by = BlobStore(files), staff["recorder"]

    def stored(kind: str, paint: str, tilt: int) -> MediaFile:
        picture = _picture(kind, paint, tilt)
        return store_upload(session, store, picture, f"{kind}-{tilt}.jpg", by.id)

    found: list[EffectPhotograph] = []
    for row in remains:
        for effect in effects_with_remains(session, OPERATOR, row):
            file = stored(effect.kind, PAINTS.get(effect.kind, "#8d8a80"), len(found) + 1)
            found.append(attach_photograph(session, effect, file))
    for each in found[:-2]:
        catalogues.judge_fit(each, by, is_fit=True)
    decoys = [
        catalogues.add_decoys(
            session,
            person.operation_id,
            [stored(thing.kind, thing.paint, -3 - place)],
            LookedLike(thing.kind.category, thing.kind, thing.colour, "Drawn for the example"),
            by,
        )[0]
        for place, thing in enumerate(DECOYS)
    ]
    fit = [each for each in found if each.is_fit]
    shown, begun = (
        catalogues.open_catalogue(session, [remains[0].site], title, by)
        for title in ("Stadium, first week", "Stadium, second week")
    )
    catalogues.choose(session, shown, fit)
    catalogues.choose_decoys(session, shown, decoys)
    catalogues.fix(shown, by)
    catalogues.choose(session, begun, fit[:2])
    catalogues.choose_decoys(session, begun, decoys[:2])
    session.flush()
    _look(session, shown, person, staff["intake"])


def _look(session: Session, shown: BelongingsCatalogue, person: MissingPerson, by: User) -> None:
    """Let the informant know the ring, find a shirt similar, and leave one picture out."""
    looking = Looking(
        looked_at=now() - timedelta(days=3),
        report=person.reports[0],
        place="Example office",
        present="A neighbour",
        said_first="He always wore a silver ring of his father's.",
    )
    viewing = viewings.record_viewing(session, shown, person, looking, by)
    *items, _ = sorted(shown.items, key=lambda item: item.decoy_id or 0)
    own = {item.id: _said(item) for item in items if item.photograph is not None}
    for item in items:
        said = own.get(item.id, Said(RecognitionAnswer.NOT_RECOGNISED))
        viewings.answer(session, viewing, item, said, by)


def _said(item: CatalogueItem) -> Said:
    if item.kind == EffectKind.RING:
        return Said(RecognitionAnswer.RECOGNISED, "That is our father's ring: the edge is worn.")
    if item.kind == EffectKind.SHIRT:
        return Said(RecognitionAnswer.SIMILAR, "He had white shirts, as everybody had.")
    return Said(RecognitionAnswer.NOT_RECOGNISED)
