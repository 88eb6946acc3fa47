"""Vocabularies of missing persons and reports (matching.md 9; design.md 4)."""

from caseman.coding import N_, Code, Sex


class MissingPersonStatus(Code):
    """Where a search stands. Nobody is presumed dead."""

    REPORTED = "reported", N_("Reported")
    INCOMPLETE = "incomplete", N_("Information incomplete")
    COMPLETE = "complete", N_("Information complete")
    REFERENCES_INSUFFICIENT = "references_insufficient", N_("More reference samples needed")
    REFERENCES_SUFFICIENT = "references_sufficient", N_("Enough reference samples")
    SOUGHT = "sought", N_("Being looked for")
    LOCATED_ALIVE = "located_alive", N_("Located alive")
    LOCATED_DEAD = "located_dead", N_("Located, identified")
    CLOSED_DUPLICATE = "closed_duplicate", N_("Closed: the same person as another")
    CLOSED_WITHDRAWN = "closed_withdrawn", N_("Closed: withdrawn")
    CLOSED_OUT_OF_SCOPE = "closed_out_of_scope", N_("Closed: outside this operation")


OPEN_STATUSES = frozenset(
    {
        MissingPersonStatus.REPORTED,
        MissingPersonStatus.INCOMPLETE,
        MissingPersonStatus.COMPLETE,
        MissingPersonStatus.REFERENCES_INSUFFICIENT,
        MissingPersonStatus.REFERENCES_SUFFICIENT,
        MissingPersonStatus.SOUGHT,
    }
)
"""Statuses in which a person is a possible candidate for remains."""

CLOSING = (
    MissingPersonStatus.LOCATED_ALIVE,
    MissingPersonStatus.CLOSED_DUPLICATE,
    MissingPersonStatus.CLOSED_WITHDRAWN,
    MissingPersonStatus.CLOSED_OUT_OF_SCOPE,
)
"""How a person may close a search by hand; that somebody is dead only an identification says."""


class Channel(Code):
    """How a report reached us."""

    STAFF = "staff", N_("Taken by staff")
    PUBLIC_FORM = "public_form", N_("Sent by the family")
    IMPORT = "import", N_("Imported")
    PAPER = "paper", N_("Paper form")


class Interview(Code):
    """How somebody of the office heard what a report says."""

    IN_PERSON = "in_person", N_("Face to face")
    PHONE = "phone", N_("On the phone")
    MESSAGE = "message", N_("By messages or a recording")
    THROUGH_OTHERS = "through_others", N_("Through somebody else")


class Relation(Code):
    """What the informant is to the missing person."""

    FATHER = "father", N_("Father")
    MOTHER = "mother", N_("Mother")
    SPOUSE = "spouse", N_("Husband or wife")
    SON = "son", N_("Son")
    DAUGHTER = "daughter", N_("Daughter")
    BROTHER = "brother", N_("Brother")
    SISTER = "sister", N_("Sister")
    GRANDPARENT = "grandparent", N_("Grandparent")
    GRANDCHILD = "grandchild", N_("Grandchild")
    UNCLE_AUNT = "uncle_aunt", N_("Uncle or aunt")
    COUSIN = "cousin", N_("Cousin")
    OTHER_RELATIVE = "other_relative", N_("Other relative")
    NEIGHBOUR = "neighbour", N_("Neighbour")
    FRIEND = "friend", N_("Friend")
    COLLEAGUE = "colleague", N_("Colleague")
    OTHER = "other", N_("Someone else")


class StatureWord(Code):
    """Height told in words."""

    SHORT = "short", N_("Short")
    MEDIUM = "medium", N_("Medium height")
    TALL = "tall", N_("Tall")


class PlacePrecision(Code):
    """How exactly the place of last sight is known."""

    EXACT = "exact", N_("Exact place")
    TOWN = "town", N_("Town or district")
    NONE = "none", N_("Not known")


class Circumstance(Code):
    """In what situation the person was last seen."""

    ATTACK = "attack", N_("Attack or air strike")
    ARREST = "arrest", N_("Arrest or abduction")
    FLIGHT = "flight", N_("While fleeing")
    FIGHTING = "fighting", N_("Fighting")
    OTHER = "other", N_("Something else")


