"""Forms: the one place where untyped posted text becomes typed values."""

from caseman.web.forms.base import FilterForm, Form
from caseman.web.forms.codes import CodeField, CodesField
from caseman.web.forms.dates import DayField, PartialDateField, ToldDateField
from caseman.web.forms.files import PhotosField, SoundField, UploadField
from caseman.web.forms.groups import IntervalField, PositionField
from caseman.web.forms.moments import MomentField
from caseman.web.forms.numbers import NumberField, WholeField
from caseman.web.forms.text import LinesField, TableField, TextField
from caseman.web.forms.validators import Answered, Matches, not_to_come

__all__ = [
    "Answered",
    "CodeField",
    "CodesField",
    "DayField",
    "FilterForm",
    "Form",
    "IntervalField",
    "LinesField",
    "Matches",
    "MomentField",
    "NumberField",
    "PartialDateField",
    "PhotosField",
    "PositionField",
    "SoundField",
    "TableField",
    "TextField",
    "ToldDateField",
    "UploadField",
    "WholeField",
    "not_to_come",
]
