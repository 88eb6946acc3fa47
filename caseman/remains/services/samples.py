"""Cutting samples from remains; each gets a number and an exhibit of its own."""

from dataclasses import asdict
from typing import Final

from sqlalchemy.orm import Session

from caseman.custody.codes import ExhibitKind
from caseman.custody.models import Exhibit
from caseman.database import now
from caseman.remains.codes import RemainsStatus
from caseman.remains.drafts import NewSample
from caseman.remains.models import Remains, RemainsSample
from caseman.remains.services.errors import SampleRefusedError, VoidedError
from caseman.sites.codes import NumberKind
from caseman.sites.services import format_number, next_number

BEFORE_SAMPLING: Final = frozenset(
    {
        RemainsStatus.RECOVERED,
        RemainsStatus.REGISTERED,
        RemainsStatus.UNDER_EXAMINATION,
        RemainsStatus.NO_SAMPLE,
    }
)


def cut_sample(session: Session, remains: Remains, team_id: int, new: NewSample) -> RemainsSample:
    """Record a sample; remains that had none until now count as sampled.

    Its number is the next of the feature, so that it does not tell from which remains it is.
    """
    if remains.voided_at is not None:
        raise VoidedError(remains.number)
    feature = remains.feature
    sequence = next_number(session, feature, team_id, NumberKind.SAMPLE)
    number = format_number(feature.site.code, feature.code, NumberKind.SAMPLE, sequence)
    row = RemainsSample(
        number=number,
        remains=remains,
        exhibit=Exhibit(number=number, kind=ExhibitKind.SAMPLE, site=feature.site),
        **asdict(new),
    )
    session.add(row)
    if remains.status in BEFORE_SAMPLING:
        remains.status = RemainsStatus.SAMPLED
    session.flush()
    return row


def void_sample(session: Session, sample: RemainsSample, reason: str) -> None:
    """Void a sample that was recorded by mistake; its number is never given again."""
    if sample.voided_at is not None or sample.specimen_id is not None:
        raise SampleRefusedError(sample.number)
    sample.void_reason = reason
    sample.voided_at = sample.exhibit.voided_at = now()
    session.flush()
