from django.db import models

from chronicle.models.edition import Edition


class Removal(models.Model):
    """That a takedown may delete a sheet. Rows are only added, and only for an edition that is a takedown.

    It holds no person and no reason.
    """

    commitment = models.CharField(max_length=64, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="removals")

    def __str__(self) -> str:
        return self.commitment
