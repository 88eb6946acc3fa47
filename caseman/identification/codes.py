"""Vocabularies of reconciliation (field-systems.md section 3)."""

from caseman.coding import N_, Code


class PairingState(Code):
    """Where the comparison of one missing person with one unit of remains stands."""

    COMPARISON_OPEN = "comparison_open", N_("Comparison open")
    PROPOSED = "proposed", N_("Waiting for the second signature")
    REVIEWED = "reviewed", N_("Waiting for the board")
    DECIDING = "deciding", N_("Waiting for the second decider")
    IDENTIFIED = "identified", N_("Identified")
    EXCLUDED = "excluded", N_("Excluded")
    PREMATURE = "premature", N_("Insufficient to decide")
    RETURNED = "returned", N_("Returned to the proposer")
    CLOSED = "closed", N_("Closed without a decision")


OPEN_STATES = frozenset(
    {
        PairingState.COMPARISON_OPEN,
        PairingState.PROPOSED,
        PairingState.REVIEWED,
        PairingState.DECIDING,
        PairingState.RETURNED,
    }
)


class Step(Code):
    """The four signatures of a case, each by another person."""

    PROPOSER = "proposer", N_("Proposer")
    REVIEWER = "reviewer", N_("Reviewer")
    FIRST_DECIDER = "first_decider", N_("First decider")
    SECOND_DECIDER = "second_decider", N_("Second decider")


class Outcome(Code):
    """What people conclude."""

    IDENTIFIED = "identified", N_("Identified")
    EXCLUDED = "excluded", N_("Excluded")
    PREMATURE = "premature", N_("Insufficient to decide")


class Basis(Code):
    """What an identification rests on."""

    SCIENTIFIC = "scientific", N_("Primary identifier (DNA, teeth, fingerprints)")
    COMBINED = "combined", N_("Combination of evidence")


class Verdict(Code):
    """What one line of evidence says."""

    AGREES = "agrees", N_("Agrees")
    EXPLAINABLE = "explainable", N_("Explainable difference")
    CONTRADICTS = "contradicts", N_("Contradicts")
    NOT_RECORDED = "not_recorded", N_("Not recorded")


NEED_WORDS = frozenset({Verdict.CONTRADICTS, Verdict.EXPLAINABLE})
"""What nobody may say of a line of evidence without a reason in words."""


class ReleaseState(Code):
    """Where the return to the family stands."""

    PREPARED = "prepared", N_("Prepared")
    APPROVED = "approved", N_("Approved")
    RELEASED = "released", N_("Released")
    HALTED = "halted", N_("Halted")


class EffectReleaseState(Code):
    """Where the hand-over of effects on their own stands."""

    PREPARED = "prepared", N_("Prepared")
    APPROVED = "approved", N_("Approved")
    RELEASED = "released", N_("Handed over")
    HALTED = "halted", N_("Given up")
    RETURNED = "returned", N_("Came back")


STANDING_RELEASES = frozenset(
    {EffectReleaseState.PREPARED, EffectReleaseState.APPROVED, EffectReleaseState.RELEASED}
)
"""Of an effect that has left or is about to."""


class EffectReleaseBasis(Code):
    """On what ground an effect leaves without remains."""

    RECOGNISED = "recognised", N_("A relative recognised it")
    IDENTIFIED = "identified", N_("It belongs to a person who is identified")
    AUTHORITY = "authority", N_("A court or another authority asks for it")
    OTHER = "other", N_("Something else")


class NotificationManner(Code):
    """How a family was told. Never in writing only, never online."""

    VISIT = "visit", N_("Visit at home")
    OFFICE = "office", N_("Meeting at the office")
    TELEPHONE = "telephone", N_("Telephone call")


class RunState(Code):
    """Where a ranking of everything stands."""

    WAITING = "waiting", N_("Waiting for the worker")
    RUNNING = "running", N_("Running")
    DONE = "done", N_("Ranked")
    CANCELLED = "cancelled", N_("Cancelled")
    FAILED = "failed", N_("Failed")


class LessonState(Code):
    """Where learning from decisions stands."""

    WAITING = "waiting", N_("Waiting for the worker")
    RUNNING = "running", N_("Running")
    PROPOSED = "proposed", N_("Learnt")
    DISCARDED = "discarded", N_("Discarded")
    TOO_FEW = "too_few", N_("Too few decided pairs")
    FAILED = "failed", N_("Failed")


class RunReason(Code):
    """Why everything is ranked."""

    FIRST = "first", N_("Nothing was ranked yet")
    CHANGES = "changes", N_("Many records had changed")
    ENGINE = "engine", N_("The program's formulas or parameters changed")
    ASKED = "asked", N_("Asked for")


class LikenessRelation(Code):
    """What two profiles may be of each other; values as in the engine."""

    SAME = "same person", N_("The same person")
    PARENT_CHILD = "parent and child", N_("Parent and child")
    SIBLINGS = "full siblings", N_("Brothers or sisters")


class LikenessVerdict(Code):
    """What people made of two profiles that are alike."""

    REASSOCIATION = "reassociation", N_("One person or one family: to be examined")
    CONTAMINATION = "contamination", N_("Contamination confirmed: the runs are set aside")
    NOTHING = "nothing", N_("No: nothing follows from it")


class RecognitionAnswer(Code):
    """What somebody who looked said of one picture."""

    RECOGNISED = "recognised", N_("Recognised")
    SIMILAR = "similar", N_("Similar")
    NOT_RECOGNISED = "not_recognised", N_("Not recognised")
