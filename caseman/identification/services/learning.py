"""Learns from signed decisions when somebody asks; what comes out is a proposal, never a change.

A person takes a model into use and says why; the one before can be taken back at any time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from caseman import matching
from caseman.accounts.models import User
from caseman.audit.recorder import WORKER
from caseman.coding import N_
from caseman.database import Sessions, now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import LessonState, RunReason
from caseman.identification.errors import ReconciliationError
from caseman.identification.evidence import key_of
from caseman.identification.models import LearnedModel, ModelUse
from caseman.identification.queries.learning import (
    Decided,
    decided_pairs,
    model_in_use,
    open_lesson,
    parameters_in_use,
    was_used,
)
from caseman.identification.services.frozen import code_version
from caseman.identification.services.runs import RANK_ALL
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job, when_interrupted

LEARN = "learn"
"""The kind of the background job."""


def ask_lesson(session: Session, asker: User) -> LearnedModel:
    """Have parameters estimated anew from the decisions in force.

    Raises ``ReconciliationError`` where one is under way, or where too few pairs are identified.
    """
    if open_lesson(session) is not None:
        raise ReconciliationError(N_("Learning is under way already."))
    refuse_too_few(decided_pairs(session))
    model = LearnedModel(asked_by=asker)
    session.add(model)
    session.flush()
    enqueue(session, LEARN, {"model": model.id}, unique_key=LEARN)
    return model


def refuse_too_few(decided: Decided) -> None:
    """Raise ``ReconciliationError``, with both numbers, where there is too little to learn from."""
    if not decided.is_enough:
        raise ReconciliationError(
            N_("Learning needs at least %(needed)s identifications in force. So far: %(found)s."),
            needed=matching.LEAST_PAIRS,
            found=len(decided.identified),
        )


@long_job(LEARN)
def learn(sessions: Sessions, payload: Mapping[str, Any]) -> None:
    """Estimate parameters anew, as somebody asked."""
    learn_from_decisions(sessions, payload["model"])


@when_interrupted(LEARN)
def say_it_failed(session: Session, payload: Mapping[str, Any], is_over: bool) -> None:  # noqa: FBT001 - as registered
    """Let nobody wait for a lesson that no worker will finish."""
    model = session.get(LearnedModel, payload["model"])
    if is_over and model is not None and model.is_open:
        model.state, model.finished_at = LessonState.FAILED, now()


def learn_from_decisions(sessions: Sessions, model_id: int) -> None:
    """Estimate parameters anew and keep them as a proposal with what they change."""
    with sessions.transaction(actor=WORKER) as session:
        model = session.get_one(LearnedModel, model_id)
        if model.state in {LessonState.PROPOSED, LessonState.DISCARDED, LessonState.TOO_FEW}:
            return
        model.state = LessonState.RUNNING
    with _ending(sessions, model_id) as ended:
        ended.update(_learn(sessions, f"learned-{model_id}"))


@contextmanager
def _ending(sessions: Sessions, model_id: int) -> Iterator[dict[str, Any]]:
    """Write into the model's row how it ended: failed, where nothing else is said."""
    ended: dict[str, Any] = {"state": LessonState.FAILED}
    try:
        yield ended
    finally:
        with sessions.transaction(actor=WORKER) as session:
            model = session.get_one(LearnedModel, model_id)
            for name, value in {**ended, "finished_at": now()}.items():
                setattr(model, name, value)


def _learn(sessions: Sessions, name: str) -> dict[str, Any]:
    with sessions.read() as session:
        present, decided = parameters_in_use(session), decided_pairs(session)
        if not decided.is_enough:
            return {"state": LessonState.TOO_FEW, "identified": len(decided.identified)}
        all_remains = load_remains(session)
        persons = _persons(session, decided)
    lesson = matching.learn(
        all_remains,
        persons,
        _keys(decided.identified),
        excluded=_keys(decided.excluded),
        present=present,
        model=name,
    )
    return {
        "state": LessonState.PROPOSED,
        "code_version": code_version(),
        "began_with": key_of(present),
        "identified": lesson.same,
        "excluded": lesson.excluded,
        "scientific": decided.scientific,
        "parameters": {key: each.value for key, each in lesson.parameters.entries.items()},
        "lesson": _plain(lesson),
    }


def _persons(session: Session, decided: Decided) -> list[matching.AnteMortem]:
    """Return everybody who is sought, and who was until a decision was taken."""
    known = {person.key: person for person in load_persons(session)}
    ids = {person for _, person in (*decided.identified, *decided.excluded)}
    more = load_persons(session, [key for key in ids if str(key) not in known])
    return [*known.values(), *more]


def _keys(pairs: tuple[tuple[int, int], ...]) -> list[tuple[str, str]]:
    return [(str(remains), str(person)) for remains, person in pairs]


def _plain(lesson: matching.Lesson) -> dict[str, Any]:
    """Return what pages show of a lesson as plain values, lines by their names."""
    return {
        "drawn": lesson.drawn,
        "intercept": list(lesson.intercept),
        "weights": [asdict(each) | {"line": each.line.value} for each in lesson.weights],
        "levels": [asdict(each) | {"line": each.line.value} for each in lesson.levels],
        "before": asdict(lesson.before),
        "after": asdict(lesson.after),
    }


def take_into_use(session: Session, model: LearnedModel | None, taker: User, reason: str) -> None:
    """Have everything ranked by ``model`` from now on; None is the one of the program.

    Raises ``ReconciliationError`` where it is in use already, or is no proposal.
    """
    use = model_in_use(session)
    if (None if use is None else use.learned_model) is model:
        raise ReconciliationError(N_("This model is in use already."))
    if model is not None and model.state is not LessonState.PROPOSED:
        raise ReconciliationError(N_("Only a proposed or an earlier model can be taken into use."))
    session.add(ModelUse(learned_model=model, taken_by=taker, reason=reason))
    enqueue(session, RANK_ALL, {"reason": RunReason.ENGINE.value}, unique_key=RANK_ALL)
    session.flush()


def discard(session: Session, model: LearnedModel, discarder: User) -> None:
    """Put a proposal away for good; it stays to be seen.

    Raises ``ReconciliationError`` for a model that is, or was, in use.
    """
    if was_used(session, model) or model.state is not LessonState.PROPOSED:
        raise ReconciliationError(N_("Only a proposal that was never in use can be discarded."))
    model.state, model.discarded_by = LessonState.DISCARDED, discarder
    session.flush()
