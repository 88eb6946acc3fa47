"""One spelling for a user name: two that look or sound the same to a typist are the same."""

import re
import unicodedata

LONGEST = 60
_ALLOWED = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")


def normal_username(text: str) -> str:
    """Return ``text`` in the form in which user names are stored and compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", "".join(folded.split()))


def is_username(name: str) -> bool:
    """Say whether a name in its normal form consists of letters, digits and inner ``._-``."""
    return 3 <= len(name) <= LONGEST and _ALLOWED.fullmatch(name) is not None
