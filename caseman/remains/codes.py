"""Vocabularies of remains (forensic-reference.md A4.3, A5, A6, A8)."""

from caseman.coding import N_, Code


class RemainsKind(Code):
    """What one numbered unit of remains is; the value is the letter in its number."""

    BODY = "B", N_("Body")
    BODY_PART = "BP", N_("Body part")
    BONE = "BN", N_("Bone")
    COMMINGLED = "CL", N_("Commingled lot")


class RemainsStatus(Code):
    """Where the work on remains stands."""

    RECOVERED = "recovered", N_("Recovered")
    REGISTERED = "registered", N_("Registered")
    UNDER_EXAMINATION = "under_examination", N_("Under examination")
    SAMPLED = "sampled", N_("Sampled")
    NO_SAMPLE = "no_sample", N_("No sample possible")
    UNIDENTIFIED = "unidentified", N_("Unidentified")
    PRESUMPTIVE = "presumptive", N_("Presumptive")
    UNDER_RECONCILIATION = "under_reconciliation", N_("Under reconciliation")
    IDENTIFIED_SCIENTIFIC = "identified_scientific", N_("Identified (scientific)")
    IDENTIFIED_COMBINED = "identified_combined", N_("Identified (combined evidence)")
    CERTIFIED = "certified", N_("Death certified")
    FAMILY_NOTIFIED = "family_notified", N_("Family notified")
    RELEASED = "released", N_("Released")
    REBURIED = "reburied", N_("Reburied")
    REOPENED = "reopened", N_("Re-opened")
    NON_HUMAN = "non_human", N_("Not human")
    HISTORIC = "historic", N_("Historic")
    NO_REMAINS = "no_remains", N_("No human remains present")


_S = RemainsStatus

IDENTIFIED = frozenset(
    {
        RemainsStatus.IDENTIFIED_SCIENTIFIC,
        RemainsStatus.IDENTIFIED_COMBINED,
        RemainsStatus.CERTIFIED,
        RemainsStatus.FAMILY_NOTIFIED,
        RemainsStatus.RELEASED,
        RemainsStatus.REBURIED,
    }
)

SET_ASIDE = frozenset({_S.NON_HUMAN, _S.HISTORIC, _S.NO_REMAINS})
"""Outcomes that end the search for a person."""

_OPEN = frozenset(
    {
        _S.UNDER_EXAMINATION,
        _S.SAMPLED,
        _S.NO_SAMPLE,
        _S.UNIDENTIFIED,
        _S.PRESUMPTIVE,
        _S.UNDER_RECONCILIATION,
    }
)

TRANSITIONS: dict[RemainsStatus, frozenset[RemainsStatus]] = {
    _S.RECOVERED: _OPEN | SET_ASIDE | {_S.REGISTERED},
    _S.REGISTERED: _OPEN | SET_ASIDE,
    _S.UNDER_EXAMINATION: _OPEN | SET_ASIDE,
    _S.SAMPLED: _OPEN | SET_ASIDE,
    _S.NO_SAMPLE: _OPEN | SET_ASIDE,
    _S.UNIDENTIFIED: _OPEN | SET_ASIDE,
    _S.PRESUMPTIVE: _OPEN,
    _S.UNDER_RECONCILIATION: _OPEN | {_S.IDENTIFIED_SCIENTIFIC, _S.IDENTIFIED_COMBINED},
    _S.IDENTIFIED_SCIENTIFIC: frozenset(
        {_S.CERTIFIED, _S.FAMILY_NOTIFIED, _S.RELEASED, _S.REOPENED}
    ),
    _S.IDENTIFIED_COMBINED: frozenset({_S.CERTIFIED, _S.FAMILY_NOTIFIED, _S.RELEASED, _S.REOPENED}),
    _S.CERTIFIED: frozenset({_S.FAMILY_NOTIFIED, _S.RELEASED, _S.REOPENED}),
    _S.FAMILY_NOTIFIED: frozenset({_S.CERTIFIED, _S.RELEASED, _S.REBURIED, _S.REOPENED}),
    _S.RELEASED: frozenset({_S.REBURIED, _S.REOPENED}),
    _S.REBURIED: frozenset({_S.REOPENED}),
    _S.REOPENED: _OPEN,
    _S.NON_HUMAN: frozenset({_S.REOPENED}),
    _S.HISTORIC: frozenset({_S.REOPENED}),
    _S.NO_REMAINS: frozenset({_S.REOPENED}),
}
"""Which status may follow which; any identification can be re-opened."""

BY_HAND = (_OPEN - {_S.UNDER_RECONCILIATION}) | SET_ASIDE | {_S.REGISTERED}
"""What an examiner sets on the record itself; the rest follows from signed decisions."""


class NumberEventKind(Code):
    """What became of a number that was given by mistake or whose remains were divided."""

    VOIDED = "voided", N_("Voided")
    MOVED = "moved", N_("Moved to another feature")
    SPLIT = "split", N_("Split")
    RESTORED = "restored", N_("Restored after being voided")


class Completeness(Code):
    """How much of a body is there."""

    COMPLETE = "complete", N_("Complete")
    NEARLY_COMPLETE = "nearly_complete", N_("Nearly complete")
    PARTIAL = "partial", N_("Partial")
    UPPER = "upper", N_("Upper part")
    LOWER = "lower", N_("Lower part")
    TRUNK = "trunk", N_("Trunk")
    HEAD = "head", N_("Head")
    LIMB = "limb", N_("Limb")
    FRAGMENTARY = "fragmentary", N_("Fragmentary")


