"""Conclusions on a caseload, as JSON objects of the exchange format."""

from collections.abc import Callable, Sequence

from caseman.kinship.conclusions import Conclusion, Conclusions
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import Json
from caseman.kinship.writing import plain_ratio


def conclusions_entry(conclude: Callable[[], Conclusions]) -> dict[str, Json]:
    """Return both lists as dvir has them; a fault in their place where they are out of reach."""
    try:
        found = conclude()
    except KinshipError as error:
        return {"error": str(error)}
    return {
        "AM": _lines(found.by_missing, ("Family", "Missing", "Sample")),
        "PM": _lines(found.by_remains, ("Sample", "Missing", "Family")),
    }


def _lines(lines: Sequence[Conclusion], first: Sequence[str]) -> list[Json]:
    return [_line(line, first) for line in lines]


def _line(line: Conclusion, first: Sequence[str]) -> dict[str, Json]:
    names = {"Family": line.family, "Missing": line.missing, "Sample": line.remains}
    return {
        **{name: names[name] for name in first},
        "LR": _ratio(line.log_ratio),
        "GLR": _ratio(line.log_glr),
        "Conclusion": line.words,
        "Comment": line.comment,
    }


def _ratio(log: float | None) -> float | None:
    return None if log is None else plain_ratio(log)
