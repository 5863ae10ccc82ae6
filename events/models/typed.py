"""Text as the desk keeps it, so that whatever is typed can be sealed once it is printed.

It is seen to where a row is cleaned, the one way that every form and every verb takes: so no text is refused
for how a keyboard composes its letters, and what cannot be kept at all is refused beside its own field.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models

from chronicle import seal


def composed(text: str) -> str:
    """``text`` in the composed form of Unicode (NFC): the same letters, one way to write each.

    Raises chronicle.seal.Unsealable, with a sentence, for what no document may hold.
    """
    composed = unicodedata.normalize("NFC", text)
    seal.check_text(composed)
    return composed


class Typed(models.Model):
    """A row that people type into."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None) -> None:
        """Composes every text of the row; refuses, beside each, what cannot be kept."""
        refused = {}
        for name in self._texts() - set(exclude or ()):
            try:
                setattr(self, name, composed(getattr(self, name)))
            except seal.Unsealable as unsealable:
                refused[name] = f"{unsealable} Take it out, then try again."
        if refused:
            raise ValidationError(refused)
        super().clean_fields(exclude)

    def _texts(self) -> set[str]:
        """The names of the fields that hold text now."""
        fields = self._meta.concrete_fields
        texts = (field.attname for field in fields if isinstance(field, models.CharField | models.TextField))
        return {name for name in texts if isinstance(getattr(self, name), str)}
