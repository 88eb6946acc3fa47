"""Reads of models: which one is in use, what was learnt, and which decisions teach."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman import matching
from caseman.identification.codes import Basis, LessonState, Outcome
from caseman.identification.models import Decision, LearnedModel, ModelUse
from caseman.remains.models import Remains


class Decided(NamedTuple):
    """Pairs (remains id, person id) that people decided, the decisions in force."""

    identified: tuple[tuple[int, int], ...]
    excluded: tuple[tuple[int, int], ...]
    scientific: int
    """Identifications that rest on a primary identifier."""

    @property
    def is_enough(self) -> bool:
        """Whether anything can be learnt from so many."""
        return len(self.identified) >= matching.LEAST_PAIRS


def decided_pairs(session: Session) -> Decided:
    """Return the decided pairs in their order, those of voided remains left out."""
    pairs = (
        sa.select(Decision.outcome, Decision.basis, Decision.remains_id, Decision.missing_person_id)
        .join(Remains, Remains.id == Decision.remains_id)
        .where(Decision.revoked_at.is_(None), Remains.voided_at.is_(None))
        .order_by(Decision.id)
    )
    rows = session.execute(pairs).all()
    identified = [row for row in rows if row.outcome is Outcome.IDENTIFIED]
    return Decided(
        identified=tuple(dict.fromkeys((row[2], row[3]) for row in identified)),
        excluded=tuple(
            dict.fromkeys((row[2], row[3]) for row in rows if row.outcome is Outcome.EXCLUDED)
        ),
        scientific=sum(row.basis is Basis.SCIENTIFIC for row in identified),
    )


def model_in_use(session: Session) -> ModelUse | None:
    """Return who took the present model into use; None where nobody ever took another."""
    last = sa.select(ModelUse).order_by(ModelUse.id.desc()).limit(1)
    return session.scalar(last.options(joinedload(ModelUse.learned_model)))


def parameters_in_use(session: Session) -> matching.Parameters:
    """Return the parameters that records are to be ranked by now."""
    use = model_in_use(session)
    if use is None or use.learned_model is None:
        return matching.DAY_ONE
    return parameters_of(use.learned_model)


def parameters_of(model: LearnedModel) -> matching.Parameters:
    """Return learnt parameters; what the program has come to need since is as on day one."""
    given = matching.DAY_ONE.entries
    learnt = {
        name: matching.Parameter(value, matching.Status.FITTED, model.name)
        for name, value in model.parameters.items()
        if name not in given or value != given[name].value
    }
    return matching.DAY_ONE.replace(learnt, model=model.name)


def was_used(session: Session, model: LearnedModel) -> bool:
    """Say whether ``model`` is in use, or ever was."""
    statement = sa.select(ModelUse.id).where(ModelUse.learned_model_id == model.id).limit(1)
    return session.scalar(statement) is not None


def uses(session: Session) -> Sequence[ModelUse]:
    """Return the last fifty times that a model was taken into use, the last one first."""
    statement = sa.select(ModelUse).order_by(ModelUse.id.desc()).limit(50)
    options = (joinedload(ModelUse.learned_model), joinedload(ModelUse.taken_by))
    return session.scalars(statement.options(*options)).all()


def learned_models() -> sa.Select[LearnedModel]:
    """Return the selection of everything that was asked to be learnt."""
    return sa.select(LearnedModel).options(joinedload(LearnedModel.asked_by))


def open_lesson(session: Session) -> LearnedModel | None:
    """Return the lesson that waits or is being computed."""
    states = (LessonState.WAITING, LessonState.RUNNING)
    statement = sa.select(LearnedModel).where(LearnedModel.state.in_(states))
    return session.scalar(statement.order_by(LearnedModel.id.desc()).limit(1))
