"""Names of bones in the reader's language, by the codes of the inventory."""

from typing import Final

from caseman.coding import N_
from caseman.remains.codes import BoneSide
from caseman.web.filters import label
from caseman.web.words import gettext as _

_NAMES: Final = {
    "FRO": N_("Frontal bone"),
    "PAR": N_("Parietal bone"),
    "OCC": N_("Occipital bone"),
    "TEM": N_("Temporal bone"),
    "SPH": N_("Sphenoid bone"),
    "ETH": N_("Ethmoid bone"),
    "MAX": N_("Upper jaw bone"),
    "ZYG": N_("Cheek bone"),
    "NAS": N_("Nasal bone"),
    "LAC": N_("Lacrimal bone"),
    "PAL": N_("Palatine bone"),
    "INC": N_("Lower nasal concha"),
    "VOM": N_("Vomer"),
    "MAN": N_("Lower jaw bone"),
    "MAL": N_("Malleus"),
    "INS": N_("Incus"),
    "STA": N_("Stapes"),
    "HYO": N_("Hyoid bone"),
    "SAC": N_("Sacrum"),
    "COC": N_("Coccyx"),
    "STE": N_("Breastbone"),
    "RIB": N_("Rib, number not known"),
    "CLA": N_("Collarbone"),
    "SCA": N_("Shoulder blade"),
    "HUM": N_("Humerus"),
    "RAD": N_("Radius"),
    "ULN": N_("Ulna"),
    "SCD": N_("Scaphoid"),
    "LUN": N_("Lunate"),
    "TRQ": N_("Triquetral"),
    "PIS": N_("Pisiform"),
    "TRM": N_("Trapezium"),
    "TRD": N_("Trapezoid"),
    "CAP": N_("Capitate"),
    "HAM": N_("Hamate"),
    "COX": N_("Hip bone"),
    "FEM": N_("Femur"),
    "PAT": N_("Kneecap"),
    "TIB": N_("Tibia"),
    "FIB": N_("Fibula"),
    "TAL": N_("Talus"),
    "CAL": N_("Calcaneus"),
    "NAV": N_("Navicular"),
    "CUB": N_("Cuboid"),
    "CU1": N_("Medial cuneiform"),
    "CU2": N_("Intermediate cuneiform"),
    "CU3": N_("Lateral cuneiform"),
}
_ZONES: Final = {
    "squama": N_("Squama"),
    "orbit": N_("Orbit"),
    "lateral": N_("Lateral part"),
    "basilar": N_("Basilar part"),
    "petrous": N_("Petrous part"),
    "mastoid": N_("Mastoid"),
    "zygomatic root": N_("Root of the zygomatic process"),
    "body": N_("Body of the bone"),
    "greater wing": N_("Greater wing"),
    "alveolar": N_("Part with the teeth"),
    "frontal process": N_("Frontal process"),
    "palatine process": N_("Palatine process"),
    "ramus": N_("Ramus"),
    "condyle": N_("Condyle"),
    "coronoid": N_("Coronoid process"),
    "greater horn": N_("Greater horn"),
    "lesser horns": N_("Lesser horns"),
    "arch": N_("Arch"),
    "spinous process": N_("Spinous process"),
    "ala": N_("Ala of the sacrum"),
    "manubrium": N_("Manubrium"),
    "xiphoid": N_("Xiphoid process"),
    "head": N_("Head of the rib"),
    "neck": N_("Neck of the rib"),
    "angle": N_("Angle of the rib"),
    "shaft": N_("Shaft"),
    "sternal end": N_("Sternal end"),
    "acromial end": N_("Acromial end"),
    "glenoid": N_("Glenoid cavity"),
    "acromion": N_("Acromion"),
    "coracoid": N_("Coracoid process"),
    "spine": N_("Spine of the shoulder blade"),
    "proximal end": N_("Upper end"),
    "proximal 1/3": N_("Upper third"),
    "middle 1/3": N_("Middle third"),
    "distal 1/3": N_("Lower third"),
    "distal end": N_("Lower end"),
    "ilium": N_("Ilium"),
    "ischium": N_("Ischium"),
    "pubis": N_("Pubis"),
    "acetabulum": N_("Acetabulum"),
    "auricular surface": N_("Auricular surface"),
    "pubic symphysis": N_("Pubic symphysis"),
}
_PARTS: Final = {
    "half": N_("Half of the bone"),
    "petromastoid": N_("Petrous and mastoid part"),
    "tympanic ring": N_("Tympanic ring"),
    "lesser wing": N_("Lesser wing"),
    "anterior arch": N_("Anterior arch"),
    "centrum": N_("Body of the vertebra"),
    "dens": N_("Dens"),
    "rings": N_("Ring epiphyses of the body"),
    "arches": N_("Arches of the sacrum"),
    "sternebra": N_("Sternebra %(number)s"),
    "head epiphysis": N_("Epiphysis of the head"),
    "tubercle epiphysis": N_("Epiphysis of the tubercle"),
    "medial flake": N_("Epiphysis of the sternal end"),
    "lateral flake": N_("Epiphysis of the acromial end"),
    "acromial epiphysis": N_("Epiphysis of the acromion"),
    "glenoid rim": N_("Rim of the glenoid cavity"),
    "inferior angle": N_("Lower angle"),
    "medial border": N_("Medial border"),
    "articular head": N_("Head"),
    "greater tubercle": N_("Greater tubercle"),
    "lesser tubercle": N_("Lesser tubercle"),
    "capitulum": N_("Capitulum"),
    "trochlea": N_("Trochlea"),
    "medial epicondyle": N_("Medial epicondyle"),
    "lateral epicondyle": N_("Lateral epicondyle"),
    "upper epiphysis": N_("Upper epiphysis"),
    "lower epiphysis": N_("Lower epiphysis"),
    "olecranon": N_("Olecranon"),
    "epiphysis": N_("Epiphysis"),
    "iliac crest": N_("Iliac crest"),
    "ischial tuberosity": N_("Ischial tuberosity"),
    "lower iliac spine": N_("Anterior inferior iliac spine"),
    "greater trochanter": N_("Greater trochanter"),
    "lesser trochanter": N_("Lesser trochanter"),
    "tuberosity": N_("Tuberosity"),
}
"""Parts of young bones; those that are a zone of the grown bone are called as it is."""
_HALVES: Final = {"R": BoneSide.RIGHT, "L": BoneSide.LEFT}
_NUMBERED: Final = {
    "C": N_("Neck vertebra %(number)s"),
    "T": N_("Chest vertebra %(number)s"),
    "L": N_("Lumbar vertebra %(number)s"),
    "R": N_("Rib %(number)s"),
    "MC": N_("Metacarpal %(number)s"),
    "PHP": N_("Finger %(number)s, proximal phalanx"),
    "PHI": N_("Finger %(number)s, middle phalanx"),
    "PHD": N_("Finger %(number)s, distal phalanx"),
    "MT": N_("Metatarsal %(number)s"),
    "PFP": N_("Toe %(number)s, proximal phalanx"),
    "PFI": N_("Toe %(number)s, middle phalanx"),
    "PFD": N_("Toe %(number)s, distal phalanx"),
}


