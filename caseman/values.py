"""Small values that more than one slice uses."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits, both included; never a bare point."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            message = "an interval must not end before it begins"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Position:
    """A place on earth in WGS 84 degrees; ``precision_m`` is the radius in metres, if known."""

    lat: float
    lon: float
    precision_m: float | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What hardly can be so: a message id and what fills its placeholders."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)
