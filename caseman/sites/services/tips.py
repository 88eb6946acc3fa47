"""What strangers tell of a place: kept without a name, followed up by a person, never published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.audit.reasons import because
from caseman.coding import N_, Language
from caseman.media.models import MediaFile
from caseman.sites.codes import TipState
from caseman.sites.models import Degrees, Site, SiteTip, SiteTipPhotograph
from caseman.sites.services.errors import SiteError
from caseman.writing import latin_digits

_PAIR = re.compile(
    r"(?P<lat>-?\d{1,2}[.,]\d{2,})\s*(?:[,;/\s]|%2C)\s*(?P<lon>-?\d{1,3}[.,]\d{2,})", re.IGNORECASE
)


class TipNeedsSiteError(SiteError):
    """A tip is linked to a site and to no other end, and to no site else."""

    def __init__(self) -> None:
        super().__init__(
            N_("Say to which site the tip belongs, and only where it is linked to one.")
        )


class TipNeedsReasonError(SiteError):
    """A tip is closed with a reason."""

    def __init__(self) -> None:
        super().__init__(N_("Say why the tip is closed."))


@dataclass(frozen=True, slots=True)
class NewTip:
    """What somebody tells of a place, in their words."""

    place: str
    coordinates: str = ""
    dangers: str = ""
    known: str = ""

    def told(self) -> dict[str, str]:
        """Return the words as they are sealed."""
        return {
            "place": self.place,
            "coordinates": self.coordinates,
            "dangers": self.dangers,
            "known": self.known,
        }


def read_coordinates(text: str) -> Degrees | None:
    """Return latitude and longitude that stand in ``text``, as typed or within a map's link."""
    match = _PAIR.search(latin_digits(text))
    if match is None:
        return None
    lat, lon = (float(match[name].replace(",", ".")) for name in ("lat", "lon"))
    return {"lat": lat, "lon": lon} if abs(lat) <= 90 and abs(lon) <= 180 else None


def receive_tip(
    session: Session,
    operation: Operation,
    tip: NewTip,
    language: str,
    photographs: Sequence[MediaFile] = (),
) -> SiteTip:
    """Keep what somebody told and showed; nothing of who told it is known here."""
    spoken = Language(language) if language in set(Language) else None
    row = SiteTip(operation=operation, language=spoken)
    different = {file.id: file for file in photographs}
    row.photographs = [SiteTipPhotograph(media_file=file) for file in different.values()]
    row.told = tip.told()
    row.position = read_coordinates(tip.coordinates)
    session.add(row)
    session.flush()
    return row


def settle_tip(
    session: Session, tip: SiteTip, state: TipState, site: Site | None, why: str
) -> None:
    """Say what becomes of ``tip``: followed up, linked to ``site``, or closed with a reason."""
    if (state is TipState.LINKED) != (site is not None):
        raise TipNeedsSiteError
    if state is TipState.CLOSED and not why.strip():
        raise TipNeedsReasonError
    with because(session, why):
        tip.state, tip.site, tip.state_note = state, site, why
        session.flush()