def bone_name(element: str) -> str:
    """Return the name of a bone; a code from elsewhere stays as it is."""
    if element in _NAMES:
        return _(_NAMES[element])
    letters = element.rstrip("0123456789")
    if letters in _NUMBERED:
        return _(_NUMBERED[letters], number=element.removeprefix(letters))
    return element


def side_name(element: str, side: BoneSide, part: str | None = None) -> str:
    """Return the name of a bone, or of a part of it, with its side where it has one."""
    names = [bone_name(element)]
    if side is not BoneSide.MIDDLE:
        names.append(label(side))
    if part:
        names.append(zone_name(part))
    return _(", ").join(names)


def part_name(element: str, part: str | None) -> str:
    """Return the name of a bone, or of a part of a young one with its bone."""
    return side_name(element, BoneSide.MIDDLE, part)


def zone_name(zone: str) -> str:
    """Return the name of a zone or part that the engine knows; S1 to S5 are called alike."""
    half, _space, rest = zone.partition(" ")
    if half in _HALVES:
        return _("%(bone)s, %(side)s", bone=zone_name(rest), side=label(_HALVES[half]))
    if half == "sternebra":
        return _(_PARTS[half], number=rest)
    name = _ZONES.get(zone) or _PARTS.get(zone)
    return _(name) if name else zone
