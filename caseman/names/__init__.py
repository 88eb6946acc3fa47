"""Personal names in Arabic, Kurmanji, Sorani and Latin spelling: a pure engine.

Text is normalised, cut into elements, and compared by sound and by attested spellings. List
search, duplicate search and candidate ranking use the same functions and so agree::

    normalise("فاطمة")                        -> "فاطمه"
    tokens("Abd al-Rahman Hadad")             -> ("abdalrahman", "hadad")
    search_keys("hadad") & search_keys("حداد")  -> not empty
    similarity("hadad", "حداد") >= SAME_NAME   -> True
    compare("Xelef Elî", "خلف علي").log10_lr   -> 3.2
"""

from caseman.names.comparison import RELATED, AlignedElement, NameComparison, compare
from caseman.names.frequencies import RAREST, NameFrequencies
from caseman.names.normalisation import DAMAGED, normalise
from caseman.names.preparation import MAX_SEARCH_KEYS, PreparedToken, prepare, search_keys
from caseman.names.segmentation import MAX_TOKENS, PersonName, parse, tokens
from caseman.names.table import SAME_NAME, TokenTable, similarity

__all__ = [
    "DAMAGED",
    "MAX_SEARCH_KEYS",
    "MAX_TOKENS",
    "RAREST",
    "RELATED",
    "SAME_NAME",
    "AlignedElement",
    "NameComparison",
    "NameFrequencies",
    "PersonName",
    "PreparedToken",
    "TokenTable",
    "compare",
    "normalise",
    "parse",
    "prepare",
    "search_keys",
    "similarity",
    "tokens",
]
