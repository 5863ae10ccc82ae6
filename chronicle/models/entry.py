from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chronicle.clock import PARTS
from chronicle.models.chronicle import Chronicle
from chronicle.models.sheet import PrintedQuerySet

PART_BITS = {part: 1 << place for place, part in enumerate(PARTS)}
"""The bit of each part of the day in ``Entry.parts``."""


GONE = Q(withdrawn_at__isnull=False) | Q(taken_at__isnull=False)
"""What readers cannot read any more."""


class Standing(models.TextChoices):
    """What the printed citations of an entry amount to."""

    UNSUPPORTED = "unsupported", "Unsupported"
    SINGLE = "single", "Single source"
    CORROBORATED = "corroborated", "Corroborated"
    DISPUTED = "disputed", "Disputed"
    RETRACTED = "retracted", "Retracted"


class EntryQuerySet(PrintedQuerySet):
    def public(self):
        """What readers may see: not withdrawn, not taken down."""
        return self.listed().filter(taken_at__isnull=True)

    def listed(self):
        """What a list has a place for: what is public, and that something was taken down there."""
        return self.filter(withdrawn_at__isnull=True)


class Entry(models.Model):
    """One printed event. Only the press writes it; its words are in its sheet and on its card.

    ``sk`` is its place in time, see ``chronicle.record.columns``; ``clash`` is by how much its low bits
    differ from those of the row id, where another entry had the place already. What was taken down stands at
    the end of the day that told it, and has no words.
    """

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveIntegerField()
    sk = models.BigIntegerField(unique=True)
    clash = models.PositiveIntegerField(default=0)
    earliest = models.DateTimeField()
    latest = models.DateTimeField()
    open_start = models.BooleanField()
    open_end = models.BooleanField()
    throughout = models.BooleanField()
    happened_on = models.DateField()
    told_on = models.DateField()
    parts = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, choices=Standing)
    key = models.BooleanField(default=False, help_text="Whether it is one of the key events of its story.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True)
    legal = models.BooleanField(default=False)
    """Whether it was taken down by a legal order."""
    headline = models.CharField(max_length=200, blank=True)
    card = models.TextField(blank=True)
    edition = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""

    class Meta:
        ordering = ["sk"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(name="entry_one_a_number", fields=["chronicle", "number"]),
            models.CheckConstraint(name="entry_begins_before_it_ends", condition=Q(earliest__lt=F("latest"))),
            models.CheckConstraint(name="entry_parts_of_the_day", condition=Q(parts__gte=1, parts__lte=15)),
            models.CheckConstraint(
                name="entry_withdrawn_with_reason_and_without_words",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, card="", headline="") & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="entry_taken_without_words",
                condition=Q(taken_at__isnull=True, legal=False)
                | Q(taken_at__isnull=False, withdrawn_at__isnull=True, card="", headline=""),
            ),
            models.CheckConstraint(
                name="entry_standing_is_known",
                condition=Q(standing__in=[value for value, _ in Standing.choices]),
            ),
        ]
        indexes = [
            models.Index(fields=["chronicle", "told_on", "sk"], name="entry_told"),
            models.Index(fields=["chronicle", "happened_on", "sk"], name="entry_happened"),
            models.Index(fields=["chronicle", "sk"], name="entry_in_time"),
            models.Index(fields=["chronicle", "-updated_at"], condition=GONE, name="entry_gone_lately"),
        ]

    def __str__(self) -> str:
        return self.headline or ("Withdrawn entry" if self.withdrawn_at else "Entry that was taken down")

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.chronicle.slug, self.number])

    @property
    def subject(self) -> str:
        return f"entry/{self.number}"
