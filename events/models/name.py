from django.core.validators import MaxValueValidator
from django.db import models

from chronicle.models import Chronicle


class Name(models.Model):
    """One of several names: in which language, who uses it, and which chronicles prefer it."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=35, blank=True, help_text="A BCP 47 tag: az, hy, ru, en.")
    used_by = models.CharField(
        max_length=120, blank=True, help_text="Who says it so: Baku, Yerevan, English press."
    )
    position = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(10_000)])
    preferred_in = models.ManyToManyField(Chronicle, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Named(models.Model):
    """What has several names. ``names`` is the reverse of its own table of names."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        first = next(iter(self.names.all()), None)
        return first.name if first else "(without a name)"

    def names_in(self, chronicle: Chronicle) -> list[str]:
        """The names to show in ``chronicle``: those it prefers, else the first one."""
        names = list(self.names.all())
        preferred = [name.name for name in names if chronicle in name.preferred_in.all()]
        return preferred or [name.name for name in names[:1]] or ["(without a name)"]

    def label_in(self, chronicle: Chronicle) -> str:
        """The names to show in ``chronicle``, put together in its style."""
        first, *others = self.names_in(chronicle)
        if not others or chronicle.name_style == Chronicle.NameStyle.FIRST:
            return first
        if chronicle.name_style == Chronicle.NameStyle.BRACKETS:
            return f"{first} ({', '.join(others)})"
        return " / ".join([first, *others])
