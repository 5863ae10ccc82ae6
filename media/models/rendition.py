from django.db import models
from django.db.models import Q

from media.models.asset import Asset

EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "pdf": "pdf", "txt": "txt"}
"""How the name of a file ends, by its format."""


class Rendition(models.Model):
    """A copy made for readers, named by its own bytes: of a picture rebuilt from its pixels, of a document
    the file as it came."""

    class Format(models.TextChoices):
        AVIF = "avif"
        WEBP = "webp"
        JPEG = "jpeg"
        PDF = "pdf"
        TEXT = "txt"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="renditions")
    width = models.PositiveIntegerField(null=True, help_text="Pixels; none of a document.")
    height = models.PositiveIntegerField(null=True)
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
            models.UniqueConstraint(
                name="rendition_one_of_a_document", fields=["asset"], condition=Q(format__in=["pdf", "txt"])
            ),
            models.CheckConstraint(
                name="rendition_of_a_picture_alone_has_a_size",
                condition=Q(format__in=["pdf", "txt"], width=None, height=None, blurred=False)
                | (
                    Q(format__in=["avif", "webp", "jpeg"])
                    & Q(width__isnull=False, width__gt=0, height__isnull=False, height__gt=0)
                ),
            ),
            models.CheckConstraint(name="rendition_is_not_empty", condition=Q(byte_count__gt=0)),
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
        return f"image/{self.format}" if self.width else self.asset.mime
