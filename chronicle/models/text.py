from typing import Any

from django.db import models
from django.urls import reverse

from chronicle.documents import TEXTS
from chronicle.models.chronicle import Chronicle
from chronicle.models.sheet import PrintedQuerySet


class Text(models.Model):
    """One printed text of a chronicle, on a page beside its days. Only the press writes it."""

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=20, choices=[(name, name) for name in TEXTS])
    title = models.CharField(max_length=120)
    text = models.TextField()
    taken_at = models.DateTimeField(null=True)
    legal = models.BooleanField(default=False)
    """Whether it was taken down by a legal order."""
    edition = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = PrintedQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""

    class Meta:
        ordering = ["chronicle", "name"]
        constraints = [
            models.UniqueConstraint(name="printed_text_one_a_name", fields=["chronicle", "name"]),
            models.CheckConstraint(
                name="printed_text_name_is_known", condition=models.Q(name__in=list(TEXTS))
            ),
            models.CheckConstraint(
                name="printed_text_taken_without_words",
                condition=models.Q(taken_at__isnull=True, legal=False)
                | models.Q(taken_at__isnull=False, title="", text=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("text", args=[self.chronicle.slug, self.name])

    @property
    def subject(self) -> str:
        return f"text/{self.name}"
