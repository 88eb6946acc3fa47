"""Measure the names engine: quality on labelled pairs, search, speed; beside its peers.

Run from a clone: ``python -m benchmarks.names [PAIRS.csv ...]``. A pair list has the columns
``name_a, name_b, label, kind``; by default the public list and our own ones. Peers beyond
rapidfuzz come with the dependency group ``benchmarks``; without it they are left out and named.

Columns: AUC over all pairs; FPR, the share of hard negatives that pass at the threshold where 95 %
of the positives do; for search over single names, the share of positives and of hard negatives
that share a key and reach SAME_NAME. Then comparisons a second on one core, tokens prepared.
"""

import csv
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from caseman.compilation import IS_COMPILED
from caseman.names import (
    SAME_NAME,
    TokenTable,
    compare,
    normalise,
    prepare,
    search_keys,
    similarity,
    tokens,
)

DATA = Path(__file__).parents[1] / "tests" / "engines" / "names" / "data"
DEFAULT_LISTS = tuple(
    DATA / f"name_variants_{name}.csv" for name in ("public", "heldout", "styles", "fresh")
)
RECALL = 0.95
TABLE_SIZE = 2_000

Row = dict[str, str]
Scores = npt.NDArray[np.float64]
Scorer = Callable[[str, str], float]


def engine_score(name_a: str, name_b: str) -> float:
    """Score two full names, 0 to 1."""
    return compare(name_a, name_b).score


def engine_log10_lr(name_a: str, name_b: str) -> float:
    """Weigh two full names as evidence, with the shares assumed in the lexicon."""
    return compare(name_a, name_b).log10_lr


def jaro_winkler(name_a: str, name_b: str) -> float:
    """Compare letter by letter, both names in Latin."""
    return JaroWinkler.similarity(romanised(name_a), romanised(name_b))


def romanised(name: str) -> str:
    """Letter by letter into Latin, which is all that Jaro-Winkler can be given."""
    arabic, latin = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abttjhkddrzssssttagfqklmnhwy"
    return normalise(name).translate(str.maketrans(arabic, latin))


def token_sort(name_a: str, name_b: str) -> float:
    """Compare the words in alphabetical order, both names in Latin."""
    return float(fuzz.token_sort_ratio(romanised(name_a), romanised(name_b)))


SCORERS: dict[str, Scorer] = {
    "caseman score": engine_score,
    "caseman log10_lr": engine_log10_lr,
    "Jaro-Winkler": jaro_winkler,
    "rapidfuzz token sort": token_sort,
}


def installed_peers() -> dict[str, Scorer]:
    """Return the peers of the dependency group that are installed; name those that are not."""
    try:
        to_ascii: Any = import_module("anyascii")
        sounds: Any = import_module("jellyfish")
    except ImportError as error:
        print(f"left out: {error.name} is not installed (dependency group benchmarks)")
        return {}

    def transliterated(name_a: str, name_b: str) -> float:
        one, other = (to_ascii.anyascii(name).casefold() for name in (name_a, name_b))
        return JaroWinkler.similarity(one, other)

    def metaphone(name_a: str, name_b: str) -> float:
        one, other = (sounds.metaphone(to_ascii.anyascii(name)) for name in (name_a, name_b))
        return JaroWinkler.similarity(one, other)

    return {"anyascii + JW": transliterated, "metaphone + JW": metaphone}


