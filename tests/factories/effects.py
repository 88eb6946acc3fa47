"""Things found with remains, or loose."""

from caseman.coding.belongings import Colour, EffectCategory
from caseman.effects.services import Description, register_loose, register_on


def described(category=EffectCategory.PERSONAL, kind="watch", **more):
    return Description(category=category, kind=kind, **more)


def make_effect(session, remains, **more):
    return register_on(session, remains, described(**more))


def make_loose_effect(session, feature, team, **more):
    return register_loose(session, feature, team.id, described(**more))


def jacket(**more):
    told = {"category": EffectCategory.CLOTHING, "kind": "jacket", "colour": Colour.GREEN} | more
    return Description(**told)
