"""Canaries in every field whose knowledge could cost a life, and who sees them where.

The watch stands around the application and looks at every answer that a test gets, with all its
headers, and at every line of the log. What is sealed must be readable nowhere on disk either.
"""

import io
import logging
import re
import struct
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote, unquote_plus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Invitation, SecondFactorReset, User
from caseman.contamination.models import StaffMember
from caseman.custody.models import BurialPlot
from caseman.identification.models import (
    BelongingsViewing,
    EffectRelease,
    FamilyNotification,
    RelativeToTell,
    Release,
)
from caseman.incidents.models import Incident
from caseman.laboratory.models import TypingRun
from caseman.permissions import GRANTS, Permission, Role
from caseman.remains.models import BiologicalProfile
from caseman.reports.codes import SafeChannel
from caseman.reports.models import (
    AnotherDraft,
    AnteMortemReport,
    CallRecord,
    FamilyAccess,
    FamilyDraft,
    Informant,
    Relative,
    VoiceNote,
)
from caseman.sites.models import Site, SiteTip
from tests.factories.accounts import PASSWORD
from tests.factories.sounds import wav

P = Permission
READ_REPORT = frozenset({P.REPORT_READ, P.REPORT_READ_SHARED, P.AUDIT_READ})
NOBODY: frozenset[Permission] = frozenset()
CONTACTS = frozenset({P.CONTACT_READ})


@dataclass(frozen=True)
class Canary:
    """What stands in a field, and with which permissions it may be seen on a page."""

    text: str
    opens: frozenset[Permission] = NOBODY
    is_sealed: bool = True

    def may_be_seen_by(self, who: str | None, *, gave_reason: bool) -> bool:
        """Say so of a role; of everybody else, such as a family or a visitor, it is False."""
        if who not in set(Role):
            return False
        held = GRANTS[Role(who)]
        unmasks = gave_reason and P.CONTACT_UNMASK in held and self.opens == CONTACTS
        return unmasks or bool(held & self.opens)


CANARIES = {
    "Informant.name": Canary("Zqinformantname", CONTACTS),
    "Informant.phone": Canary("0999424271", CONTACTS),
    "Informant.contact": Canary("Zqinformantcontact", CONTACTS),
    "Informant.safe_contact": Canary("Zqcodeword", CONTACTS),
    "Informant.reach": Canary("Zqsesame", CONTACTS),
    "VoiceNote.sound": Canary("Zqvoice", CONTACTS),
    "CallRecord.phone": Canary("0944 123 456"),
    "CallRecord.said": Canary("She asks for patience.", CONTACTS),
    "FamilyDraft.answers": Canary("Zqdraft"),
    "AnotherDraft.answers": Canary("Zqanother"),
    "Relative.name": Canary("Zqrelative", CONTACTS),
    "StaffMember.name": Canary("Zqstaff", frozenset({P.CODE_LINK})),
    "TypingRun.genotype": Canary("Zqallele", frozenset({P.GENOTYPE_READ})),
    "SiteTip.told": Canary("Zqmill", frozenset({P.SITE_ASSIGN})),
    "SiteTip.position lat": Canary("37.263", frozenset({P.SITE_ASSIGN})),
    "SiteTip.position lon": Canary("41.774", frozenset({P.SITE_ASSIGN})),
    "Site.informed_by": Canary("Zqwitness"),
    "Incident.informed_by": Canary("Zqneighbour"),
    "Site.position lat": Canary("35.918", frozenset({P.POSITION_READ})),
    "Site.position lon": Canary("39.027", frozenset({P.POSITION_READ})),
    "BurialPlot.position lat": Canary("34.582", frozenset({P.POSITION_READ})),
    "BurialPlot.position lon": Canary("38.196", frozenset({P.POSITION_READ})),
    "BurialPlot.way": Canary("Zqcypress", frozenset({P.POSITION_READ})),
    "FamilyNotification.told": Canary("Mother and brother", frozenset({P.FAMILY_NOTIFY})),
    "RelativeToTell.who": Canary("Zqgrandson", frozenset({P.FAMILY_NOTIFY})),
    "BelongingsViewing.viewer": Canary("Zqaunt", CONTACTS),
    "BelongingsViewing.present": Canary("Zqbeside", CONTACTS),
    "Release.recipient": Canary("Zqrecipient", frozenset({P.CANDIDATE_READ})),
    "Release.recipient contact": Canary("Zqwhereabouts"),
    "EffectRelease.recipient": Canary("Zqringbearer", frozenset({P.CANDIDATE_READ})),
    "EffectRelease.recipient contact": Canary("Zqdoorstep"),
    "Release.reburial_position lat": Canary("36.427"),
    "Release.reburial_position lon": Canary("40.518"),
    # Not sealed, and yet not for everybody.
    "report": Canary("Zqmother", READ_REPORT, is_sealed=False),
    "missing person": Canary(
        "Dilovan Azad", READ_REPORT | {P.REPORT_LIST, P.CANDIDATE_READ}, is_sealed=False
    ),
    "examination": Canary("Zqexamined", frozenset({P.REMAINS_READ, P.AUDIT_READ}), is_sealed=False),
    "site": Canary("Zqsite", frozenset({P.SITE_READ, P.AUDIT_READ}), is_sealed=False),
    "password typed": Canary(PASSWORD, is_sealed=False),
}
DEGREES = (35.918273, 39.027364, 36.427191, 40.518646, 37.263518, 41.774209, 34.582617, 38.196452)
"""Positions as they are stored: on a page they may be cut to three places and still tell all."""


