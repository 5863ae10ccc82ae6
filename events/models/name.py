from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from events.models.emptied import TAKEN_DOWN, Erasable
from events.models.language import language_tag
from events.models.typed import Typed


def refuse_name_of_another(row: Any, exclude: Collection[str] | None) -> None:
    """Raises ValidationError where another row of its story is called as ``row`` is, but for the case.

    That none has just its name is a constraint of the database. A name among ``exclude``, the fields that are
    not looked at or refused already, may be none that a database could be asked for.
    """
    if "name" in (exclude or ()):
        return
    others = type(row).objects.filter(story=row.story_id, name__iexact=row.name, erased_at=None)
    other = others.exclude(name=row.name).exclude(pk=row.pk).first()
    if other is not None:
        raise ValidationError(f"This story has “{other}” already: use that, or choose another name.")


class Name(Typed):
    """One of several names: in which language, who uses it, and whether it is shown to readers."""

    name = models.CharField(max_length=120)
    language = models.CharField(
        max_length=35, blank=True, validators=[language_tag], help_text="A BCP 47 tag: az, hy, ru, en."
    )
    used_by = models.CharField(
        max_length=120, blank=True, help_text="Who says it so: Baku, Yerevan, English press."
    )
    position = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(10_000)])
    preferred = models.BooleanField(
        "shown", default=False, help_text="Shown to readers. Where none is, the first one is."
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Named(Erasable):
    """What has several names. ``names`` is the reverse of its own table of names."""

    class Meta:
        abstract = True

    first_name: str | None = None
    """Its first name, where it was read with that beside it."""
    called: list[str] | None = None
    """All its names in order, where they were read with it."""

    def __str__(self) -> str:
        if self.first_name:
            return self.first_name
        first = next(iter(self.names.all()), None)
        return first.name if first else self._nameless()

    @property
    def label(self) -> str:
        """Its names as the desk shows them together."""
        names = list(self.names.all())
        shown = [name.name for name in names if name.preferred] or [name.name for name in names[:1]]
        return " / ".join(shown) or self._nameless()

    def _nameless(self) -> str:
        return TAKEN_DOWN if self.erased_at else "(without a name)"
