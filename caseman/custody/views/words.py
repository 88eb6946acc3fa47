"""How custody is worded: where an exhibit stands, and the links of its path."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseman.custody.codes import Standing, Unmoved
from caseman.custody.models import Exhibit, StoragePlace
from caseman.custody.queries import Gap, Hand, clocks_disagree, steps
from caseman.web.filters import label
from caseman.web.words import gettext as _


def standing(exhibit: Exhibit) -> Standing | Unmoved:
    """Return where ``exhibit`` stands, as a code with its label."""
    return exhibit.standing or Unmoved.NEVER


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of a path as a page tells it: a hand-over with what breaks it, or a gap."""

    hand: Hand | None
    doubts: tuple[str, ...]
    """What does not hold, in words; for a gap this is all there is."""


def told_path(hands: Sequence[Hand]) -> list[ToldStep]:
    """Return the steps from the find-spot on, each gap among them."""
    backwards = clocks_disagree(hands)
    return [_told(step, backwards) for step in steps(hands)]


def _told(step: Hand | Gap, backwards: set[int]) -> ToldStep:
    if isinstance(step, Gap):
        return ToldStep(None, (_gap(step),))
    doubts = [label(each) for each in step.breaks]
    if step.transfer.id in backwards:
        doubts.append(_("It tells an earlier time than a hand-over that was entered before it."))
    return ToldStep(step, tuple(doubts))


def _gap(gap: Gap) -> str:
    if gap.before is None:
        return _(
            "Nobody recorded how it came from the find-spot to %(place)s.",
            place=_beginning(gap.after),
        )
    return _(
        "Nobody recorded how it came from %(before)s to %(after)s.",
        before=_end(gap.before),
        after=_beginning(gap.after),
    )


def isolated(text: str) -> str:
    """Return a name that keeps its own direction within a sentence of another script."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _end(hand: Hand) -> str:
    return _whereabouts(*hand.end)


def _beginning(hand: Hand) -> str:
    return _whereabouts(hand.transfer.from_place, hand.transfer.given_by)


def _whereabouts(place: StoragePlace | None, holder: str) -> str:
    if place is None:
        return isolated(holder)
    return f"{isolated(holder)} ({isolated(place.name)})"
