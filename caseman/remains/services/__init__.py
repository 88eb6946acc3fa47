"""What can be done with remains. Every change that bears on identification says when it came."""

from caseman.remains.drafts import (
    BoneFound,
    NameFound,
    NewMark,
    NewPhotograph,
    NewRemains,
    NewSample,
    Profile,
    Recovery,
    Tooth,
)
from caseman.remains.services.bones import add_bone, inventory, remove_bone
from caseman.remains.services.errors import (
    DecidedError,
    NotVoidedError,
    NumberNotIssuedError,
    NumberUsedError,
    RemainsError,
    SameFeatureError,
    SampleRefusedError,
    StatusRefusedError,
    StillHeldError,
    TooManyAlikeError,
    VoidedError,
)
from caseman.remains.services.findings import (
    add_found_name,
    add_mark,
    attach_photograph,
    chart_teeth,
    examine,
    record_recovery,
    remove_found_name,
    remove_mark,
    touch,
)
from caseman.remains.services.numbers import move, restore, split, void
from caseman.remains.services.printing import print_block
from caseman.remains.services.registering import (
    link_found_with,
    register_all,
    register_remains,
)
from caseman.remains.services.samples import cut_sample, void_sample
from caseman.remains.services.status import change_status

__all__ = [
    "BoneFound",
    "DecidedError",
    "NameFound",
    "NewMark",
    "NewPhotograph",
    "NewRemains",
    "NewSample",
    "NotVoidedError",
    "NumberNotIssuedError",
    "NumberUsedError",
    "Profile",
    "Recovery",
    "RemainsError",
    "SameFeatureError",
    "SampleRefusedError",
    "StatusRefusedError",
    "StillHeldError",
    "TooManyAlikeError",
    "Tooth",
    "VoidedError",
    "add_bone",
    "add_found_name",
    "add_mark",
    "attach_photograph",
    "change_status",
    "chart_teeth",
    "cut_sample",
    "examine",
    "inventory",
    "link_found_with",
    "move",
    "print_block",
    "record_recovery",
    "register_all",
    "register_remains",
    "remove_bone",
    "remove_found_name",
    "remove_mark",
    "restore",
    "split",
    "touch",
    "void",
    "void_sample",
]
