"""What is observed on remains: each change says when the evidence changed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from caseman.database import now
from caseman.media.models import MediaFile
from caseman.remains.codes import EstimateKind
from caseman.remains.drafts import (
    CameraPlace,
    NameFound,
    NewMark,
    NewPhotograph,
    Profile,
    Recovery,
    Tooth,
)
from caseman.remains.models import (
    BiologicalProfile,
    FoundName,
    Mark,
    RecoveryEvent,
    Remains,
    RemainsPhotograph,
    ToothFinding,
)
from caseman.remains.queries import lesions_kept_as, sources_of
from caseman.remains.services.errors import VoidedError
from caseman.remains.services.registering import profile_columns, recovery_columns

OF = {
    EstimateKind.SEX: ("sex",),
    EstimateKind.AGE: ("age_min", "age_max"),
    EstimateKind.STATURE: ("stature_cm", "stature_min_cm", "stature_max_cm"),
}
"""The columns of the profile that an estimate stands behind."""


def must_stand(remains: Remains) -> None:
    """Refuse a change to a voided number."""
    if remains.voided_at is not None:
        raise VoidedError(remains.number)


def touch(remains: Remains) -> None:
    """Note that what bears on identification has changed here.

    Candidates are ranked anew and signatures given before fall; a voided number refuses.
    """
    must_stand(remains)
    remains.evidence_changed_at = now()


def record_recovery(session: Session, remains: Remains, recovery: Recovery) -> None:
    """Write down how the find was lifted, in the place of what was written before."""
    touch(remains)
    if remains.recovery is None:
        remains.recovery = RecoveryEvent()
    _set(remains.recovery, recovery_columns(recovery))
    session.flush()


def place(
    session: Session, remains: Remains, east: float, north: float, depth: float | None = None
) -> None:
    """Write down where a find lay, in metres from the datum; a depth that is not told stays."""
    touch(remains)
    if remains.recovery is None:
        remains.recovery = RecoveryEvent()
    remains.recovery.grid_e_m, remains.recovery.grid_n_m = east, north
    if depth is not None:
        remains.recovery.depth_m = depth
    session.flush()


def examine(session: Session, remains: Remains, profile: Profile) -> None:
    """Write down the biological profile, in the place of the profile before."""
    touch(remains)
    if remains.profile is None:
        remains.profile = BiologicalProfile()
    told = remains.profile
    before = {about: [getattr(told, name) for name in names] for about, names in OF.items()}
    _set(told, profile_columns(profile))
    for source in sources_of(session, remains):
        if [getattr(told, name) for name in OF[source.about]] != before[source.about]:
            session.delete(source)
    session.flush()


def chart_teeth(session: Session, remains: Remains, teeth: Iterable[Tooth]) -> None:
    """Make the chart hold exactly ``teeth``; what has not changed leaves no trace."""
    touch(remains)
    wanted = {tooth.fdi: tooth for tooth in teeth}
    charted = {finding.fdi: finding for finding in remains.teeth}
    for fdi in charted.keys() - wanted.keys():
        remains.teeth.remove(charted[fdi])
        session.delete(charted[fdi])
    for fdi, tooth in sorted(wanted.items()):
        if fdi in charted:
            _set(charted[fdi], asdict(tooth))
        else:
            remains.teeth.append(ToothFinding(**asdict(tooth)))
    session.flush()


def add_mark(session: Session, remains: Remains, new: NewMark) -> Mark:
    """Record a mark, healed injury or implant."""
    touch(remains)
    mark = Mark(**asdict(new))
    remains.marks.append(mark)
    session.flush()
    return mark


def remove_mark(session: Session, mark: Mark) -> None:
    """Take back a mark that is not there; the trail keeps it."""
    touch(mark.remains)
    for lesion in lesions_kept_as(session, mark):
        lesion.mark_id = None
    mark.remains.marks.remove(mark)
    session.delete(mark)
    session.flush()


def add_found_name(session: Session, remains: Remains, new: NameFound) -> FoundName:
    """Record a name read on or with the remains."""
    touch(remains)
    name = FoundName(**asdict(new))
    remains.found_names.append(name)
    session.flush()
    return name


def remove_found_name(session: Session, name: FoundName) -> None:
    """Take back a name that was recorded by mistake; the trail keeps it."""
    touch(name.remains)
    name.remains.found_names.remove(name)
    session.delete(name)
    session.flush()


def attach_photograph(
    session: Session, remains: Remains, file: MediaFile, new: NewPhotograph
) -> RemainsPhotograph:
    """Put a photograph on the record; sent a second time, only what is said of it changes."""
    touch(remains)
    for photograph in remains.photographs:
        if photograph.media_file is file:
            _set(photograph, asdict(new))
            break
    else:
        photograph = RemainsPhotograph(media_file=file, **asdict(new))
        remains.photographs.append(photograph)
    session.flush()
    return photograph


def place_photograph(photograph: RemainsPhotograph, place: CameraPlace) -> None:
    """Write down where the camera stood; what was written before stays in the trail."""
    touch(photograph.remains)
    _set(photograph, asdict(place))


def _set(row: object, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
