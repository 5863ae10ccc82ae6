import hashlib
import json
from typing import Any

from django.db import models

from chronicle.models.chronicle import Chronicle

GENESIS = "0" * 64
"""The previous hash of a chronicle's first edition."""


def canonical(document: Any) -> bytes:
    """Canonical JSON, after RFC 8785 for the values that documents hold.

    Keys sorted, no white space, UTF-8 unescaped; objects, lists, text, whole numbers, true, false
    and null only. A number with a fraction raises TypeError: databases do not agree on how to keep one.
    """
    _refuse_fractions(document)
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("A document holds whole numbers and text; write a fraction as text.")
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        _refuse_fractions(child)


class Edition(models.Model):
    """One printing of a page, entry or term. Rows are only added: the database refuses the rest.

    ``sha256`` is the SHA-256 of the canonical document. ``hash`` is the SHA-256 of the canonical JSON
    of all that is named in ``sealed``, the previous edition's hash among it, so that no row can be
    changed, taken out or put in between without every later hash telling.
    """

    class Subject(models.TextChoices):
        PAGE = "page"
        ENTRY = "entry"
        TERM = "term"

    class Action(models.TextChoices):
        FIRST = "first", "First published"
        ADDITION = "addition", "Addition"
        UPDATE = "update", "Update"
        CORRECTION = "correction", "Correction"
        RETRACTION = "retraction", "Retraction"
        WITHDRAWAL = "withdrawal", "Withdrawal"
        RESTORATION = "restoration", "Restoration"

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="editions")
    seq = models.PositiveBigIntegerField(help_text="Place in the chronicle's chain, from 1.")
    subject_kind = models.CharField(max_length=10, choices=Subject)
    subject_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(help_text="First edition of its subject, second, …")
    action = models.CharField(max_length=12, choices=Action)
    note = models.TextField(blank=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, help_text="A pseudonym: the same person has the same one.")

    class Meta:
        ordering = ["chronicle", "seq"]
        constraints = [
            models.UniqueConstraint(name="edition_one_a_place", fields=["chronicle", "seq"]),
            models.UniqueConstraint(name="edition_chain_never_forks", fields=["chronicle", "previous_hash"]),
            models.UniqueConstraint(
                name="edition_one_a_number", fields=["chronicle", "subject_kind", "subject_id", "number"]
            ),
            models.CheckConstraint(
                name="edition_later_ones_give_a_note",
                condition=models.Q(number=1) | ~models.Q(note=""),
            ),
            models.CheckConstraint(
                name="edition_counts_from_one", condition=models.Q(seq__gte=1, number__gte=1)
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "number"], name="edition_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.number} of {self.subject_kind} {self.subject_id}"

    def sealed(self) -> dict[str, Any]:
        """What the hash seals. ``at`` is UTC to the microsecond."""
        return {
            "chronicle": self.chronicle_id,
            "seq": self.seq,
            "subject": f"{self.subject_kind}:{self.subject_id}",
            "number": self.number,
            "action": self.action,
            "note": self.note,
            "sha256": self.sha256,
            "previous": self.previous_hash,
            "at": self.at.isoformat(timespec="microseconds"),
            "actor": self.actor,
        }

    def seal(self) -> None:
        """Computes both hashes from the other fields."""
        self.sha256 = digest(self.document)
        self.hash = digest(self.sealed())


def digest(document: Any) -> str:
    """The SHA-256 of the canonical document, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()
