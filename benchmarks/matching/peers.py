"""Other ways to rank: filters, recordlinkage and Splink, on what the engine itself was told.

Each peer answers one table, a row for each remains and a column for each report: natural log LRs,
or points where it has no probabilities; -inf where it refuses a pair. Sets (effects, marks, teeth,
clothing) are given to all of them as bits, names as ASCII, places as degrees, ages as years.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from caseman.matching import AnteMortem, Pool, PostMortem, SexCall

Scores: TypeAlias = npt.NDArray[np.float32]
Rows: TypeAlias = list[dict[str, Any]]
Pairs: TypeAlias = Sequence[tuple[str, str]]

BITS = 62
SETS = ("effects", "marks", "dental", "clothing")
LISTED = 100
BLOCKS = [
    (
        "floor(l.lat * 50) = floor(r.lat * 50) and floor(l.lon * 40) = floor(r.lon * 40) "
        "and l.day // 365 = r.day // 365 and l.sex = r.sex and l.age // 5 = r.age // 5"
    ),
    "left(l.name, 5) = left(r.name, 5) and l.day // 365 = r.day // 365",
    "l.effects = r.effects and l.sex = r.sex and l.day // 365 = r.day // 365",
]
DRAWN = 40_000
AT_ONCE = 200
_SEX = {SexCall.MALE: "M", SexCall.PROBABLY_MALE: "M", SexCall.FEMALE: "F"}


@dataclass(frozen=True)
class Sides:
    """Both sides of one world as plain rows, keys in the order of the pool."""

    remains: Rows
    reports: Rows


def sides_of(pool: Pool) -> Sides:
    """Return the rows of a pool as the peers take them."""
    ascii_of: Callable[[str], str] = import_module("anyascii").anyascii
    places: dict[tuple[str, str], int] = {}

    def bits(kind: str, items: Iterable[object] | None) -> int | None:
        found = [places.setdefault((kind, str(item)), len(places)) % BITS for item in items or ()]
        return sum(1 << bit for bit in {*found}) or None

    def sets(row: PostMortem | AnteMortem) -> dict[str, int | None]:
        garments = (f"{g.kind}:{g.colour}" for g in row.garments or ())
        given = (e.kind for e in row.effects or ()), row.marks, row.dental, garments
        return {kind: bits(kind, items) for kind, items in zip(SETS, given, strict=True)}

    def name_of(text: str) -> str | None:
        return ascii_of(text).casefold() or None

    def shown(row: PostMortem) -> dict[str, Any]:
        call = row.sex.call if row.sex else None
        position = row.site.position if row.site else None
        return sets(row) | {
            "unique_id": row.key,
            "sex": _SEX.get(call) or ("F" if call is SexCall.PROBABLY_FEMALE else None)
            if call
            else None,
            "age": (row.age.low + row.age.high) / 2 if row.age else None,
            "stature": row.stature.centimetres if row.stature else None,
            "day": row.deposited.last.toordinal() if row.deposited else None,
            "lat": position.latitude if position else None,
            "lon": position.longitude if position else None,
            "name": name_of(" ".join(found.name for found in row.names)),
        }

    def told(row: AnteMortem) -> dict[str, Any]:
        seen, age = row.last_seen, row.age_told
        if row.birth and seen:
            age = seen.interval.middle_year - row.birth.middle_year
        parts = row.name.given, row.name.father, row.name.family
        return sets(row) | {
            "unique_id": row.key,
            "sex": row.sex.value if row.sex else None,
            "age": age,
            "stature": row.stature_cm,
            "day": seen.interval.first.toordinal() if seen else None,
            "lat": row.place.position.latitude if row.place else None,
            "lon": row.place.position.longitude if row.place else None,
            "name": name_of(" ".join(filter(None, parts))),
        }

    return Sides([*map(shown, pool.remains.values())], [*map(told, pool.reports.values())])


def filtered(sides: Sides, *, points: bool) -> Scores:
    """Return 0 for pairs that pass sex, age, date and distance, with points one for each likeness.

    What one side does not tell passes.
    """
    column = {
        name: (_numbers(sides.remains, name)[:, None], _numbers(sides.reports, name)[None])
        for name in ("age", "day", "lat", "lon", "stature")
    }

    def apart(name: str) -> Any:  # noqa: ANN401 - an array of the peer's making
        return np.nan_to_num(column[name][0] - column[name][1])

    sex = [np.array([row["sex"] or "" for row in side]) for side in (sides.remains, sides.reports)]
    opposite = (sex[0][:, None] != sex[1]) & (sex[0][:, None] != "") & (sex[1] != "")
    far = np.hypot(apart("lat"), apart("lon") * 0.81) * 111 > 50
    refused = opposite | (np.abs(apart("age")) > 12) | (apart("day") < -30) | far
    scores = np.zeros(refused.shape, np.float32)
    if points:
        for kind in SETS:
            own, other = (_bits(side, kind) for side in (sides.remains, sides.reports))
            scores += np.bitwise_count(own[:, None] & other).astype(np.float32)
        scores += (np.abs(apart("age")) < 3).astype(np.float32)
    scores[refused] = -np.inf
    return scores


def recordlinkage_logistic(training: Sides, true: Pairs, sides: Sides) -> Scores:
    """Return LRs of a logistic regression over recordlinkage's comparisons, trained elsewhere."""
    linkage, frames = import_module("recordlinkage"), import_module("pandas")
    classifier = linkage.LogisticRegressionClassifier()
    left, right = (frames.DataFrame(s).set_index("unique_id") for s in _both(training))
    chance = np.random.default_rng(0)
    drawn = zip(chance.choice(left.index, DRAWN), chance.choice(right.index, DRAWN), strict=True)
    index = frames.MultiIndex.from_tuples(sorted({*true, *drawn}))
    matches = frames.MultiIndex.from_tuples([*true])
    classifier.fit(_compared(linkage, index, left, right), matches)
    odds = np.log(len(matches) / (len(index) - len(matches)))
    left, right = (frames.DataFrame(s).set_index("unique_id") for s in _both(sides))
    scores = np.empty((len(left), len(right)), np.float32)
    for start in range(0, len(left), AT_ONCE):
        rows = left.iloc[start : start + AT_ONCE]
        index = frames.MultiIndex.from_product([rows.index, right.index])
        features = _compared(linkage, index, rows, right)
        found = classifier.kernel.decision_function(features.to_numpy())
        scores[start : start + AT_ONCE] = found.reshape(len(rows), -1) - odds
    return scores


