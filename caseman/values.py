"""Small measured values that more than one slice records."""

from dataclasses import dataclass


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