def plant(session: Session) -> None:
    """Put the canaries into every row that has their fields; ``told`` and ``said`` stay."""
    texts = {name: canary.text for name, canary in CANARIES.items()}
    for informant in session.scalars(sa.select(Informant)):
        for name in ("name", "phone", "contact", "safe_contact"):
            setattr(informant, name, texts[f"Informant.{name}"])
        informant.reach = {
            "channel": SafeChannel.CALL.value,
            "opens": "08:00",
            "closes": "07:00",
            "clock": 180,
            "code_word": texts["Informant.reach"],
            "heard": texts["Informant.safe_contact"],
        }
    plant_unregistered(session, texts)
    plant_dna(session, texts)
    plant_places(session, texts)
    for release in session.scalars(sa.select(Release).where(Release.released_on.is_not(None))):
        release.recipient = {
            "name": texts["Release.recipient"],
            "relation": "mother",
            "identity_document": "",
            "contact": texts["Release.recipient contact"],
        }
        release.reburial_position = {"lat": DEGREES[2], "lon": DEGREES[3]}
    gone = sa.select(EffectRelease).where(EffectRelease.released_on.is_not(None))
    for given_out in session.scalars(gone):
        given_out.recipient = {
            "name": texts["EffectRelease.recipient"],
            "relation": "mother",
            "identity_document": "",
            "contact": texts["EffectRelease.recipient contact"],
        }
    for report in session.scalars(sa.select(AnteMortemReport)):
        report.name_mother = texts["report"]
    for profile in session.scalars(sa.select(BiologicalProfile)):
        profile.notes = texts["examination"]
    for viewing in session.scalars(sa.select(BelongingsViewing)):
        viewing.viewer = texts["BelongingsViewing.viewer"]
        viewing.present = texts["BelongingsViewing.present"]
    called = session.scalars(sa.select(CallRecord)).one()
    assert [called.phone, called.said] == [
        texts[f"CallRecord.{name}"] for name in ("phone", "said")
    ]
    plant_told(session, texts)


def plant_told(session: Session, texts: Mapping[str, str]) -> None:
    """Put the canaries into voices and into who is to be told; who was told already bears it."""
    for note in session.scalars(sa.select(VoiceNote)):
        note.sound = b64encode(wav(texts["VoiceNote.sound"].encode())).decode()
    for relative in session.scalars(sa.select(RelativeToTell)):
        relative.who = texts["RelativeToTell.who"]
    told = set(session.scalars(sa.select(FamilyNotification)))
    assert {each.told for each in told} == {texts["FamilyNotification.told"]}


def plant_unregistered(session: Session, texts: Mapping[str, str]) -> None:
    """Put the canaries into what is told and is no record of a person or a site yet."""
    for kind in (FamilyDraft, AnotherDraft):
        for draft in session.scalars(sa.select(kind)):
            draft.answers = [["name_given", texts[f"{kind.__name__}.answers"]]]
    for tip in session.scalars(sa.select(SiteTip)):
        tip.told = {**tip.told, "place": texts["SiteTip.told"]}
        tip.position = {"lat": DEGREES[4], "lon": DEGREES[5]}


def plant_places(session: Session, texts: Mapping[str, str]) -> None:
    """Put the canaries into sites, into what happened there and into plots of cemeteries."""
    for site in session.scalars(sa.select(Site)):
        site.position = {"lat": DEGREES[0], "lon": DEGREES[1]}
        site.informed_by, site.notes = texts["Site.informed_by"], texts["site"]
    for plot in session.scalars(sa.select(BurialPlot)):
        plot.position = {"lat": DEGREES[6], "lon": DEGREES[7]}
        plot.way = texts["BurialPlot.way"]
    for incident in session.scalars(sa.select(Incident)):
        incident.informed_by = texts["Incident.informed_by"]


