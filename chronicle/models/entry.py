from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from chronicle.clock import PARTS
from chronicle.models.chronicle import Chronicle
from chronicle.models.page import Page

PART_BITS = {part: 1 << place for place, part in enumerate(PARTS)}
"""The bit of each part of the day in ``Entry.parts``."""


class Standing(models.TextChoices):
    """What the printed citations of an entry amount to."""

    UNSUPPORTED = "unsupported", "Unsupported"
    SINGLE = "single", "Single source"
    CORROBORATED = "corroborated", "Corroborated"
    DISPUTED = "disputed", "Disputed"
    RETRACTED = "retracted", "Retracted"


class EntryQuerySet(models.QuerySet):
    def public(self, now: datetime | None = None):
        """What readers may see at ``now``: not withdrawn, and not scheduled for later."""
        return self.filter(withdrawn_at__isnull=True, public_from__lte=now or timezone.now())

    def on_day(self, chronicle: Chronicle, day: date):
        """What ``day`` tells, and what happened on it and was told on another."""
        return self.filter(Q(reported_on=day) | Q(happened_on=day), chronicle=chronicle)

    def for_listing(self):
        """In order of time, with what a list of cards shows and no more."""
        return self.order_by("sk").defer("document")


class Entry(models.Model):
    """One printed event. Only the press writes it; its words are in the document and on the card."""

    key = models.UUIDField(unique=True, editable=False)
    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="entries")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="entries")
    sk = models.BigIntegerField(
        unique=True, help_text="Place in time: minute << 12 | place within the minute."
    )
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    throughout = models.BooleanField()
    happened_on = models.DateField()
    reported_on = models.DateField()
    parts = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, choices=Standing)
    has_media = models.BooleanField(default=False)
    public_from = models.DateTimeField()
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    headline = models.CharField(max_length=200)
    document = models.JSONField()
    card = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["sk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(name="entry_begins_before_it_ends", condition=Q(earliest__lt=F("latest"))),
            models.CheckConstraint(name="entry_parts_of_the_day", condition=Q(parts__gte=1, parts__lte=15)),
            models.CheckConstraint(
                name="entry_withdrawn_with_reason_and_without_words",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, card="", headline="") & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="entry_standing_is_known",
                condition=Q(standing__in=[value for value, _ in Standing.choices]),
            ),
        ]
        indexes = [
            models.Index(fields=["chronicle", "reported_on", "sk"], name="entry_told"),
            models.Index(fields=["chronicle", "happened_on", "sk"], name="entry_happened"),
            models.Index(fields=["chronicle", "sk"], name="entry_in_time"),
        ]

    def __str__(self) -> str:
        return self.headline or "Withdrawn entry"

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.chronicle.slug, self.pk])