def _compared(linkage: Any, index: Any, left: Any, right: Any) -> Any:  # noqa: ANN401 - untyped peer
    compare = linkage.Compare()
    compare.exact("sex", "sex", label="sex", missing_value=0.5)
    for name, scale in (("age", 4.0), ("stature", 6.0), ("day", 60.0)):
        compare.numeric(
            name, name, method="gauss", scale=scale, offset=1, label=name, missing_value=0.3
        )
    compare.geo("lat", "lon", "lat", "lon", method="exp", scale=3, label="km", missing_value=0.3)
    compare.string("name", "name", method="jarowinkler", label="name", missing_value=0.4)
    features = compare.compute(index, left, right)
    for kind in SETS:
        ids = (index.get_level_values(level) for level in (0, 1))
        own, other = (
            side[kind].reindex(keys).fillna(0).to_numpy().astype(np.int64)
            for side, keys in zip((left, right), ids, strict=True)
        )
        features[kind] = np.bitwise_count(own & other)
        features[f"{kind}_told"] = (own > 0) & (other > 0)
    return features.astype(float)


@dataclass(frozen=True)
class Lists:
    """What a peer gives that keeps its pairs to itself: its best, and LRs of the pairs asked."""

    listed: tuple[list[str], list[str], list[int]]
    """Remains, reports, ranks; ties share a rank."""
    weighed: tuple[list[str], list[str], list[float]]
    """Remains, reports, log10 LRs; a pair that was never compared is not among them."""


def splink_trained(
    training: Sides, true: Pairs, sides: Sides, asked: Pairs, *, blocked: bool
) -> Lists:
    """Return lists of Splink, u from random pairs and m from the true pairs of another world.

    Without blocking it compares all pairs; with it, only those that share a block, as it must
    where there are too many. Rules: area, year, sex and age; a name that begins alike; the same
    effects in one year.
    """
    linker = _linker(training, _settings(prior=len(true) / _pairs(training)))
    pairs = [
        {"source_dataset_l": "remains", "unique_id_l": i, "source_dataset_r": "reports"}
        | {"unique_id_r": j}
        for i, j in true
    ]
    labels = linker.table_management.register_table(_frame(pairs), "labels", overwrite=True)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_m_from_pairwise_labels(labels)
    settings = linker.misc.save_model_to_json()
    settings["blocking_rules_to_generate_predictions"] = BLOCKS if blocked else ["1=1"]
    return _predicted(sides, settings, asked)


