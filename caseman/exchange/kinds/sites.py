"""Sites: site_id, name, kind, status, lat, lon, precision_m, region, found_on, hazards, notes."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.coding import N_
from caseman.exchange.cells import Cells, Fault
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Draft
from caseman.exchange.sheets import Row
from caseman.sites.codes import SiteKind, SiteStatus
from caseman.sites.models import Site
from caseman.sites.services import NewSite, free_code, register_site
from caseman.values import Position

DEFAULT_PREFIX = "SIT"


class SiteReader:
    """Reads rows as sites of one operation."""

    kind: ClassVar = ImportKind.SITES
    columns: ClassVar = (
        "site_id",
        "name",
        "kind",
        "status",
        "lat",
        "lon",
        "precision_m",
        "region",
        "found_on",
        "hazards",
        "notes",
    )
    required: ClassVar = ("site_id", "name")

    def __init__(self, _session: Session, operation: Operation) -> None:
        self.operation = operation

    def identity(self, row: Row) -> str:
        """Return the file's own id."""
        return row.cells["site_id"].strip()

    def read(self, cells: Cells) -> NewSite:
        """Return the site; its code is given when it is created."""
        return NewSite(
            operation_id=self.operation.id,
            code="",
            source_id=cells.required("site_id", longest=60),
            name=cells.required("name", longest=200),
            kind=cells.code("kind", SiteKind) or SiteKind.OTHER,
            status=cells.code("status", SiteStatus) or SiteStatus.REPORTED,
            position=read_position(cells, "lat", "lon", "precision_m"),
            region=cells.text("region", longest=120),
            reported_on=cells.day("found_on"),
            hazards=cells.lines("hazards"),
            notes=cells.lines("notes"),
        )

    def create(self, session: Session, drafts: Sequence[Draft[NewSite]]) -> list[int | Fault]:
        """Register each site under the next free code of its region."""
        return [register_coded(session, draft.value).id for draft in drafts]


def read_position(cells: Cells, lat: str, lon: str, precision: str) -> Position | None:
    """Return the place in two columns; one alone is a fault."""
    latitude = cells.number(lat, low=-90, high=90)
    longitude = cells.number(lon, low=-180, high=180)
    if (latitude is None) != (longitude is None):
        cells.fault(lat if latitude is None else lon, N_("Latitude and longitude belong together."))
        return None
    if latitude is None or longitude is None:
        return None
    return Position(latitude, longitude, cells.number(precision, low=0, high=1_000_000))


def register_coded(session: Session, new: NewSite) -> Site:
    """Register ``new`` under the next free code that its region's letters begin."""
    return register_site(session, replace(new, code=free_code(session, _prefix(new.region))))


def _prefix(region: str) -> str:
    """Return three capital letters for a region: RAQ for Raqqa, SIT where it has no Latin name."""
    plain = unicodedata.normalize("NFKD", region).upper()
    letters = "".join(letter for letter in plain if "A" <= letter <= "Z")
    return letters[:3] if len(letters) >= 3 else DEFAULT_PREFIX
