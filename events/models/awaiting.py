from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Awaiting(models.Model):
    """Words that may wait for the opening of their story: in whose name, and in which version."""

    awaits_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    awaits_version = models.PositiveIntegerField(null=True, editable=False)
    awaits_refusal = models.TextField(
        blank=True, editable=False, help_text="Why it was not published at the opening."
    )

    version: models.PositiveIntegerField
    """Of its words: every row that waits has one."""

    class Meta:
        abstract = True

    @property
    def awaits_opening(self) -> bool:
        """Whether somebody would have it published at the opening of its story."""
        return self.awaits_by_id is not None

    @property
    def changed_since_awaiting(self) -> bool:
        """Whether its words are not those that were to be published then."""
        return self.awaits_opening and self.awaits_version != self.version


def awaits_whole(name: str) -> models.CheckConstraint:
    """That it waits in a version that it had, in somebody's name; or does not, and nothing is said of it."""
    nothing = Q(awaits_by__isnull=True, awaits_version__isnull=True, awaits_refusal="")
    something = Q(awaits_by__isnull=False, awaits_version__isnull=False, awaits_version__lte=F("version"))
    return models.CheckConstraint(name=name, condition=nothing | something)


def index_of_awaiting(name: str) -> models.Index:
    """By which the worker finds what waits, of few among many."""
    return models.Index(fields=["story"], name=name, condition=Q(awaits_by__isnull=False))
