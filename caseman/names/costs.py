"""What it costs to take one phone for another, and to leave one out.

Unit: 1.0 is one plain consonant. Values rest on the phonology of Levantine, Iraqi and Maghrebi
romanisation in the English, French and German manner, and of Kurmanji, Sorani, Turkish and Bosnian
spelling (``docs/matching.md``, names). A vowel or h that ends a word is a phone of its
own (``a#``): in these languages a final vowel distinguishes names (Nour, Noura).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

LATIN: Final = 0
"""A Latin spelling: vowels written, ayn not."""
UNVOCALISED: Final = 1
"""An Arabic spelling that no attested reading explains: ayn written, short vowels not."""
VOCALISED: Final = 2
"""An attested reading: both known."""

_CONSONANTS: Final = "btdjkgqfvplmnrszhwyTDXGSCZ5690H?cKx"
_VOWELS: Final = "aeiouáíúAIUE8WVYOLM1"
_FINALS: Final = "aeiouAIUEYO1h"
_UNREADABLE: Final = "*"
_SYMBOLS: Final = (*_CONSONANTS, *_VOWELS, *(f"{phone}#" for phone in _FINALS), _UNREADABLE)
_CODE: Final = {symbol: code for code, symbol in enumerate(_SYMBOLS, start=1)}
PADDING: Final = 0

_CONSONANT_PAIRS: Final = {
    0.0: "cs cj cC Kk KC xX",
    0.03: "hH",
    0.05: "s5 t6 d9 z0 Kj xG cS",
    0.10: "jZ DT Dz Dd D0 90 d0 9D fv bp bv SC Kq jC gj CZ cZ cz",
    0.15: "gc Ts T5 Tt T6 kg Gg 9z kq qg wv cT SZ jg Kg qG sz 5z Tz T0 pv",
    0.20: "CX",
    0.25: "dt td 6d pf Gk CT xk dT",
    0.30: "XH Xh XG vf bw yj xh xH HX 5S ts Zz Ss GX kG Gq CS hG",
    0.35: "Xk Xq T9 Xg jy",
    0.40: "rl jS sS sT zd lr hX",
    0.50: "bm ?h ?q ?H rG",
    0.60: "nl dj mn",
}  # fmt: skip
"""Cost, then unordered pairs of consonants; every other pair costs 1."""

_VOWEL_PAIRS: Final = {
    0.0: "YI Yy Y8 OU OW Ow EY E8 Me Ma LA La L1 M1",
    0.03: "aA iI uU MA oU a1 A1",
    0.05: "ou OW Ou Li Le Lu Lo LI LU Oo M8 Mh",
    0.08: "ei eE Yi Oo 8I E8 YE Wo WU",
    0.10: "VW VO VU ae YL iy Iy uw Uw ow Eo L8 LW Wu AL wU Ee Ya 8y Ww 8e 8E 8i 1? e1",
    0.15: "ao eA eI Ye ow IE Ei oA LE LY LO Wa 8Y OL",
    0.20: "Oú",
    0.25: "8a 8A Wa uI WA Iu eY EA aE iE Vw Vo Vu Ov",
    0.30: "81 ui oe ie uA ue Mt Mi MT Ea",
    0.35: "á1 Vv Vf Vb",
    0.50: "au io Io oi oI Y1 O1 UI íI úU íY",
    0.90: "ai",
    1.00: "YO",
    0.80: "áA",
    0.75: "Ia iA IA YA OA UA AU AI IU IO AY iO i1 I1 u1 U1 uA",
}  # fmt: skip

_GAPS: Final = {
    0.02: "L*",
    0.30: "aeiouáíú",
    0.40: "wyE?",
    0.50: "AIU8WVYO1",
    0.80: "Mh",
}
_KNOWN_SHORT: Final = {"á": "a", "í": "i", "ú": "u"}
"""Vowels an attested reading knows to be short; they cost what others do, unless stated."""

_FINAL_VOWEL_GAP: Final = 1.1
_SILENT_GAP: Final = 0.08  # French final e (Noureddine), Latin final h (Aminah)
_GAPS_BY_SCRIPT: Final = {
    **dict.fromkeys(((vowel, UNVOCALISED) for vowel in "aeiouáíú"), 0.06),
    **dict.fromkeys(((vowel, LATIN) for vowel in "aeiouáíú"), 0.45),
    ("1", UNVOCALISED): 0.15,
    **dict.fromkeys(((vowel, kind) for vowel in "AIUYO" for kind in (1, 2)), 0.9),
    ("L", UNVOCALISED): 0.7,
    ("?", UNVOCALISED): 0.8,
    ("?", LATIN): 0.03,
}
"""Gaps that depend on what the other token's script writes: Arabic the long vowels and ayn."""
_UNREADABLE_PHONE: Final = 0.05
_OTHER_VOWELS: Final = 0.5
_VOWEL_FOR_CONSONANT: Final = 1.3

