"""A recording that comes with a form."""

from wtforms.validators import ValidationError

from caseman.media.errors import FileRefusedError
from caseman.media.sounds import LARGEST_SOUND, Sound, read_sound
from caseman.reports.errors import TooManyVoiceNotesError
from caseman.web.forms import Form, SoundField
from caseman.web.words import lazy_gettext, refusal


class VoiceForm(Form):
    """A form that takes a recording; ``sound`` is what came, once it is validated."""

    sound: Sound | None = None
    has_room: bool = True
    """Whether the report can hold one more."""

    voice = SoundField(
        lazy_gettext("Or say it: a recording of your voice"),
        description=lazy_gettext(
            "Up to three minutes, if you would rather not write. Only those who may call you hear "
            "it, for a voice tells who speaks. A file that you made before may hold in itself when "
            "and where that was"
        ),
    )

    def validate_voice(self, field: SoundField) -> None:
        """Refuse what is no recording, is too long, or finds no room."""
        if field.data is None:
            return
        if not self.has_room:
            raise ValidationError(refusal(TooManyVoiceNotesError()))
        try:
            self.sound = read_sound(field.content(LARGEST_SOUND), field.data.filename or "")
        except FileRefusedError as refused:
            raise ValidationError(refusal(refused)) from refused