def read(path: Path) -> list[Row]:
    """Return the rows of a pair list."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def scores(scorer: Scorer, rows: Iterable[Row]) -> Scores:
    """Return one score for each row."""
    return np.array([scorer(row["name_a"], row["name_b"]) for row in rows])


def area_under_curve(same: Scores, other: Scores) -> float:
    """Return the chance that a pair of one name scores above a pair of two; ties count half."""
    return float(np.mean(same[:, None] > other) + 0.5 * np.mean(same[:, None] == other))


def false_positive_rate(same: Scores, hard: Scores) -> float:
    """Return the share of hard negatives at or above the threshold that RECALL of *same* reach."""
    threshold = np.sort(same)[int((1 - RECALL) * len(same))]
    return float(np.mean(hard >= threshold))


def is_found(row: Row) -> bool:
    """Tell whether a search for one name of the pair lists the other."""
    found = [
        bool(search_keys(one) & search_keys(two)) and similarity(one, two) >= SAME_NAME
        for one, two in zip(tokens(row["name_a"]), tokens(row["name_b"]), strict=False)
    ]
    return bool(found) and all(found)


def report(path: Path, scorers: dict[str, Scorer]) -> None:
    """Print quality and search figures of one pair list."""
    rows = read(path)
    same = [row for row in rows if row["label"] == "1"]
    other = [row for row in rows if row["label"] == "0"]
    hard = [row for row in other if row["kind"] == "hard_negative"]
    print(f"\n{path.name}: {len(same)} pairs of one name, {len(other)} of two ({len(hard)} hard)")
    print(f"  {'':22}     AUC   FPR at recall {RECALL}")
    for name, scorer in scorers.items():
        area = area_under_curve(scores(scorer, same), scores(scorer, other))
        rate = false_positive_rate(scores(scorer, same), scores(scorer, hard))
        print(f"  {name:22}  {area:.4f}   {rate:.3f}")
    single = [row for row in same if not row["kind"].startswith("fullname")]
    found, wrong = np.mean([is_found(r) for r in single]), np.mean([is_found(r) for r in hard])
    print(
        f"  search: finds {found:.3f} of {len(single)} single names, {wrong:.3f} of the hard ones"
    )


def distinct_tokens(paths: Sequence[Path]) -> list[str]:
    """Return TABLE_SIZE distinct tokens: those of the lists, then each with a letter doubled."""
    names = (row[column] for path in paths for row in read(path) for column in ("name_a", "name_b"))
    found = dict.fromkeys(token for name in names for token in tokens(name))
    variants = (t[:at] + t[at - 1] + t[at:] for t in found for at in range(1, len(t)))
    return list(dict.fromkeys([*found, *variants]))[:TABLE_SIZE]


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time of *action*, which other work on the machine leaves alone."""
    start = time.process_time()
    action()
    return time.process_time() - start


def report_speed(paths: Sequence[Path]) -> None:
    """Print how fast tokens are prepared and compared."""
    words = distinct_tokens(paths)
    everything = np.arange(len(words))
    table = TokenTable(words[:2])
    table.similarities([0], [1])  # compiled, or read from the cache, before the clock starts
    prepare.cache_clear()
    prepared = seconds(lambda: TokenTable(words))
    table = TokenTable(words)
    compared = seconds(lambda: table.similarities(everything, everything))
    latin = [romanised(word) for word in words]
    peer = seconds(lambda: process.cdist(latin, latin, scorer=JaroWinkler.similarity, workers=1))
    pairs = len(words) ** 2
    print(f"\nspeed: {len(words)} distinct tokens, one core, compiled: {IS_COMPILED}")
    print(f"  prepared    {len(words) / prepared:12,.0f} tokens/s, once per distinct token")
    print(f"  caseman     {pairs / compared:12,.0f} comparisons/s")
    full = [row["name_a"] for path in paths for row in read(path)]
    whole = seconds(lambda: [compare(a, b) for a, b in pairwise(full)])
    print(f"  full names  {len(full) / whole:12,.0f} pairs/s, aligned and weighed one by one")
    print(f"  rapidfuzz   {pairs / peer:12,.0f} comparisons/s (Jaro-Winkler, romanised)")


def main(arguments: Sequence[str]) -> None:
    """Report on the lists named, or on those of the repository."""
    paths = [Path(argument) for argument in arguments] or list(DEFAULT_LISTS)
    scorers = SCORERS | installed_peers()
    for path in paths:
        report(path, scorers)
    report_speed(paths)


if __name__ == "__main__":
    main(sys.argv[1:])
