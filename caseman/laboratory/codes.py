"""Vocabularies of the laboratory."""

from caseman.coding import N_, Code


class SourceKind(Code):
    """Whose DNA a code stands for; never who."""

    REMAINS = "remains", N_("Remains")
    RELATIVE = "relative", N_("Relative")
    DIRECT = "direct", N_("The missing person's own")
    STAFF = "staff", N_("Staff, to rule out contamination")


class SampleMaterial(Code):
    """What a sample is of."""

    BONE = "bone", N_("Bone")
    TOOTH = "tooth", N_("Tooth")
    SOFT_TISSUE = "soft_tissue", N_("Soft tissue")
    NAIL = "nail", N_("Nail")
    HAIR = "hair", N_("Hair with roots")
    SWAB = "swab", N_("Cheek swab")
    BLOOD = "blood", N_("Blood on a card")
    SALIVA = "saliva", N_("Saliva")
    TOOTHBRUSH = "toothbrush", N_("Toothbrush")
    RAZOR = "razor", N_("Razor or comb")
    MEDICAL = "medical", N_("Tissue kept by a hospital")
    MILK_TOOTH = "milk_tooth", N_("Milk tooth kept by the family")
    OTHER = "other", N_("Something else")


_M = SampleMaterial

OF_REMAINS = (_M.BONE, _M.TOOTH, _M.SOFT_TISSUE, _M.NAIL, _M.HAIR, _M.OTHER)
"""What is cut from remains."""
OF_PEOPLE = (_M.SWAB, _M.BLOOD, _M.SALIVA, _M.HAIR)
"""What a living relative gives."""
OWN = (_M.TOOTHBRUSH, _M.RAZOR, _M.MEDICAL, _M.MILK_TOOTH, _M.HAIR, _M.BLOOD, _M.OTHER)
"""What is left of the missing person at home or in a hospital."""


class SpecimenStatus(Code):
    """How far a coded sample is."""

    CODED = "coded", N_("Coded, not sent yet")
    SENT = "sent", N_("On the way to the laboratory")
    RECEIVED = "received", N_("Received by the laboratory")
    EXTRACTED = "extracted", N_("DNA extracted")
    TYPED = "typed", N_("Typed, not verified yet")
    RESULT = "result", N_("Result")
    NO_RESULT = "no_result", N_("No result")
    REFUSED = "refused", N_("Not accepted by the laboratory")
    WITHDRAWN = "withdrawn", N_("Consent withdrawn")


_S = SpecimenStatus

STEPS: dict[SpecimenStatus, frozenset[SpecimenStatus]] = {
    _S.CODED: frozenset({_S.SENT}),
    _S.SENT: frozenset({_S.RECEIVED, _S.REFUSED}),
    _S.RECEIVED: frozenset({_S.EXTRACTED, _S.NO_RESULT, _S.REFUSED}),
    _S.EXTRACTED: frozenset({_S.TYPED, _S.NO_RESULT}),
    _S.TYPED: frozenset({_S.RESULT, _S.NO_RESULT, _S.EXTRACTED}),
    _S.RESULT: frozenset({_S.EXTRACTED}),
    _S.NO_RESULT: frozenset({_S.EXTRACTED}),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
"""Which step may follow which; DNA is extracted again where a result failed or must be repeated."""

BY_HAND = frozenset({_S.RECEIVED, _S.EXTRACTED, _S.NO_RESULT, _S.REFUSED})
"""What an analyst says; that a tube left, was typed or has a result follows from what is done."""

NEEDS_REASON = frozenset({_S.NO_RESULT, _S.REFUSED})


class RunState(Code):
    """How far a run of a kit is."""

    WAITING = "waiting", N_("Waiting for a second analyst")
    VERIFIED = "verified", N_("Verified")
    REJECTED = "rejected", N_("Rejected")
    SET_ASIDE = "set_aside", N_("Contaminated, set aside")


class ConsensusRule(Code):
    """Why a marker of a profile stands as it does; values as in ``reading.consensus.Rule``."""

    ONE_RUN = "one_run", N_("Seen in one run only")
    AGREED = "agreed", N_("Seen in two runs or more")
    PARTIAL = "partial", N_("One allele; its partner may have dropped out")
    UNREPEATED = "unrepeated", N_("Left out: no allele was seen twice")
    TOO_MANY = "too_many", N_("Left out: more than two alleles")


MAY_DROP_OUT = frozenset({SourceKind.REMAINS, SourceKind.DIRECT})
"""Sources so old or so little that an allele may be missing from a run."""


class Threshold(Code):
    """From which posterior probability on a laboratory calls a DNA result a match, in per cent."""

    USUAL = "99.90", N_("99.90 %")
    STRICT = "99.95", N_("99.95 %")
    STRICTEST = "99.99", N_("99.99 %")

    @property
    def probability(self) -> float:
        """The same as a number from 0 to 1."""
        return float(self.value) / 100


class MutationKind(Code):
    """How alleles are taken to change between parent and child; values as in the engine."""

    NONE = "none", N_("None: one step apart excludes")
    PROPORTIONAL = "proportional", N_("To any allele, by its frequency")
    EQUAL = "equal", N_("To any allele alike")
    STEPWISE = "stepwise", N_("Step by step, near ones more often")


class MinimumRule(Code):
    """How rare an allele can be at most, seen or not."""

    FIVE_SEEN = "five_seen", N_("As if it had been seen five times: 5/2N")
    FIXED = "fixed", N_("A fixed frequency")


class Tie(Code):
    """What one person is to another in words; values as in ``reading.kinship.Tie``."""

    PARENT = "parent", N_("parent")
    CHILD = "child", N_("child")
    SIBLING = "sibling", N_("brother or sister")
    ONE_PARENT = "one_parent", N_("shares one parent that is named")
    GRANDPARENT = "grandparent", N_("grandparent")
    GRANDCHILD = "grandchild", N_("grandchild")
    FURTHER = "further", N_("related in another way")
    NONE = "none", N_("not related")


class ConsentManner(Code):
    """How consent was given."""

    SIGNED = "signed", N_("Signed")
    FINGERPRINT = "fingerprint", N_("By fingerprint, after it was read out")
    SPOKEN = "spoken", N_("Spoken, before a witness")
