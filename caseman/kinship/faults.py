"""What is wrong with an input, said with the case, the person and the locus it is about."""

from dataclasses import dataclass, replace


@dataclass(eq=False)
class KinshipError(ValueError):
    """One fault of an input; the parts that are known are named in its text."""

    fault: str
    case: str | None = None
    person: str | None = None
    locus: str | None = None

    def __str__(self) -> str:
        named = (("case", self.case), ("person", self.person), ("locus", self.locus))
        where = ", ".join(f"{what} {value}" for what, value in named if value is not None)
        return f"{where}: {self.fault}" if where else self.fault

    def within(
        self, *, case: str | None = None, person: str | None = None, locus: str | None = None
    ) -> "KinshipError":
        """Return the same fault with what a caller knows besides; what is named already stays."""
        return replace(
            self,
            case=self.case or case,
            person=self.person or person,
            locus=self.locus or locus,
        )


class TooLargeError(KinshipError):
    """The exact answer needs more memory than the engine allows itself."""
