"""WTForms' own messages in our catalogue, which knows Kurdish too.

The fields and validators of the kit speak for themselves and name the field; these are left for
forms that a library brings along.
"""

from caseman.coding import N_
from caseman.web.words import gettext as _

MESSAGES = (
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Invalid value, must be one of: %(values)s."),
    N_("Invalid input."),
    N_("Invalid email address."),
    N_("Field must be equal to %(other_name)s."),
    N_("Field must be at least %(min)d characters long."),
    N_("Field cannot be longer than %(max)d characters."),
    N_("Field must be between %(min)d and %(max)d characters long."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("Not a valid integer value."),
    N_("Not a valid date value."),
)


class OwnMessages:
    """What WTForms asks for its texts; it fills in the placeholders itself."""

    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        # WTForms has a plural form only of lengths, where our text reads well for any number.
        return _(singular if n == 1 else plural)
