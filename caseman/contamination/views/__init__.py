"""The pages of this slice, and its samples in the submissions of the laboratory."""

from caseman.contamination.views import coded  # noqa: F401 - registers itself with the laboratory
from caseman.contamination.views.register import staff

__all__ = ["staff"]
