from django.db import models

from events.models.story import Story


class DeskText(models.Model):
    """The words that a row of the desk is found by, folded and joined by blanks; of a row without words none.

    ``id`` is made of the kind of row and its primary key: see ``events.finding``. What each database searches
    is beside it, and follows it by itself: see migration 0018.
    """

    id = models.BigIntegerField(primary_key=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()

    class Meta:
        verbose_name_plural = "texts of the desk"
        default_permissions = ()

    def __str__(self) -> str:
        return f"words of row {self.pk}"
