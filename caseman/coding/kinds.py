"""Kinds of clothing, things and lasting findings, named alike by families and at the table.

Values are those of the exchange format (matching.md 9). A record may hold a kind that is not
listed here: it is kept as told.
"""

from caseman.coding import N_, Code
from caseman.coding.belongings import EffectCategory, Slot


class EffectKind(Code):
    """What a piece of clothing or a thing is."""

    SHIRT = "shirt", N_("Shirt")
    T_SHIRT = "t-shirt", N_("T-shirt")
    SWEATER = "sweater", N_("Sweater")
    VEST = "vest", N_("Vest or undershirt")
    WAISTCOAT = "waistcoat", N_("Waistcoat")
    SUIT = "suit", N_("Suit")
    OVERALL = "overall", N_("Overall")
    BLOUSE = "blouse", N_("Blouse")
    DRESS = "dress", N_("Dress")
    ABAYA = "abaya", N_("Abaya")
    JALLABIYA = "jallabiya", N_("Jallabiya or thawb")
    SHAL_U_SHAPIK = "shal_u_shapik", N_("Kurdish suit: shal u shapik, ranak u choghal")
    BISHT = "bisht", N_("Bisht: a cloak")
    TRACKSUIT_TOP = "tracksuit_top", N_("Tracksuit top")
    JEANS = "jeans", N_("Jeans")
    TROUSERS = "trousers", N_("Trousers")
    TRACKSUIT_BOTTOM = "tracksuit_bottom", N_("Tracksuit trousers")
    SHORTS = "shorts", N_("Shorts")
    SKIRT = "skirt", N_("Skirt")
    SHIRWAL = "shirwal", N_("Shirwal")
    DIMIJE = "dimije", N_("Dimije: wide women's trousers")
    UNDERPANTS = "underpants", N_("Underpants")
    BRA = "bra", N_("Bra")
    TIGHTS = "tights", N_("Tights or stockings")
    SOCKS = "socks", N_("Socks")
    PISHTWEN = "pishtwen", N_("Pishtwen: a waist cloth")
    JACKET = "jacket", N_("Jacket")
    COAT = "coat", N_("Coat")
    LEATHER_JACKET = "leather_jacket", N_("Leather jacket")
    MILITARY_JACKET = "military_jacket", N_("Military jacket")
    HIJAB = "hijab", N_("Hijab or headscarf")
    NIQAB = "niqab", N_("Niqab")
    SCARF = "scarf", N_("Scarf")
    KEFFIYEH = "keffiyeh", N_("Keffiyeh")
    AGAL = "agal", N_("Agal: a headband")
    CAP = "cap", N_("Cap")
    BERET = "beret", N_("Beret, French cap")
    HELMET = "helmet", N_("Helmet")
    PRAYER_CAP = "prayer_cap", N_("Prayer cap")
    SPORTS_SHOE = "sports_shoe", N_("Sports shoes")
    SANDAL = "sandal", N_("Sandals")
    SLIPPER = "slipper", N_("Slippers")
    BOOT = "boot", N_("Boots")
    LEATHER_SHOE = "leather_shoe", N_("Leather shoes")
    OPANCI = "opanci", N_("Opanci or rubber boots")
    GLOVES = "gloves", N_("Gloves")
    BELT = "belt", N_("Belt")
    RING = "ring", N_("Ring")
    NECKLACE = "necklace", N_("Necklace")
    EARRINGS = "earrings", N_("Earrings")
    BRACELET = "bracelet", N_("Bracelet")
    AMULET = "amulet", N_("Amulet")
    HAIR_CLIP = "hair_clip", N_("Hair clip")
    WATCH = "watch", N_("Watch")
    GLASSES = "glasses", N_("Glasses")
    PRAYER_BEADS = "prayer_beads", N_("Prayer beads")
    PHONE = "phone", N_("Phone")
    KEYS = "keys", N_("Keys")
    WALLET = "wallet", N_("Wallet")
    MONEY = "money", N_("Money")
    LIGHTER = "lighter", N_("Lighter")
    CIGARETTES = "cigarettes", N_("Cigarettes")
    KNIFE = "knife", N_("Knife")
    MEDICINE = "medicine", N_("Medicine")
    HOSPITAL_BAND = "hospital_band", N_("Hospital band")
    BANDAGE = "bandage", N_("Bandage or cast")
    TOY = "toy", N_("Toy")
    DOG_TAG = "dog_tag", N_("Military identity tag")
    INSIGNIA = "insignia", N_("Insignia of a unit")
    NUMBER_CARD = "number_card", N_("Number card of a place of detention")
    SHROUD = "shroud", N_("Burial shroud")
    ID_CARD = "id_card", N_("Identity card")
    PASSPORT = "passport", N_("Passport")
    FAMILY_BOOKLET = "family_booklet", N_("Family booklet")
    OTHER = "other", N_("Something else")

    @property
    def category(self) -> EffectCategory:
        """The group this kind belongs to."""
        if self in _SLOTS:
            footwear = _SLOTS[self] is Slot.FEET
            return EffectCategory.FOOTWEAR if footwear else EffectCategory.CLOTHING
        return _CATEGORIES.get(self, EffectCategory.PERSONAL)

    @property
    def slot(self) -> Slot | None:
        """Where it is worn, for clothing."""
        return _SLOTS.get(self)


