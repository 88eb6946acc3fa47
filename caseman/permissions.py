"""Who may do what: pure data (security.md section 4).

A permission is ``resource:action``. A role holds a set of them; everything not granted is refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from caseman.coding import N_, Code


class Permission(StrEnum):
    """One entry for each guarded action."""

    PUBLIC = "public:visit"
    """Pages without an account: sign-in, health, the family's own pages."""
    SIGNED_IN = "account:self"
    """The signed-in person's own account pages."""

    SITE_READ = "site:read"
    SITE_WRITE = "site:write"
    SITE_ASSIGN = "site:assign"
    """Which teams work on a site, and so see it."""
    POSITION_READ = "position:read"
    """Exact places of unopened graves (class P3)."""
    INCIDENT_READ = "incident:read"
    """What happened, and to which graves it led; not who told of it."""
    INCIDENT_WRITE = "incident:write"
    REMAINS_READ = "remains:read"
    REMAINS_WRITE = "remains:write"
    EXAMINATION_WRITE = "examination:write"
    METHOD_WRITE = "method:write"
    """The equations that an operation has of its own: add one, or retire it."""
    CUSTODY_READ = "custody:read"
    CUSTODY_TRANSFER = "custody:transfer"
    REPORT_READ = "report:read"
    REPORT_WRITE = "report:write"
    REPORT_LIST = "report:list"
    """Name search and the list of missing persons."""
    REPORT_SHARE = "report:share"
    """Opening a report to a partner as the family consents, and closing it again."""
    REPORT_READ_SHARED = "report:read-shared"
    """Only the reports that a family opened to the reader's own team."""
    CONTACT_READ = "contact:read"
    """Informants, their contacts and whereabouts (class P3)."""
    CONTACT_UNMASK = "contact:unmask"
    LABORATORY_READ = "laboratory:read"
    """Coded samples and how far they are; no names, no case numbers."""
    LABORATORY_WRITE = "laboratory:write"
    LABORATORY_SETTINGS = "laboratory:settings"
    """Which frequencies DNA is weighed by, and from when on a result counts as a match."""
    GENOTYPE_READ = "genotype:read"
    """Alleles, under codes."""
    GENOTYPE_EXPORT = "genotype:export"
    """Ask that genotypes leave under codes, and fetch them once a second person released them."""
    GENOTYPE_RELEASE = "genotype:release"
    """Release what somebody else asked to take out, or refuse it; without seeing an allele."""
    CODE_LINK = "code:link"
    """Which sample a code stands for: never together with work in the laboratory."""
    CANDIDATE_READ = "candidate:read"
    DNA_READ = "dna:read"
    """What DNA says of a pair: likelihood ratios and relatives used, never an allele."""
    RANKING_READ = "ranking:read"
    """When everything was ranked, with what, and how far it is: counts, no cases."""
    RANKING_RUN = "ranking:run"
    """Have everything ranked, or stop it."""
    MODEL_READ = "model:read"
    """What was learnt from decisions, in counts that name nobody, and which model is in use."""
    MODEL_LEARN = "model:learn"
    """Have parameters estimated anew from decisions: a proposal."""
    MODEL_USE = "model:use"
    """Take a proposed or an earlier model into use, or discard a proposal."""
    PRIOR_SET = "prior:set"
    """Say how likely it is that a person found at a site is reported at all."""
    QUALITY_READ = "quality:read"
    """How good the ranking was, in counts that name nobody."""
    PAIRING_PROPOSE = "pairing:propose"
    PAIRING_REVIEW = "pairing:review"
    PAIRING_DECIDE = "pairing:decide"
    IDENTIFICATION_REVOKE = "identification:revoke"
    RELEASE_PREPARE = "release:prepare"
    RELEASE_APPROVE = "release:approve"
    RELEASE_RECORD = "release:record"
    FAMILY_NOTIFY = "family:notify"
    IMPORT = "records:import"
    EXPORT = "records:export"
    DASHBOARD_READ = "dashboard:read"
    """How far the work on remains is, in counts by site and month: no cases."""
    AUDIT_READ = "audit:read"
    ACCESS_READ = "access:read"
    USER_MANAGE = "user:manage"
    SENSITIVE_GRANT = "grant:confirm"
    """Second signature for a sensitive role or a lost second factor."""
    SETTINGS_MANAGE = "settings:manage"


class Role(Code):
    """What a person does in the project."""

    RECORDER = "recorder", N_("Recovery recorder")
    EXAMINER = "examiner", N_("Anthropologist or odontologist")
    DNA_ANALYST = "dna_analyst", N_("DNA analyst")
    INTAKE = "intake", N_("Family intake")
    REVIEWER = "reviewer", N_("Reviewer")
    BOARD = "board", N_("Identification board")
    STEWARD = "steward", N_("Data steward")
    AUDITOR = "auditor", N_("Auditor")
    PARTNER = "partner", N_("Partner organisation")
    ADMINISTRATOR = "administrator", N_("Administrator")


