"""What both hand-overs ask of whoever receives: with remains, and of effects on their own."""

from wtforms import Field

from caseman.identification.models import Recipient


class HasRecipient:
    """A form that asks who received something; each names the questions in its own words."""

    name: Field
    relation: Field
    identity_document: Field
    contact: Field

    @property
    def recipient(self) -> Recipient:
        """Who it was."""
        return Recipient(
            name=self.name.data,
            relation=self.relation.data,
            identity_document=self.identity_document.data,
            contact=self.contact.data,
        )
