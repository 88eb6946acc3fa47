"""Codes that open something once: invitations, recovery codes, a restored second factor.

A code has 120 random bits in six groups that can be read aloud. Only its keyed digest is stored,
and the key is not in the database.
"""

from caseman.database import CROCKFORD, random_code
from caseman.sealing.keys import Keyring

GROUP = 4
GROUPS = 6
_LOOKALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a new code, written in groups."""
    letters = random_code(GROUP * GROUPS)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def normal_code(text: str) -> str:
    """Return a code as typed in its one spelling: no blanks or dashes, no look-alikes."""
    letters = text.upper().translate(_LOOKALIKES)
    return "".join(letter for letter in letters if letter in CROCKFORD)


def code_digest(keyring: Keyring, purpose: str, code: str) -> str:
    """Return what is stored of ``code``; a code of one purpose opens no other."""
    return keyring.blind_index(f"{purpose}:{normal_code(code)}")