def plant_dna(session: Session, texts: Mapping[str, str]) -> None:
    """Put the canaries into family trees and genotypes."""
    for relative in session.scalars(sa.select(Relative)):
        relative.name = texts["Relative.name"]
    for member in session.scalars(sa.select(StaffMember)):
        member.name = texts["StaffMember.name"]
    for run in session.scalars(sa.select(TypingRun)):
        run.genotype = {"FGA": [texts["TypingRun.genotype"]]}


def stored_secrets(session: Session) -> Iterator[str]:
    """Yield what opens accounts and reports, as it is stored."""
    for column in (
        User.password,
        User.fs_uniquifier,
        Invitation.code_digest,
        SecondFactorReset.code_digest,
        FamilyAccess.secret_hash,
        FamilyDraft.secret_hash,
    ):
        yield from (text for text in session.scalars(sa.select(column)) if text and len(text) > 8)


def found_in(text: str, canaries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the field of each (field, text) that stands in ``text``, however it is escaped."""
    plain = unquote(unescape(text))
    yield from (name for name, canary in canaries if canary in plain)


SEALED = [(name, each.text) for name, each in CANARIES.items() if each.is_sealed]


def readable_in(content: bytes) -> set[str]:
    """Return each sealed field that can be read in the bytes of a file, or of what it packs."""
    found = set()
    for name, text in SEALED:
        # A position is stored with six places: three digits alone stand in any number.
        texts = [str(each) for each in DEGREES if str(each).startswith(text)] or [text]
        forms = [form for each in texts for form in (each.encode(), each.encode("utf-16-le"))]
        if any(form in content for form in forms):
            found.add(name)
    doubles = [struct.pack(order + "d", each) for each in DEGREES for order in "<>"]
    if any(double in content for double in doubles):
        found.add("position as a number")
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found |= {
                each for name in archive.namelist() for each in readable_in(archive.read(name))
            }
    return found


@dataclass
class Watch(logging.Handler):
    """Stands around an application and notes who got which canary, and what was logged."""

    app: WSGIApplication
    who: Callable[[str], str | None]
    """The role behind the value of a session cookie."""
    secrets: list[tuple[str, str]] = field(default_factory=list)
    seen: set[tuple[str | None, str]] = field(default_factory=set)
    leaks: set[str] = field(default_factory=set)
    kept_by_caches: set[str] = field(default_factory=set)
    lines: int = 0

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.DEBUG)

    __hash__ = object.__hash__

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        headers: list[tuple[str, str]] = []

        def started(status: str, sent: list[tuple[str, str]], *more: Any) -> Any:
            headers[:] = sent
            return start_response(status, sent, *more)

        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(sent)
        typed = unquote_plus(environ.get("QUERY_STRING", "") + "\n" + sent.decode(errors="replace"))
        answer = self.app(environ, started)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        self.look_at(environ, headers, body, typed)
        return [body]

    def look_at(
        self,
        environ: WSGIEnvironment,
        headers: list[tuple[str, str]],
        body: bytes,
        typed: str,
    ) -> None:
        """Note what stands in an answer; what the reader typed just now may come back."""
        path = environ["PATH_INFO"]
        cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("session")
        who = self.who(cookie.value) if cookie else None
        place = f"{environ['REQUEST_METHOD']} {path} as {who}"
        text = body.decode("utf-8", "replace")
        everything = [*((name, each.text) for name, each in CANARIES.items()), *self.secrets]
        typed = typed.replace(PASSWORD, "")  # it never comes back
        for name in found_in(text, [each for each in everything if each[1] not in typed]):
            self.seen.add((who, name))
            gave_reason = place.startswith("POST /reports/") and path.endswith("/contact")
            canary = CANARIES.get(name)
            if canary is None or not canary.may_be_seen_by(who, gave_reason=gave_reason):
                self.leaks.add(f"{name} on {place}")
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', text)
        told = [f"{name}: {value}" for name, value in headers]
        lines = "\n".join([*addresses, *told, path, environ.get("QUERY_STRING", "")])
        self.leaks.update(
            f"{name} in an address or header of {place}"
            for name in found_in(lines, [*SEALED, *self.secrets])
        )
        kept = dict(headers).get("Cache-Control", "")
        if "no-store" not in kept and not path.startswith("/static/"):
            self.kept_by_caches.add(f"{place}: {kept}")
        if body.startswith(b"PK\x03\x04"):
            self.leaks.update(f"{name} in the file of {place}" for name in readable_in(body))

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a line, with the fields of ours and the text of an exception."""
        self.lines += 1
        text = f"{logging.Formatter().format(record)} {getattr(record, 'fields', '')}"
        everything = [*((name, each.text) for name, each in CANARIES.items()), *self.secrets]
        self.leaks.update(
            f"{name} in the log of {record.name}" for name in found_in(text, everything)
        )