K = EffectKind
_SLOTS = {
    **dict.fromkeys(
        (K.SHIRT, K.T_SHIRT, K.SWEATER, K.BLOUSE, K.DRESS, K.ABAYA, K.JALLABIYA), Slot.TOP
    ),
    **dict.fromkeys((K.TRACKSUIT_TOP, K.WAISTCOAT, K.SUIT, K.OVERALL), Slot.TOP),
    **dict.fromkeys((K.VEST, K.SHAL_U_SHAPIK, K.GLOVES), Slot.TOP),
    **dict.fromkeys(
        (K.JEANS, K.TROUSERS, K.TRACKSUIT_BOTTOM, K.SHORTS, K.SKIRT, K.SHIRWAL), Slot.BOTTOM
    ),
    **dict.fromkeys((K.DIMIJE, K.PISHTWEN), Slot.BOTTOM),
    **dict.fromkeys((K.UNDERPANTS, K.BRA, K.TIGHTS, K.SOCKS), Slot.UNDER),
    **dict.fromkeys((K.BISHT, K.SHROUD), Slot.OUTER),
    **dict.fromkeys((K.JACKET, K.COAT, K.LEATHER_JACKET, K.MILITARY_JACKET), Slot.OUTER),
    **dict.fromkeys((K.HIJAB, K.KEFFIYEH, K.CAP, K.PRAYER_CAP), Slot.HEAD),
    **dict.fromkeys((K.NIQAB, K.SCARF, K.AGAL, K.BERET, K.HELMET), Slot.HEAD),
    **dict.fromkeys((K.SPORTS_SHOE, K.SANDAL, K.SLIPPER, K.BOOT, K.LEATHER_SHOE), Slot.FEET),
    K.OPANCI: Slot.FEET,
}
_CATEGORIES = {
    **dict.fromkeys((K.RING, K.NECKLACE, K.EARRINGS, K.BRACELET), EffectCategory.JEWELLERY),
    **dict.fromkeys((K.ID_CARD, K.PASSPORT, K.FAMILY_BOOKLET), EffectCategory.DOCUMENT),
    **dict.fromkeys((K.MEDICINE, K.HOSPITAL_BAND, K.BANDAGE), EffectCategory.MEDICAL),
    K.OTHER: EffectCategory.OTHER,
}


class DentalFeature(Code):
    """What a relative remembers of somebody's teeth."""

    GOLD_FRONT_TOOTH = "gold_front_tooth", N_("Gold front tooth")
    GOLD_CROWN = "gold_crown", N_("Gold crown")
    METAL_CROWN = "metal_crown", N_("Metal crown")
    BRIDGE = "bridge", N_("Bridge")
    FULL_DENTURE = "full_denture", N_("Full denture")
    IMPLANT = "implant", N_("Implant")
    BRACES = "braces", N_("Braces")
    MISSING_UPPER_INCISOR = "missing_upper_incisor", N_("Upper front tooth missing")
    MISSING_MOLARS = "missing_molars", N_("Back teeth missing")
    DIASTEMA = "diastema", N_("Gap between the front teeth")
    CROWDED_FRONT = "crowded_front", N_("Crowded front teeth")
    CHIPPED_INCISOR = "chipped_incisor", N_("Chipped front tooth")
    FLUOROSIS_STAIN = "fluorosis_stain", N_("Stained teeth")