class DatePrecision(Code):
    """How a date was told."""

    DAY = "day", N_("A day")
    MONTH = "month", N_("A month")
    SEASON = "season", N_("A season")
    YEAR = "year", N_("A year")
    INTERVAL = "interval", N_("Between two dates")


class TriageState(Code):
    """What has been done with an incoming report."""

    NEW = "new", N_("New")
    ACCEPTED = "accepted", N_("Accepted")
    CALL_BACK = "call_back", N_("Call back")
    DUPLICATE = "duplicate", N_("About somebody reported before")
    OUT_OF_SCOPE = "out_of_scope", N_("Outside this operation")
    ABUSIVE = "abusive", N_("Not a real report")


class SameFinding(Code):
    """What people made of two missing persons who may be one."""

    SAME = "same", N_("The same person")
    TWO = "two", N_("Two persons")


class SafeChannel(Code):
    """By what way a family may be reached without danger."""

    CALL = "call", N_("Telephone call")
    MESSAGE = "message", N_("A message first, then a call")
    THROUGH = "through", N_("Through somebody they trust")
    VISIT = "visit", N_("A visit")


BY_TELEPHONE = frozenset({SafeChannel.CALL, SafeChannel.MESSAGE})
"""Ways in which somebody calls."""


class CallTurn(Code):
    """Whether a family may be called, by its own rules."""

    NOW = "now", N_("May be called now")
    LATER = "later", N_("Later")
    OTHERWISE = "otherwise", N_("Not by telephone")
    UNCLEAR = "unclear", N_("To be cleared up first")


class CallReason(Code):
    """Why somebody is called."""

    RESULT = "result", N_("A result to be told by a person")
    CALL_BACK = "call_back", N_("To be called back")
    QUESTION = "question", N_("What would help most is not told yet")


class CallOutcome(Code):
    """What came of a call."""

    REACHED = "reached", N_("Reached")
    LATER = "later", N_("Reached, and asked to be called later")
    NOBODY = "nobody", N_("Nobody answered")
    SOMEBODY_ELSE = "somebody_else", N_("Somebody else answered; nothing was said")
    WRONG_NUMBER = "wrong_number", N_("Wrong number")


class CallNext(Code):
    """What is to be done after a call."""

    NOTHING = "nothing", N_("Nothing more for now")
    AGAIN = "again", N_("Call again")
    NEVER = "never", N_("Never call again: the family asks for it")


class AdditionKind(Code):
    """What a family did with its report after it was sent, besides adding to it."""

    CORRECTED = "corrected", N_("Corrected its answers")
    WITHDREW = "withdrew", N_("Withdrew the report")
    CHANGED_CONSENT = "changed_consent", N_("Changed who may read it, or how to reach them")


class ConsentPurpose(Code):
    """What a family lets others do with its report; the report itself is for the search alone."""

    PARTNER = "partner", N_("A partner reads it")
    COMMISSION = "commission", N_("The national commission for missing persons")
    ICRC = "icrc", N_("The Red Cross and Red Crescent (ICRC)")
    ICMP = "icmp", N_("The International Commission on Missing Persons (ICMP)")
    COURT = "court", N_("A court or prosecutor")
    APPEAL = "appeal", N_("Everybody, in a public appeal")
    DNA = "dna", N_("DNA of relatives is compared")


RECIPIENTS = (
    ConsentPurpose.COMMISSION,
    ConsentPurpose.ICRC,
    ConsentPurpose.ICMP,
    ConsentPurpose.COURT,
    ConsentPurpose.APPEAL,
)
"""To whom a file may go, as far as families agree; partners are named one by one."""


class NameSlot(Code):
    """The place of a token in a name."""

    GIVEN = "given", N_("Given name")
    FATHER = "father", N_("Father's name")
    GRANDFATHER = "grandfather", N_("Grandfather's name")
    FAMILY = "family", N_("Family name")
    MOTHER = "mother", N_("Mother's name")
    OTHER = "other", N_("Other name")


