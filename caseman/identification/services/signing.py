"""The four signatures of a case, by four different people.

Proposer, reviewer, two deciders: four *persons*, whatever accounts or roles they hold. A
signature covers exact versions of both records; when either changes, it is void and the case
begins its next round. Where fewer than four people are there, the case waits and says so.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now
from caseman.identification.codes import Outcome, PairingState, Step, Verdict
from caseman.identification.drafts import Statement
from caseman.identification.errors import ReconciliationError, SamePersonError
from caseman.identification.models import Pairing, Signature
from caseman.identification.queries import NEXT_STEP
from caseman.identification.services.decisions import decide
from caseman.identification.services.pairings import renew_lines
from caseman.identification.services.teeth_lines import renew_teeth
from caseman.identification.services.versions import digest
from caseman.identification.words.levels import LINE_NAMES
from caseman.permissions import Permission, Scope

SHORTEST_STATEMENT = 10

STATE_AFTER = {
    Step.PROPOSER: PairingState.PROPOSED,
    Step.REVIEWER: PairingState.REVIEWED,
    Step.FIRST_DECIDER: PairingState.DECIDING,
}

PERMISSION_OF = {
    Step.PROPOSER: Permission.PAIRING_PROPOSE,
    Step.REVIEWER: Permission.PAIRING_REVIEW,
    Step.FIRST_DECIDER: Permission.PAIRING_DECIDE,
    Step.SECOND_DECIDER: Permission.PAIRING_DECIDE,
}


def sign(
    session: Session, pairing: Pairing, signer: User, statement: Statement, *, scope: Scope
) -> Signature:
    """Put ``signer``'s name under the next step of the case.

    Call ``void_if_changed`` first. Raises ``SamePersonError`` where the person has acted on the
    case before, ``ReconciliationError`` where the step, the signer's role or the statement is not
    as it must be.
    """
    step = _next_step(pairing)
    if problem := obstacle(pairing, step, scope):
        raise problem
    if step is Step.PROPOSER:
        renew_teeth(pairing)
    _check_statement(pairing, step, statement)
    signature = Signature(
        pairing=pairing,
        round=pairing.round,
        step=step,
        person_id=signer.person_id,
        user=signer,
        outcome=statement.outcome,
        basis=statement.basis,
        statement=statement.statement,
        signed_digest=digest(session, pairing),
    )
    session.add(signature)
    _advance(session, pairing, step)
    session.flush()
    return signature


def _next_step(pairing: Pairing) -> Step:
    step = NEXT_STEP.get(pairing.state)
    if step is None:
        raise ReconciliationError(N_("This case is closed: nothing is left to sign."))
    return step


def _check_statement(pairing: Pairing, step: Step, statement: Statement) -> None:
    if len(statement.statement) < SHORTEST_STATEMENT:
        raise ReconciliationError(N_("Say in a sentence what you conclude, and why."))
    if statement.outcome is Outcome.IDENTIFIED and statement.basis is None:
        raise ReconciliationError(
            N_("Say whether a primary identifier or a combination of evidence identifies.")
        )
    if step is Step.PROPOSER and (unjudged := list(_unjudged(pairing))):
        raise ReconciliationError(
            N_("Judge these lines of evidence first: %(lines)s."),
            lines=[LINE_NAMES[line] for line in unjudged],
        )


def _unjudged(pairing: Pairing) -> Iterable[str]:
    """Yield the lines that the engine finds contradictory and nobody has judged."""
    for line in pairing.lines:
        if line.engine_verdict is Verdict.CONTRADICTS and line.verdict is None:
            yield line.line


def obstacle(pairing: Pairing, step: Step, scope: Scope) -> ReconciliationError | None:
    """Return why the person of ``scope`` may not sign ``step``, or None.

    Nobody acts in two steps of one case, in whatever round, under whatever account.
    """
    if not scope.may(PERMISSION_OF[step]):
        return ReconciliationError(N_("Your role does not sign this step: %(step)s."), step=step)
    for signature in pairing.signatures:
        same_person = signature.person_id == scope.person_id
        if same_person and (signature.step is not step or signature.round == pairing.round):
            return SamePersonError(
                N_("You have already acted on this case as %(step)s. Another person must sign."),
                step=signature.step,
            )
    return None


def _advance(session: Session, pairing: Pairing, step: Step) -> None:
    signed = live_signatures(pairing)
    if step is not Step.SECOND_DECIDER:
        pairing.state = STATE_AFTER[step]
    elif _agree(signed):
        decide(session, pairing, signed[-1])
    else:
        give_back(session, pairing, N_("The two deciders do not agree."))


def _agree(signed: list[Signature]) -> bool:
    first, second = signed[-2:]
    return (first.outcome, first.basis) == (second.outcome, second.basis)


def live_signatures(pairing: Pairing) -> list[Signature]:
    """Return the signatures of the present round that are in force, in order."""
    return [
        signature
        for signature in pairing.signatures
        if signature.round == pairing.round and signature.voided_at is None
    ]


def give_back(session: Session, pairing: Pairing, reason: str) -> None:
    """Return the case to its proposer: the signatures of this round are void, and stay visible."""
    if pairing.state not in NEXT_STEP:
        raise ReconciliationError(N_("This case is closed already."))
    for signature in live_signatures(pairing):
        signature.voided_at = now()
        signature.void_reason = reason[:300]
    pairing.round += 1
    pairing.state = PairingState.RETURNED
    session.flush()


def is_changed(session: Session, pairing: Pairing) -> bool:
    """Say whether a record changed since the open case was last signed."""
    signed = live_signatures(pairing)
    if pairing.state not in NEXT_STEP or not signed:
        return False
    present = digest(session, pairing)
    return any(signature.signed_digest != present for signature in signed)


def void_if_changed(session: Session, pairing: Pairing) -> bool:
    """Void the signatures when a record changed since they were given; say whether it did."""
    if not is_changed(session, pairing):
        return False
    give_back(session, pairing, N_("A record changed after it was signed."))
    renew_lines(session, pairing)
    session.flush()
    return True
