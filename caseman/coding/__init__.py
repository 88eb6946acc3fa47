"""Controlled vocabularies: enums whose members carry the label people read.

A member is stored by its value, which never changes; its label is an English message id that
the web layer translates. ``N_`` only marks a string for extraction.
"""

from enum import StrEnum
from typing import Self


def N_(message: str) -> str:  # noqa: N802 - the conventional name of a gettext marker
    """Mark ``message`` for translation and return it unchanged."""
    return message


class Code(StrEnum):
    """A controlled value with its label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Build a member whose value is ``value`` and whose ``label`` is translatable."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Absence(Code):
    """Why a field holds no value. Six different answers, never merged (design.md section 4)."""

    NOT_ASKED = "not_asked", N_("Not asked")
    UNKNOWN = "unknown", N_("Unknown")
    NOT_VISIBLE = "not_visible", N_("Not visible")
    NOT_EXAMINED = "not_examined", N_("Not examined")
    DECLINED = "declined", N_("Prefers not to say")
    DEFERRED = "deferred", N_("To be asked later")


OF_FINDS = (Absence.NOT_ASKED, Absence.UNKNOWN, Absence.NOT_VISIBLE, Absence.NOT_EXAMINED)
"""The reasons that make sense of remains and things; only who is asked declines or defers."""


class Sex(Code):
    """Sex as reported for a person."""

    MALE = "M", N_("Male")
    FEMALE = "F", N_("Female")


class SexEstimate(Code):
    """Sex as estimated from remains (Buikstra and Ubelaker 1994, five grades)."""

    MALE = "M", N_("Male")
    PROBABLE_MALE = "PM", N_("Probably male")
    INDETERMINATE = "I", N_("Indeterminate")
    PROBABLE_FEMALE = "PF", N_("Probably female")
    FEMALE = "F", N_("Female")


class Calendar(Code):
    """The calendar in which a date was told."""

    GREGORIAN = "gregorian", N_("Gregorian")
    HIJRI = "hijri", N_("Hijri")


class Language(Code):
    """Languages in which people are interviewed."""

    ARABIC = "ar", N_("Arabic")
    KURMANJI = "kmr", N_("Kurdish (Kurmanji)")
    SORANI = "ckb", N_("Kurdish (Sorani)")
    ENGLISH = "en", N_("English")
