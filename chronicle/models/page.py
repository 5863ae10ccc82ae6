from typing import Any

from django.db import models
from django.urls import reverse

from chronicle.models.chronicle import Chronicle
from chronicle.models.sheet import PrintedQuerySet


class Page(models.Model):
    """One printed day of a chronicle. Only the press writes it."""

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="pages")
    date = models.DateField()
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    occasion = models.CharField(max_length=120, blank=True)
    closed = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    legal = models.BooleanField(default=False)
    """Whether its words were taken down by a legal order."""
    edition = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = PrintedQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""

    class Meta:
        ordering = ["chronicle", "date"]
        constraints = [
            models.UniqueConstraint(name="page_one_a_date", fields=["chronicle", "date"]),
            models.UniqueConstraint(name="page_one_a_number", fields=["chronicle", "number"]),
            models.CheckConstraint(
                name="page_taken_without_words",
                condition=models.Q(taken_at__isnull=True, legal=False)
                | models.Q(taken_at__isnull=False, headline="", sentence="", summary="", occasion=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Day {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.chronicle.slug, self.number])

    @property
    def subject(self) -> str:
        return f"page/{self.date.isoformat()}"
