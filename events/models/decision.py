from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.citation import Citation
from events.models.day import Day
from events.models.event import Event
from events.models.source import Source

LONGEST_NOTE = 2_000
"""Characters of a note or a reason."""


class Decision(models.Model):
    """Who moved what from where to where, when and why. Rows are only added."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, null=True, related_name="decisions")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, null=True, related_name="decisions")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, related_name="decisions")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, null=True, related_name="decisions")
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(help_text="The version that the person saw.")
    reason_code = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)
    words_sha256 = models.CharField(
        max_length=64, blank=True, help_text="The words decided on, for a citation."
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_has_a_subject",
                condition=Q(event__isnull=False)
                | Q(citation__isnull=False)
                | Q(source__isnull=False)
                | Q(day__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["citation", "verb"], name="decision_on_citation")]

    def __str__(self) -> str:
        return f"{self.verb} by {self.by} on {self.at:%Y-%m-%d %H:%M} UTC"
