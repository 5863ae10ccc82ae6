from django.db import models
from django.db.models import Q

from media.models.asset import Asset

EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


class Rendition(models.Model):
    """A copy of a picture made for readers, rebuilt from its pixels and named by its own bytes."""

    class Format(models.TextChoices):
        AVIF = "avif"
        WEBP = "webp"
        JPEG = "jpeg"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=4, choices=Format)
    blurred = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveIntegerField()

    class Meta:
        ordering = ["blurred", "width", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="rendition_once_of_an_asset", fields=["asset", "width", "format", "blurred"]
            ),
            models.CheckConstraint(
                name="rendition_is_not_empty", condition=Q(width__gt=0, height__gt=0, byte_count__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="rendition_by_its_bytes")]

    def __str__(self) -> str:
        return self.filename

    @property
    def filename(self) -> str:
        """The name of its file, by its bytes."""
        return f"{self.sha256}.{EXTENSIONS[self.format]}"

    @property
    def mime(self) -> str:
        return f"image/{self.format}"
