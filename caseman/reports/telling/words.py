"""Words of dates and ages in English, Arabic and Kurmanji, as `folded` writes them."""

import re
import unicodedata

from caseman.writing import clean_line, latin_digits

HEH = "\N{ARABIC LETTER HEH}"


def folded(text: str) -> str:
    """Return ``text`` in small letters and Latin digits, without marks above or below letters."""
    plain = unicodedata.normalize("NFKD", latin_digits(clean_line(text)).casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return letters.translate(_ONE_LETTER).strip(" .،,")


_ONE_LETTER = str.maketrans(
    {
        "ى": "ي",
        "ة": HEH,
        "ـ": "",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{ARABIC DECIMAL SEPARATOR}": ".",
    }
)

_MONTHS = (
    "january jan|كانون الثاني يناير|cile rebendan",
    "february feb|شباط فبراير|sibat resemi",
    "march mar|آذار مارس|adar",
    "april apr|نيسان أبريل|nisan",
    "may|أيار مايو|gulan",
    "june jun|حزيران يونيو|heziran pusper",
    "july jul|تموز يوليو|tirmeh",
    "august aug|آب أغسطس|tebax",
    "september sep sept|أيلول سبتمبر|ilon rezber",
    "october oct|تشرين_الأول أكتوبر|cotmeh",
    "november nov|تشرين_الثاني نوفمبر|mijdar",
    "december dec|كانون_الأول ديسمبر|berfanbar kanun",
)
_HIJRI_MONTHS = (
    "muharram|محرم المحرم",
    "safar|صفر",
    "rabi_al-awwal rabi_i|ربيع_الأول",
    "rabi_al-thani rabi_ii|ربيع_الثاني ربيع_الآخر",
    "jumada_al-ula jumada_i|جمادى_الأولى",
    "jumada_al-akhirah jumada_ii|جمادى_الثانية جمادى_الآخرة",
    "rajab|رجب",
    "shaban sha'ban|شعبان",
    "ramadan remezan|رمضان",
    "shawwal|شوال",
    "dhu_al-qadah dhu_al-qa'dah|ذو_القعدة ذي_القعدة",
    "dhu_al-hijjah|ذو_الحجة ذي_الحجة",
)


def _numbered(lists: tuple[str, ...]) -> dict[str, int]:
    return {
        folded(word.replace("_", " ")): number
        for number, words in enumerate(lists, start=1)
        for word in words.replace("|", " ").replace("كانون الثاني", "كانون_الثاني").split()
    }


def any_of(*words: str) -> str:
    """Return a pattern of one of ``words``, the longest first."""
    return "|".join(sorted(map(re.escape, map(folded, words)), key=len, reverse=True))


MONTHS = _numbered(_MONTHS)
HIJRI_MONTHS = _numbered(_HIJRI_MONTHS)
SEASONS: dict[str, tuple[int, int]] = {
    folded(word): months
    for months, words in (
        ((3, 5), "spring الربيع ربيع bihar bihara"),
        ((6, 8), "summer الصيف صيف havin havina"),
        ((9, 11), "autumn fall الخريف خريف payiz payiza"),
        ((12, 14), "winter الشتاء شتاء zivistan zivistana"),
    )
    for word in words.split()
}
"""First and last month; a winter runs into the next year."""

ABOUT = any_of(
    *("about", "around", "approximately", "circa", "roughly", "nearly", "~", "maybe", "perhaps"),
    *("حوالي", "حوالى", "نحو", "تقريبا", "تقريبًا", "قرابة", "ربما"),
    *("nêzîkî", "nêzîka", "dora", "derdora", "qasî", "belkî"),
)
BEFORE = any_of("before", "until", "not after", "قبل", "حتى", "berî", "beriya", "heta")
AFTER = any_of("after", "since", "not before", "بعد", "منذ", "piştî", "ji")
BETWEEN = any_of("between", "from", "بين", "من", "ما بين", "di navbera", "navbera", "ji")
AND = any_of("and", "to", "until", "or", "إلى", "الى", "حتى", "أو", "و", "û", "heta", "an")
FILLER = any_of(
    *("in", "the", "of", "on", "year", "month", "early", "late", "mid", "beginning", "end"),
    *("في", "عام", "سنة", "شهر", "يوم", "من", "بداية", "نهاية", "منتصف", "أول", "آخر"),
    *("sala", "meha", "roja", "di", "de", "destpêka", "dawiya"),
)
HIJRI = any_of("hijri", "ah", "h", HEH, "هجري", "هجرية", "koçî", "للهجرة")
GREGORIAN = any_of("ad", "ce", "م", "ميلادي", "ميلادية", "للميلاد")