def _predicted(sides: Sides, settings: Any, asked: Pairs) -> Lists:  # noqa: ANN401 - untyped peer
    linker = _linker(sides, settings)
    prior = settings["probability_two_random_records_match"]
    table = linker.inference.predict().physical_name
    run = linker._db_api.duckdb_con  # noqa: SLF001 - nothing public reads in pieces
    best = run.execute(
        "SELECT * FROM (SELECT unique_id_l, unique_id_r, rank() OVER "  # noqa: S608 - our own name
        f"(PARTITION BY unique_id_l ORDER BY match_weight DESC) AS place FROM {table}) "
        f"WHERE place <= {LISTED} ORDER BY unique_id_l, place, unique_id_r"
    ).fetchall()
    run.register("asked", _frame([{"i": i, "j": j} for i, j in asked]))
    weighed = run.execute(
        f"SELECT i, j, match_weight FROM {table} JOIN asked "  # noqa: S608 - our own name
        "ON unique_id_l = i AND unique_id_r = j ORDER BY i, j"
    ).fetchall()
    odds = np.log10(prior / (1 - prior))
    left, right, ranks = (list(column) for column in zip(*best, strict=True))
    i, j, bits = (list(column) for column in zip(*weighed, strict=True))
    return Lists((left, right, ranks), (i, j, [w * np.log10(2) - odds for w in bits]))


def _linker(sides: Sides, settings: Any) -> Any:  # noqa: ANN401 - untyped peer
    splink, backend = import_module("splink"), import_module("splink.backends.duckdb")
    database = backend.DuckDBAPI()
    frames = zip(("remains", "reports"), _both(sides), strict=True)
    tables = [database.register(_frame(rows), dataset_display_name=name) for name, rows in frames]
    return splink.Linker(tables, settings, log_level=40)


def _settings(*, prior: float) -> dict[str, Any]:
    levels = {
        "sex": ["sex_l = sex_r"],
        "age": [f"abs(age_l - age_r) <= {years}" for years in (2, 5, 10, 20)],
        "stature": [f"abs(stature_l - stature_r) <= {cm}" for cm in (3, 7, 14)],
        "day": ["day_l < day_r - 10", *(f"day_l - day_r <= {d}" for d in (15, 60, 200, 500))],
        "name": [f"jaro_winkler_similarity(name_l, name_r) >= {s}" for s in (0.95, 0.88, 0.8, 0.7)],
    }
    kilometres = "111 * sqrt((lat_l - lat_r)^2 + (0.81 * (lon_l - lon_r))^2)"
    levels["lat"] = [f"{kilometres} <= {km}" for km in (0.7, 2, 5, 12, 30)]
    for kind in SETS:
        levels[kind] = [f"bit_count({kind}_l & {kind}_r) >= {count}" for count in (3, 2, 1)]
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "source_dataset_column_name": "source_dataset",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": ["1=1"],
        "comparisons": [_comparison(name, conditions) for name, conditions in levels.items()],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "sql_dialect": "duckdb",
    }


def _comparison(name: str, conditions: Sequence[str]) -> dict[str, Any]:
    silent = {"sql_condition": f"{name}_l IS NULL OR {name}_r IS NULL", "is_null_level": True}
    return {
        "output_column_name": name,
        "comparison_levels": [
            silent | {"label_for_charts": "null"},
            *({"sql_condition": c, "label_for_charts": c} for c in conditions),
            {"sql_condition": "ELSE", "label_for_charts": "else"},
        ],
    }


def _frame(rows: Rows) -> Any:  # noqa: ANN401 - untyped peer
    frame = import_module("pandas").DataFrame(rows)
    whole = {name: "Int64" for name in (*SETS, "day") if name in frame}
    return frame.astype(whole)


def _both(sides: Sides) -> tuple[Rows, Rows]:
    return sides.remains, sides.reports


def _pairs(sides: Sides) -> int:
    return len(sides.remains) * len(sides.reports)


def _numbers(rows: Rows, name: str) -> npt.NDArray[np.float32]:
    return np.array([np.nan if r[name] is None else r[name] for r in rows], np.float32)


def _bits(rows: Rows, kind: str) -> npt.NDArray[np.int64]:
    return np.array([row[kind] or 0 for row in rows], np.int64)
