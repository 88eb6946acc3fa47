"""What can be done with sites, features and numbers."""

from caseman.sites.models import BLOCK_SIZE
from caseman.sites.numbers import format_number
from caseman.sites.services.errors import DuplicateSiteCodeError, NumberTakenError, SiteError
from caseman.sites.services.features import (
    LOOSE,
    NewFeature,
    add_feature,
    correct_feature,
    open_feature,
)
from caseman.sites.services.giving import next_number, reserve_block, take_numbers
from caseman.sites.services.registering import (
    NewSite,
    SiteFacts,
    change_status,
    correct_site,
    free_code,
    register_site,
    set_position,
)
from caseman.sites.services.teams import assign, unassign
from caseman.sites.services.tips import (
    NewTip,
    TipNeedsReasonError,
    TipNeedsSiteError,
    read_coordinates,
    receive_tip,
    settle_tip,
)
from caseman.sites.services.visits import VisitFacts, correct_visit, record_visit

__all__ = [
    "BLOCK_SIZE",
    "LOOSE",
    "DuplicateSiteCodeError",
    "NewFeature",
    "NewSite",
    "NewTip",
    "NumberTakenError",
    "SiteError",
    "SiteFacts",
    "TipNeedsReasonError",
    "TipNeedsSiteError",
    "VisitFacts",
    "add_feature",
    "assign",
    "change_status",
    "correct_feature",
    "correct_site",
    "correct_visit",
    "format_number",
    "free_code",
    "next_number",
    "open_feature",
    "read_coordinates",
    "receive_tip",
    "record_visit",
    "register_site",
    "reserve_block",
    "set_position",
    "settle_tip",
    "take_numbers",
    "unassign",
]
