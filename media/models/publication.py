from django.db import models

from media.models.asset import Asset


class Publication(models.Model):
    """That readers may get the rendition of this name for this asset, now. What was is told by custody.

    It stands by its hash, not by a row of a rendition: when that is made anew with other words, the old one
    goes on being public until what names it is printed again.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="publications")
    filename = models.CharField(max_length=70)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="publication_once_for_an_asset", fields=["asset", "filename"])
        ]
        indexes = [models.Index(fields=["filename"], name="publication_by_its_file")]

    def __str__(self) -> str:
        return self.filename
