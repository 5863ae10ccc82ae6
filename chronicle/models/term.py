from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse

from chronicle.documents import TERM_FACETS
from chronicle.models.chronicle import Chronicle
from chronicle.models.entry import Entry
from chronicle.models.sheet import PrintedQuerySet

TAKEN = "taken down"
"""What is said in place of the name of a term that was taken down."""


def facet_of(subject: str) -> str:
    """``entry`` of ``entry/42``, ``chronicle`` of ``chronicle``."""
    return subject.partition("/")[0]


def number_of(subject: str) -> int:
    """The number of a numbered subject: 42 of ``entry/42``."""
    return int(subject.partition("/")[2])


def is_taken(document: Any) -> bool:
    """Whether a document is a takedown, which holds no words of what it took."""
    return "removed" in document


def is_gone(document: Any) -> bool:
    """Whether what a document is of has no words any more: it was withdrawn, or taken down."""
    return "withdrawn" in document or is_taken(document)


def named_in(document: Any) -> set[str]:
    """The subjects that an entry's document names; none of one that is gone."""
    if is_gone(document):
        return set()
    listed = (member["subject"] for member in (*document["places"], *document["actors"]))
    cited = (citation[facet] for citation in document["citations"] for facet in ("source", "outlet"))
    shown = (member["subject"] for member in document.get("media", ()))
    return {document["kind"], *listed, *cited, *shown}


def indexed_in(document: Any, terms: Any) -> set[str]:
    """The subjects that an entry is found under: those that its document names, but none taken down.

    ``terms`` are the terms that it names, by subject.
    """
    return {subject for subject in named_in(document) if not terms[subject].taken_at}


class TermQuerySet(PrintedQuerySet):
    def named(self, chronicle: Any, subjects: Iterable[str]) -> Any:
        """Those of ``chronicle`` with one of ``subjects``."""
        numbers: dict[str, list[int]] = {}
        for subject in subjects:
            numbers.setdefault(facet_of(subject), []).append(number_of(subject))
        # Django leaves it out of the statement; with an “IS NULL” in its place all terms would be read.
        wanted = models.Q(pk__in=[])
        for facet, of_facet in numbers.items():
            # With the chronicle in each, SQLite finds each by its number instead of reading them all.
            wanted |= models.Q(chronicle=chronicle, facet=facet, number__in=of_facet)
        return self.filter(wanted)


class Term(models.Model):
    """What entries are indexed under, as in the index of a book. Only the press writes it."""

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="terms", db_index=False)
    facet = models.CharField(max_length=10, choices=[(facet, facet) for facet in TERM_FACETS])
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    lineage = models.JSONField(default=list)
    """Of a place: the numbers of those that it lies in, the nearest first."""
    under = models.PositiveIntegerField(null=True)
    """The number of the place that a place lies in, the outlet of a source, or the source of a medium."""
    relays = models.PositiveIntegerField(null=True)
    """Of a source: the number of that which it relays."""
    dated = models.CharField(max_length=10, blank=True)
    """Of a source: when it was published, in EDTF."""
    retracted = models.BooleanField(default=False)
    """Of a source: whether it was taken back."""
    taken_at = models.DateTimeField(null=True)
    legal = models.BooleanField(default=False)
    """Whether it was taken down by a legal order."""
    edition = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    updated_at = models.DateTimeField()

    objects = TermQuerySet.as_manager()
    document: Any
    """What its sheet holds, where it was read ``with_document``; None where the sheet is missing."""

    class Meta:
        ordering = ["facet", "label"]
        constraints = [
            models.UniqueConstraint(name="term_one_a_number", fields=["chronicle", "facet", "number"]),
            models.CheckConstraint(
                name="term_facet_is_known", condition=models.Q(facet__in=list(TERM_FACETS))
            ),
            models.CheckConstraint(
                name="term_taken_without_words",
                condition=models.Q(taken_at__isnull=True, legal=False)
                | models.Q(taken_at__isnull=False, label="", slug=""),
            ),
        ]
        indexes = [
            models.Index(fields=["chronicle", "facet", "-dated", "-number"], name="term_by_date"),
            models.Index(
                fields=["chronicle", "facet", "under", "-dated", "-number"],
                name="term_under_another",
                condition=models.Q(under__isnull=False),
            ),
            models.Index(
                fields=["chronicle", "relays"],
                name="term_that_relays",
                condition=models.Q(relays__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        if self.taken_at:
            return reverse("term_by_number", args=[self.chronicle.slug, self.facet, self.number])
        return reverse("term", args=[self.chronicle.slug, self.facet, self.number, self.slug])

    @property
    def called(self) -> str:
        """What it is called where it is named; of what was taken down, just that it was."""
        return TAKEN if self.taken_at else self.label

    @property
    def subject(self) -> str:
        return f"{self.facet}/{self.number}"


class Spelling(models.Model):
    """A way to look a term up: ``folded`` is one of its names, or its end from one of its words on.

    In UTF-8. ``whole`` is it where it begins with the name.
    """

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="+", db_index=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="spellings", db_index=False)
    facet = models.CharField(max_length=10)
    # Bytes, which every database puts in the same order, whatever its locale.
    folded = models.BinaryField()
    name = models.CharField(max_length=300)
    whole = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="spelling_once", fields=["term", "folded", "name"]),
        ]
        indexes = [
            models.Index(fields=["chronicle", "folded"], name="spelling_looked_up"),
            models.Index(
                fields=["chronicle", "facet", "folded", "term"],
                name="spelling_by_letter",
                condition=models.Q(whole=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntryTerm(models.Model):
    """That an entry is indexed under a term: the one table behind every facet."""

    # The constraint and the indexes below begin with each of them.
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="entry_terms", db_index=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="entry_terms", db_index=False)
    facet = models.CharField(max_length=10)
    sk = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_term_once", fields=["entry", "term"]),
        ]
        indexes = [
            models.Index(fields=["term", "sk"], name="entry_term_in_time"),
            models.Index(fields=["sk", "term"], name="entry_term_probed"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.term_id} of entry {self.entry_id}"
