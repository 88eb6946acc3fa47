"""Vocabulary of accounts."""

from caseman.coding import N_, Code


class AccountState(Code):
    """How far an account has come."""

    INVITED = "invited", N_("Invited")
    ACTIVE = "active", N_("Active")
    NO_SECOND_FACTOR = "no_second_factor", N_("Second factor missing")
    INACTIVE = "inactive", N_("Deactivated")


class GrantState(Code):
    """Whether a role is in force."""

    IN_FORCE = "in_force", N_("In force")
    WAITING = "waiting", N_("Waits for a second person")
    EXPIRED = "expired", N_("Expired")
    REVOKED = "revoked", N_("Revoked")