Costs = npt.NDArray[np.float32]


def encode(sounds: str) -> list[int]:
    """Return the codes of a phone string, its last phone marked as final where that matters."""
    codes = [_CODE[phone] for phone in sounds if phone in _CODE]
    if sounds and len(codes) > 1 and sounds[-1] in _FINALS:
        codes[-1] = _CODE[f"{sounds[-1]}#"]
    return codes


def _is_vowel(symbol: str) -> bool:
    return symbol[0] in _VOWELS


def _default(first: str, second: str) -> float:
    if first[0] == second[0]:
        return 0.0
    if _UNREADABLE in {first, second}:
        return _UNREADABLE_PHONE
    if _is_vowel(first) != _is_vowel(second):
        return _VOWEL_FOR_CONSONANT
    return _OTHER_VOWELS if _is_vowel(first) else 1.0


def _stated() -> dict[frozenset[str], float]:
    stated = {
        frozenset(pair[:2]): cost
        for table in (_CONSONANT_PAIRS, _VOWEL_PAIRS)
        for cost, pairs in sorted(table.items(), reverse=True)
        for pair in pairs.split()
    }
    for short, any_length in _KNOWN_SHORT.items():
        alike = {frozenset({short, any_length}): 0.0}
        for pair, cost in stated.items():
            if any_length in pair:
                alike[(pair - {any_length} or pair) | {short}] = cost
        stated = alike | stated
    return stated


def substitution_costs() -> Costs:
    """Return the symmetric matrix of substitution costs, indexed by code."""
    stated = _stated()
    size = len(_SYMBOLS) + 1
    costs = np.full((size, size), _VOWEL_FOR_CONSONANT, dtype=np.float32)
    for first, row in _CODE.items():
        for second, column in _CODE.items():
            pair = frozenset((first[0], second[0]))
            costs[row, column] = stated.get(pair, _default(first, second))
    return costs


def _gap(symbol: str, other: int) -> float:
    return _GAPS_BY_SCRIPT.get((symbol, other), _usual_gap(symbol))


def _usual_gap(symbol: str) -> float:
    if symbol in {"e#", "h#"}:
        return _SILENT_GAP
    if symbol.endswith("#"):
        return _FINAL_VOWEL_GAP
    return next((cost for cost, phones in _GAPS.items() if symbol in phones), 1.0)


def gap_costs() -> Costs:
    """Return the costs of leaving a phone out, by kind of the *other* token and by code."""
    rows = [[0.0, *(_gap(symbol, kind) for symbol in _SYMBOLS)] for kind in range(3)]
    return np.array(rows, dtype=np.float32)


SUBSTITUTION: Final = substitution_costs()
GAP: Final = gap_costs()
EXPECTED_GAP: Final = np.array([0.0, *(_usual_gap(s) for s in _SYMBOLS)], dtype=np.float32)
"""Weight of a phone when two tokens are put on one scale."""
