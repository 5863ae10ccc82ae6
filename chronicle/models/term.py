from django.db import models

from chronicle.models.chronicle import Chronicle
from chronicle.models.entry import Entry


class Term(models.Model):
    """What entries are indexed under, as in the index of a book. Only the press writes it."""

    class Kind(models.TextChoices):
        KIND = "kind"
        PLACE = "place"
        ACTOR = "actor"
        OUTLET = "outlet"
        SOURCE = "source"

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.UUIDField(editable=False)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    label = models.CharField(max_length=300)
    document = models.JSONField()

    class Meta:
        ordering = ["kind", "label"]
        constraints = [
            models.UniqueConstraint(name="term_printed_once", fields=["chronicle", "kind", "key"]),
            models.UniqueConstraint(name="term_one_a_slug", fields=["chronicle", "kind", "slug"]),
            models.CheckConstraint(
                name="term_kind_is_known",
                condition=models.Q(kind__in=["kind", "place", "actor", "outlet", "source"]),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class EntryTerm(models.Model):
    """That an entry is indexed under a term: the one table behind every facet."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entry_terms")
    sk = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_terms")
    role = models.CharField(max_length=10, choices=Term.Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_term_once_a_role", fields=["entry", "term", "role"]),
        ]
        indexes = [
            models.Index(fields=["term", "sk"], name="entry_term_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.term_id} of entry {self.entry_id}"
