from django.conf import settings
from django.db import models
from django.db.models import Q

from media.models.asset import Asset


class Custody(models.Model):
    """What was done with an asset, by whom and when. Rows are only added."""

    class Verb(models.TextChoices):
        ADDED = "added"
        OPENED = "opened"
        COPIED = "copied"
        REDACTED = "redacted"
        RENDERED = "rendered"
        PUBLISHED = "published"
        TAKEN_DOWN = "taken down"
        FOCUS = "focus"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="custody")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="None where the site did it by itself.",
    )
    by_name = models.CharField(max_length=150, blank=True, help_text="The person's name at that time.")
    at = models.DateTimeField(auto_now_add=True)
    hashes = models.JSONField(default=list, help_text="The renditions that it is about, by SHA-256.")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "custody"
        constraints = [
            models.CheckConstraint(
                name="custody_names_the_person",
                condition=Q(by=None, by_name="") | (Q(by__isnull=False) & ~Q(by_name="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} on {self.at:%-d %B %Y, %H:%M} UTC"

    @classmethod
    def tell(cls, asset: Asset, verb: str, *, by: object, hashes: list[str] = (), note: str = "") -> None:
        """Write down that ``by``, or the site where that is nobody, did something with ``asset``."""
        name = by.get_username() if by else ""
        cls.objects.create(asset=asset, verb=verb, by=by, by_name=name, hashes=list(hashes), note=note)