class BodyCondition(Code):
    """State of decomposition."""

    FRESH = "fresh", N_("Fresh")
    BLOATED = "bloated", N_("Bloated")
    ACTIVE_DECAY = "active_decay", N_("Active decay")
    ADVANCED_DECAY = "advanced_decay", N_("Advanced decay")
    ADIPOCERE = "adipocere", N_("Adipocere")
    MUMMIFIED = "mummified", N_("Mummified")
    PARTLY_SKELETONISED = "partly_skeletonised", N_("Partly skeletonised")
    SKELETONISED = "skeletonised", N_("Skeletonised")
    BURNED = "burned", N_("Burned")


class BodyPosition(Code):
    """How a body lay."""

    SUPINE = "supine", N_("On the back")
    PRONE = "prone", N_("Face down")
    RIGHT_SIDE = "right_side", N_("On the right side")
    LEFT_SIDE = "left_side", N_("On the left side")
    SEATED = "seated", N_("Seated")
    KNEELING = "kneeling", N_("Kneeling")
    CROUCHED = "crouched", N_("Crouched")
    VERTICAL = "vertical", N_("Upright")
    INVERTED = "inverted", N_("Head down")
    TWISTED = "twisted", N_("Twisted")
    JUMBLED = "jumbled", N_("Jumbled")
    NOT_DETERMINABLE = "not_determinable", N_("Cannot be determined")


class Assessor(Code):
    """Whether the one who estimated has forensic training."""

    TRAINED = "trained", N_("Trained")
    LAY = "lay", N_("Not trained")


class SexMethod(Code):
    """The region or method of a sex estimate."""

    PELVIS = "pelvis", N_("Pelvis")
    SKULL = "skull", N_("Skull")
    METRIC = "metric", N_("Measurements")
    COMBINED = "combined", N_("Several methods")
    SOFT_TISSUE = "soft_tissue", N_("Soft tissue")
    DNA = "dna", N_("DNA (amelogenin)")
    OTHER = "other", N_("Other")


class AgeMethod(Code):
    """The region or method of an age estimate."""

    PELVIS = "pelvis", N_("Pelvis")
    RIBS = "ribs", N_("Ribs")
    SUTURES = "sutures", N_("Cranial sutures")
    TEETH = "teeth", N_("Teeth")
    EPIPHYSES = "epiphyses", N_("Fusion of bones")
    LONG_BONES = "long_bones", N_("Length of long bones")
    DENTAL_EPIPHYSEAL = "dental/epiphyseal", N_("Teeth and fusion of bones")
    COMBINED = "combined", N_("Several methods")
    APPEARANCE = "appearance", N_("General appearance")
    OTHER = "other", N_("Other")


class FoundNameKind(Code):
    """Where a name on or with remains was read."""

    IDENTITY_DOCUMENT = "id", N_("Identity document")
    LABEL = "label", N_("Label or grave tag")
    WITNESS = "witness", N_("Said by a witness")


class TeethState(Code):
    """Whether an absent filling can mean anything."""

    OBSERVABLE = "yes", N_("Teeth or jaws can be examined")
    NOT_OBSERVABLE = "no", N_("No teeth or jaws to examine")


class BoneSide(Code):
    """Which side of the body a bone is of."""

    LEFT = "L", N_("Left")
    RIGHT = "R", N_("Right")
    MIDDLE = "M", N_("Middle")
    UNKNOWN = "U", N_("Side not known")


class BoneState(Code):
    """How much of a bone is there (Buikstra & Ubelaker 1994, forensic-reference.md A5.3)."""

    WHOLE = "whole", N_("Whole (over ¾)")
    PART = "part", N_("Part (¼ to ¾)")
    FRAGMENT = "fragment", N_("Fragment (under ¼)")
    ABSENT = "absent", N_("Looked for, not there")
    FUSED = "fused", N_("Fused with the rest")
    """Only of a part of a young bone."""


class ReassociationState(Code):
    """How far two units are held to be of one person."""

    PROPOSED = "proposed", N_("Waits for a second signature")
    SIGNED = "signed", N_("Held to be of one person")
    UNDONE = "undone", N_("Undone")


class AgeClass(Code):
    """Of which age a loose bone is, by its growth."""

    FETAL = "fetal", N_("Unborn or newborn")
    CHILD = "child", N_("Child")
    ADOLESCENT = "adolescent", N_("Adolescent")
    ADULT = "adult", N_("Adult")


class EstimateKind(Code):
    """What of a person a method estimates."""

    SEX = "sex", N_("Sex")
    AGE = "age", N_("Age")
    STATURE = "stature", N_("Stature")


class FigureStatus(Code):
    """How far the figures of a method can be relied on; the values are the engine's."""

    SEEN = "seen", N_("read in the source")
    COMPUTED = "computed", N_("computed from open data")
    RECALLED = "recalled", N_("reference, unverified")
    LOCAL = "local", N_("given by the laboratory")


class OwnTableKind(Code):
    """What a table of an operation's own holds."""

    SIZES = "sizes", N_("Sizes of men and women")
    PHASES = "phases", N_("Ages of phases")


MOST_ALIKE = 10_000
"""Bones alike that one line of an inventory counts."""
