from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Revision(models.Model):
    """What a row of the desk said before and after one save, and who saved it.

    It stands for what somebody typed and did not save too, where another's words were taken instead. Other
    rows are named by their keys, so that the words of each stand in its own revisions alone: see
    events.editorial.remembering.
    """

    model = models.CharField(max_length=20)
    key = models.BigIntegerField(help_text="Of the row.")
    began = models.PositiveIntegerField(null=True, help_text="The version before; none of a new row.")
    version = models.PositiveIntegerField(help_text="That it became, or that was taken instead of it.")
    saved = models.BooleanField(default=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    tells = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Whose save it was merged with, until they are told.",
    )

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="revision_once_a_version", fields=["model", "key", "version"], condition=Q(saved=True)
            ),
            models.CheckConstraint(
                name="revision_goes_on",
                condition=Q(began__isnull=True) | Q(version__gt=models.F("began")),
            ),
        ]
        indexes = [models.Index(fields=["model", "key", "-id"], name="revision_of_a_row")]

    def __str__(self) -> str:
        return f"Version {self.version}" if self.saved else f"Not saved, beside version {self.version}"
