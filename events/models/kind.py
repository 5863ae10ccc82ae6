import uuid

from django.core.validators import MaxValueValidator
from django.db import models


class Kind(models.Model):
    """What sort of thing is said to have happened: fighting, diplomacy, an announcement."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    citations_needed = models.PositiveSmallIntegerField(
        "approved citations needed",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Where it differs from what the chronicle asks for.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
