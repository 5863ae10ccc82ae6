from django.db import models
from django.db.models import F, Q

from chronicle.models.chronicle import Chronicle


class Bitmap(models.Model):
    """The entries that are found under one name of the index, as a roaring bitmap of their row ids.

    ``name`` is a facet and what it holds, as ``chronicle.record.columns.indexed_under`` tells. A bitmap lies
    in chunks of 65,536 ids; its chunk 0 is always there, and holds in ``total`` how many entries all of them
    hold. Entries that are withdrawn are in none, those that were taken down in that of their day alone.
    """

    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    facet = models.CharField(max_length=10)
    chunk = models.PositiveIntegerField()
    ids = models.BinaryField()
    total = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bitmap_one_a_chunk", fields=["chronicle", "name", "chunk"]),
            models.CheckConstraint(
                name="bitmap_total_on_chunk_0",
                condition=Q(chunk=0, total__isnull=False) | Q(chunk__gt=0, total__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                "chronicle", "facet", F("total").desc(), "name", condition=Q(chunk=0), name="bitmap_by_total"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, chunk {self.chunk}"
