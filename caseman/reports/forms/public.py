"""Forms around the public pages: telling of a place without a name, and whom families may call."""

from caseman.web.forms import Form, LinesField, PhotosField, TextField
from caseman.web.words import lazy_gettext


class TipForm(Form):
    """A place where people may lie, in the words of whoever knows of it."""

    dangers = LinesField(
        lazy_gettext("What is dangerous there?"),
        longest=2000,
        description=lazy_gettext(
            "Mines, shells, walls, water, armed people: what you have heard of"
        ),
    )
    place = LinesField(
        lazy_gettext("Where is it?"),
        required=True,
        longest=4000,
        description=lazy_gettext(
            "As you would tell somebody the way: village, road, what stands there"
        ),
    )
    coordinates = TextField(
        lazy_gettext("Coordinates or a link to a map, if you have one"),
        longest=500,
        description=lazy_gettext("Do not go there to find them out"),
        render_kw={"dir": "ltr", "autocomplete": "off"},
    )
    known = LinesField(
        lazy_gettext("What do you know of it?"),
        longest=4000,
        description=lazy_gettext("When it was, how many people, who they may be"),
    )
    photos = PhotosField(
        lazy_gettext("Photographs, if you have any already"),
        most=3,
        description=lazy_gettext(
            "At most three. We keep a copy without the place, the day and the device that a phone "
            "writes into a picture. Do not go there to take one"
        ),
    )


class SupportForm(Form):
    """Whom families may call."""

    text = LinesField(
        lazy_gettext("Words for families"),
        required=True,
        longest=1000,
        description=lazy_gettext(
            "A telephone number, hours, a place, and who answers there; everybody can read it"
        ),
    )
