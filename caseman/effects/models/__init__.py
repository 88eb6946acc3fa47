"""Personal effects and clothing, and the catalogues in which families see pictures of them."""

from caseman.effects.models.catalogues import (
    BelongingsCatalogue,
    CatalogueItem,
    CatalogueSite,
    Decoy,
)
from caseman.effects.models.effects import EffectPhotograph, EffectWord, PersonalEffect

__all__ = [
    "BelongingsCatalogue",
    "CatalogueItem",
    "CatalogueSite",
    "Decoy",
    "EffectPhotograph",
    "EffectWord",
    "PersonalEffect",
]
