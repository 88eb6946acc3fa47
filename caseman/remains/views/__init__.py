"""The pages of this slice."""

from caseman.remains.views import (  # noqa: F401 - each adds its pages to the blueprint
    bags,
    bones,
    coded,
    combining,
    counting,
    examination,
    findings,
    lesions,
    listing,
    measuring,
    numbers,
    own_methods,
    photographs,
    printing,
    record,
    recovery,
    samples,
    scanning,
    sorting,
)
from caseman.remains.views.blueprint import remains
from caseman.remains.views.lesion_words import disagreeing, lesion_facts, lesion_title

BLUEPRINTS = (remains,)
for words in (disagreeing, lesion_facts, lesion_title):
    remains.add_app_template_filter(words)

__all__ = ["BLUEPRINTS", "remains"]
