"""What every field of the kit shares: it is optional unless ``required``."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from caseman.web.forms.validators import first_of


class KitField(Field):
    """A field that is optional unless ``required``; its validators see non-empty values only."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        required: bool = False,
        **options: Any,  # noqa: ANN401 - passed through to WTForms
    ) -> None:
        first = first_of(validators, required=required)
        super().__init__(label, [first, *validators], **options)

    @property
    def typed(self) -> str:
        """The text as it was posted, to be shown again when it could not be read."""
        return str(self.raw_data[0]) if self.raw_data else ""