class YesNo(Code):
    """An answer to a plain question."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")


class FamilyStage(Code):
    """What a family is told online about where their report stands.

    It follows how far the report has been read and nothing else: what was found, matched or
    decided never shows here, not even by a stage that changes or stops changing. People tell it.
    """

    RECEIVED = "received", N_("We have your report. It has not been read yet.")
    READ = "read", N_("We have read your report, and it is part of the search.")
    CALL = "call", N_("We have read your report and would like to talk with you.")
    WITHDRAWN = "withdrawn", N_("You have withdrawn your report. It is not used any more.")


class Kin(Code):
    """What a member of the family tree is to the missing person."""

    SELF = "self", N_("The missing person: own things, old samples")
    FATHER = "father", N_("Father")
    MOTHER = "mother", N_("Mother")
    BROTHER = "brother", N_("Brother, same father and mother")
    SISTER = "sister", N_("Sister, same father and mother")
    SON = "son", N_("Son")
    DAUGHTER = "daughter", N_("Daughter")
    SPOUSE = "spouse", N_("Husband or wife")
    HALF_BY_FATHER = "half_by_father", N_("Half-brother or half-sister, same father only")
    HALF_BY_MOTHER = "half_by_mother", N_("Half-brother or half-sister, same mother only")
    FATHERS_FATHER = "fathers_father", N_("Father's father")
    FATHERS_MOTHER = "fathers_mother", N_("Father's mother")
    MOTHERS_FATHER = "mothers_father", N_("Mother's father")
    MOTHERS_MOTHER = "mothers_mother", N_("Mother's mother")
    FATHERS_SIBLING = "fathers_sibling", N_("Father's brother or sister")
    MOTHERS_SIBLING = "mothers_sibling", N_("Mother's brother or sister")
    SIBLINGS_CHILD = "siblings_child", N_("Child of a brother or sister")
    GRANDCHILD = "grandchild", N_("Grandchild")
    COUSIN_BY_FATHER = "cousin_by_father", N_("Child of the father's brother or sister")
    COUSIN_BY_MOTHER = "cousin_by_mother", N_("Child of the mother's brother or sister")
    OTHER = "other", N_("Related in another way: see the note")


SEX_OF_KIN: dict[Kin, Sex] = {
    Kin.FATHER: Sex.MALE,
    Kin.MOTHER: Sex.FEMALE,
    Kin.BROTHER: Sex.MALE,
    Kin.SISTER: Sex.FEMALE,
    Kin.SON: Sex.MALE,
    Kin.DAUGHTER: Sex.FEMALE,
    Kin.FATHERS_FATHER: Sex.MALE,
    Kin.FATHERS_MOTHER: Sex.FEMALE,
    Kin.MOTHERS_FATHER: Sex.MALE,
    Kin.MOTHERS_MOTHER: Sex.FEMALE,
}
"""The sex that a word of kinship says."""


class Bond(Code):
    """How a relative came into the family; what is not by birth is never compared by DNA."""

    BIRTH = "birth", N_("By birth")
    ADOPTED = "adopted", N_("Adopted")
    FOSTER = "foster", N_("Brought up as one of the family")


class Living(Code):
    """What the family knows of a relative's life."""

    ALIVE = "alive", N_("Alive")
    DIED = "died", N_("Has died")
    MISSING = "missing", N_("Missing too")
    UNKNOWN = "unknown", N_("The family does not know")


ONLY_ONE = frozenset(
    {
        Kin.SELF,
        Kin.FATHER,
        Kin.MOTHER,
        Kin.FATHERS_FATHER,
        Kin.FATHERS_MOTHER,
        Kin.MOTHERS_FATHER,
        Kin.MOTHERS_MOTHER,
    }
)
"""Of whom everybody has one."""

THROUGH: dict[Kin, frozenset[Kin]] = {
    Kin.SON: frozenset({Kin.SPOUSE}),
    Kin.DAUGHTER: frozenset({Kin.SPOUSE}),
    Kin.SIBLINGS_CHILD: frozenset({Kin.BROTHER, Kin.SISTER}),
    Kin.GRANDCHILD: frozenset({Kin.SON, Kin.DAUGHTER}),
    Kin.COUSIN_BY_FATHER: frozenset({Kin.FATHERS_SIBLING}),
    Kin.COUSIN_BY_MOTHER: frozenset({Kin.MOTHERS_SIBLING}),
}
"""Through whom of the tree a relation may run."""
