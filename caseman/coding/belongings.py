"""Vocabulary of clothing and effects, the same ante-mortem and post-mortem."""

from caseman.coding import N_, Code


class EffectCategory(Code):
    """What group an effect belongs to."""

    CLOTHING = "clothing", N_("Clothing")
    FOOTWEAR = "footwear", N_("Footwear")
    JEWELLERY = "jewellery", N_("Jewellery")
    DOCUMENT = "document", N_("Document")
    MEDICAL = "medical", N_("Medical item")
    PERSONAL = "personal", N_("Personal item")
    RESTRAINT = "restraint", N_("Ligature or blindfold")
    BALLISTIC = "ballistic", N_("Ballistic trace")
    OTHER = "other", N_("Other")


class Slot(Code):
    """Where clothing is worn."""

    TOP = "top", N_("Upper body")
    BOTTOM = "bottom", N_("Lower body")
    OUTER = "outer", N_("Over the clothes")
    UNDER = "under", N_("Under the clothes")
    FEET = "feet", N_("Feet")
    HEAD = "head", N_("Head")


class Colour(Code):
    """Main colour."""

    BLACK = "black", N_("Black")
    WHITE = "white", N_("White")
    GREY = "grey", N_("Grey")
    BROWN = "brown", N_("Brown")
    BEIGE = "beige", N_("Beige")
    RED = "red", N_("Red")
    ORANGE = "orange", N_("Orange")
    YELLOW = "yellow", N_("Yellow")
    GREEN = "green", N_("Green")
    KHAKI = "khaki", N_("Khaki")
    BLUE = "blue", N_("Blue")
    LIGHT_BLUE = "light_blue", N_("Light blue")
    NAVY = "navy", N_("Navy blue")
    PURPLE = "purple", N_("Purple")
    PINK = "pink", N_("Pink")
    GOLD = "gold", N_("Gold")
    SILVER = "silver", N_("Silver")
    MULTICOLOUR = "multicolour", N_("Several colours")


class Material(Code):
    """What an effect is made of."""

    COTTON = "cotton", N_("Cotton")
    WOOL = "wool", N_("Wool")
    SYNTHETIC = "synthetic", N_("Synthetic fabric")
    DENIM = "denim", N_("Denim")
    LEATHER = "leather", N_("Leather")
    RUBBER = "rubber", N_("Rubber")
    KNITTED = "knitted", N_("Knitted")
    METAL = "metal", N_("Metal")
    PLASTIC = "plastic", N_("Plastic")
    PAPER = "paper", N_("Paper")
    GLASS = "glass", N_("Glass")
    WOOD = "wood", N_("Wood")
    STONE = "stone", N_("Stone")
    OTHER = "other", N_("Other")