P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RECORDER: frozenset(
        {
            P.SITE_READ,
            P.SITE_WRITE,
            P.POSITION_READ,
            P.INCIDENT_READ,
            P.INCIDENT_WRITE,
            P.REMAINS_READ,
            P.REMAINS_WRITE,
            P.CUSTODY_READ,
            P.CUSTODY_TRANSFER,
            P.IMPORT,
            P.DASHBOARD_READ,
        }
    ),
    Role.EXAMINER: frozenset(
        {
            P.SITE_READ,
            P.POSITION_READ,
            P.INCIDENT_READ,
            P.REMAINS_READ,
            P.REMAINS_WRITE,
            P.EXAMINATION_WRITE,
            P.METHOD_WRITE,
            P.CUSTODY_READ,
            P.CUSTODY_TRANSFER,
            P.IMPORT,
            P.DASHBOARD_READ,
        }
    ),
    Role.DNA_ANALYST: frozenset(
        {
            P.CUSTODY_READ,
            P.CUSTODY_TRANSFER,
            P.LABORATORY_READ,
            P.LABORATORY_WRITE,
            P.LABORATORY_SETTINGS,
            P.GENOTYPE_READ,
            P.GENOTYPE_EXPORT,
        }
    ),
    # Nothing post-mortem, not even a count: whoever speaks with families must not let slip any.
    Role.INTAKE: frozenset({P.REPORT_READ, P.REPORT_WRITE, P.REPORT_LIST, P.CONTACT_READ}),
    Role.REVIEWER: frozenset(
        {
            P.SITE_READ,
            P.POSITION_READ,
            P.INCIDENT_READ,
            P.INCIDENT_WRITE,
            P.REMAINS_READ,
            P.CUSTODY_READ,
            P.REPORT_READ,
            P.REPORT_LIST,
            P.CONTACT_UNMASK,
            P.LABORATORY_READ,
            P.CODE_LINK,
            P.CANDIDATE_READ,
            P.DNA_READ,
            P.RANKING_READ,
            P.RANKING_RUN,
            P.MODEL_READ,
            P.MODEL_LEARN,
            P.PAIRING_PROPOSE,
            P.PAIRING_REVIEW,
            P.RELEASE_PREPARE,
            P.DASHBOARD_READ,
        }
    ),
    Role.BOARD: frozenset(
        {
            P.SITE_READ,
            P.POSITION_READ,
            P.INCIDENT_READ,
            P.REMAINS_READ,
            P.CUSTODY_READ,
            P.REPORT_READ,
            P.REPORT_LIST,
            P.CANDIDATE_READ,
            P.DNA_READ,
            P.RANKING_READ,
            P.QUALITY_READ,
            P.MODEL_READ,
            P.MODEL_LEARN,
            P.MODEL_USE,
            P.PAIRING_DECIDE,
            P.IDENTIFICATION_REVOKE,
            P.RELEASE_APPROVE,
            P.SENSITIVE_GRANT,
            P.DASHBOARD_READ,
        }
    ),
    Role.STEWARD: frozenset(
        {
            P.SITE_READ,
            P.SITE_ASSIGN,
            P.POSITION_READ,
            P.INCIDENT_READ,
            P.INCIDENT_WRITE,
            P.REMAINS_READ,
            P.CUSTODY_READ,
            P.REPORT_READ,
            P.REPORT_WRITE,
            P.REPORT_LIST,
            P.REPORT_SHARE,
            P.CONTACT_READ,
            P.LABORATORY_READ,
            P.LABORATORY_SETTINGS,
            P.CODE_LINK,
            P.GENOTYPE_RELEASE,
            P.CANDIDATE_READ,
            P.PRIOR_SET,
            P.RELEASE_RECORD,
            P.FAMILY_NOTIFY,
            P.IMPORT,
            P.EXPORT,
            P.SENSITIVE_GRANT,
            P.DASHBOARD_READ,
        }
    ),
    Role.AUDITOR: frozenset(
        {P.AUDIT_READ, P.ACCESS_READ, P.DASHBOARD_READ, P.QUALITY_READ, P.MODEL_READ}
    ),
    # A partner reads only what a family's consent opens to that partner.
    Role.PARTNER: frozenset({P.REPORT_READ_SHARED}),
    Role.ADMINISTRATOR: frozenset(
        {P.USER_MANAGE, P.SETTINGS_MANAGE, P.RANKING_READ, P.RANKING_RUN}
    ),
}

SENSITIVE_ROLES = frozenset({Role.DNA_ANALYST, Role.BOARD, Role.STEWARD})
"""Granted by two people, for twelve months at most (security.md, S8)."""

BLIND_ROLES = frozenset({Role.DNA_ANALYST})
"""Work on codes, and so never beside a role that reads names or case files (security.md, S9)."""

CASE_ROLES = frozenset(Role) - {Role.ADMINISTRATOR, Role.AUDITOR}
"""An administrator holds none of these, nor does an auditor (security.md, S4 and S5)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one signed-in person may see; every query for protected rows takes it.

    ``operation_ids`` are the operations the person works in, ``whole_operation_ids`` those of
    which a team of theirs covers every site, ``team_ids`` decide single site assignments.
    """

    user_id: int | None = None
    person_id: int | None = None
    permissions: frozenset[Permission] = frozenset()
    team_ids: frozenset[int] = frozenset()
    operation_ids: frozenset[int] = frozenset()
    whole_operation_ids: frozenset[int] = frozenset()
    everything: bool = False
    """Only for the operator's own commands and the worker, never for a web request."""

    def may(self, permission: Permission) -> bool:
        """Say whether ``permission`` is held."""
        return self.everything or permission in self.permissions


NOBODY = Scope()
OPERATOR = Scope(everything=True)
"""The scope of the command line and of background jobs."""


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """Return every permission that ``roles`` together hold."""
    return frozenset().union(*(GRANTS[role] for role in roles))
