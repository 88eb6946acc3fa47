"""The ground of the grave: rubble over a fill with the bodies, in a cut through a layer."""

from datetime import date

from sqlalchemy.orm import Session

from caseman.effects.services import put_in_context
from caseman.remains.models import Remains
from caseman.sites.models import Feature
from caseman.stratigraphy.codes import ContextKind, Direction
from caseman.stratigraphy.services import ContextFacts, add_context, relate

BY, ON = "Archaeologist Nimune", date(2019, 3, 4)
RUBBLE = ContextFacts(
    ContextKind.DEPOSIT, "light grey", "loose", "concrete, wire", 0.0, 0.4, ON, BY,
    interpretation="Pushed over the trench by a machine.",
)  # fmt: skip
FILL = ContextFacts(
    ContextKind.FILL, "10YR 4/3", "silty, loose", "lime, plastic sheet", 0.4, 1.6, ON, BY
)
BODIES = ContextFacts(
    ContextKind.BODY_MASS, top_m=0.8, bottom_m=1.6, recorded_on=ON, recorded_by=BY
)
CUT = ContextFacts(
    ContextKind.CUT, top_m=0.4, bottom_m=1.7, recorded_on=ON, recorded_by=BY,
    description="Straight sides with the marks of a toothed bucket.",
)  # fmt: skip
SUBSOIL = ContextFacts(ContextKind.LAYER, "10YR 6/4", "firm clay", "", 0.3, None, ON, BY)


def dig(session: Session, grave: Feature, finds: list[Remains]) -> None:
    """Record the contexts of ``grave``; what was found lay with the bodies."""
    rubble, fill, bodies, cut, subsoil = (
        add_context(session, grave, each) for each in (RUBBLE, FILL, BODIES, CUT, SUBSOIL)
    )
    relate(session, rubble, fill, Direction.ABOVE)
    relate(session, fill, bodies, Direction.ABOVE)
    relate(session, bodies, cut, Direction.FILLS)
    relate(session, fill, cut, Direction.FILLS)
    relate(session, subsoil, cut, Direction.CUT_BY)
    put_in_context(session, bodies, finds, {each.number for each in finds})
