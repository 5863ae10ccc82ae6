from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from chronicle import seal
from chronicle.documents import ACTIONS
from chronicle.models.chronicle import Chronicle
from chronicle.models.sheet import PrintedQuerySet


def instant(at: datetime) -> str:
    """``at`` as a header has it: UTC in whole milliseconds, 2020-11-08T12:00:00.123Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Edition(models.Model):
    """One printing of a subject. Rows are only added: the database refuses the rest.

    ``seq`` counts the editions of the chronicle, ``edition`` those of the subject, both from 1. ``leaf`` is
    the hash of the header and the leaf ``seq - 1`` of the chronicle's tree. ``at`` is whole milliseconds,
    never earlier than that of the edition before. ``by`` is a pseudonym. No foreign key leads to the sheet.
    One that is ``restated`` tells an entry in other words, which is found as it was before. It may be said of
    none that was printed before the column was there.
    """

    chronicle = models.ForeignKey(
        Chronicle, on_delete=models.PROTECT, related_name="editions", db_index=False
    )
    seq = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()
    action = models.CharField(max_length=12, choices=list(ACTIONS.items()))
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    commitment = models.CharField(max_length=64, unique=True)
    leaf = models.CharField(max_length=64)
    restated = models.BooleanField(default=False)

    objects = PrintedQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""

    class Meta:
        ordering = ["chronicle", "seq"]
        constraints = [
            models.UniqueConstraint(name="edition_one_a_place", fields=["chronicle", "seq"]),
            models.UniqueConstraint(name="edition_one_a_number", fields=["chronicle", "subject", "edition"]),
            models.CheckConstraint(name="edition_counts_from_one", condition=Q(seq__gte=1, edition__gte=1)),
            models.CheckConstraint(name="edition_action_is_known", condition=Q(action__in=list(ACTIONS))),
        ]
        indexes = [
            models.Index(fields=["chronicle", "at", "seq"], name="edition_at"),
            models.Index(
                fields=["chronicle", "seq"], condition=Q(edition__gt=1), name="edition_that_changes"
            ),
            models.Index(
                fields=["chronicle", "seq"],
                condition=Q(edition__gt=1, restated=False),
                name="edition_that_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.edition} of {self.subject}"

    def header(self) -> dict[str, Any]:
        """What the leaf seals."""
        return {
            "header": seal.FORMAT,
            "chronicle": str(self.chronicle.key),
            "seq": self.seq,
            "subject": self.subject,
            "edition": self.edition,
            "action": self.action,
            "at": instant(self.at),
            "by": self.by,
            "commitment": self.commitment,
        }
