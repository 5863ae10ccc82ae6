from django.db import models

from chronicle.models.chronicle import Chronicle
from chronicle.models.entry import Entry


class EntryWords(models.Model):
    """The words that an entry is found by, folded and joined by blanks. None of one that is gone.

    ``sk`` is that of the entry. What each database searches is beside it, and follows it by itself: see
    migration 0002, and ``chronicle.record.words`` for what stands where.
    """

    sk = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="words")
    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="+", db_index=False)
    headline = models.TextField(blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "words of entries"
        indexes = [
            models.Index(fields=["chronicle", "sk"], name="entry_words_in_time"),
        ]

    def __str__(self) -> str:
        return f"words of entry {self.entry_id}"
