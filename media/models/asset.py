from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from media.limits import NAME

UNIT = [MinValueValidator(0), MaxValueValidator(1)]


class Asset(models.Model):
    """One file, uploaded into one collection. Its bytes are sealed: none of its facts ever changes.

    A redaction is an asset of its own, made from another: its bytes have the boxes burned in.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture"
        DOCUMENT = "document"

    collection = models.UUIDField(help_text="Whose it is: a key that means nothing here.")
    sha256 = models.CharField(max_length=64, help_text="Of the original bytes.")
    byte_count = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    mime = models.CharField(max_length=40, help_text="What the file is, not what it says.")
    width = models.PositiveIntegerField(
        null=True, help_text="Pixels, as it is to be seen; none of a document."
    )
    height = models.PositiveIntegerField(null=True)
    frames = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=NAME, help_text="As uploaded, without folders and control signs.")
    likeness = models.BigIntegerField(null=True, help_text="The difference hash: see media.likeness.")
    made_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="redactions")
    boxes = models.JSONField(
        default=list, help_text="What is burned in: [x, y, width, height] in pixels of what it is made from."
    )
    focus_x = models.FloatField(null=True, validators=UNIT, help_text="Where to look: 0 left, 1 right.")
    focus_y = models.FloatField(null=True, validators=UNIT, help_text="0 above, 1 below.")
    imprint = models.JSONField(
        default=dict, help_text="Credit, rights and source type, as written into its renditions."
    )
    added_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(
        null=True, help_text="Since when it has no name and no files: its bytes are never taken in again."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="asset_once_in_a_collection", fields=["collection", "sha256"]),
            models.CheckConstraint(
                name="asset_of_a_picture_has_a_size",
                condition=Q(
                    kind="picture",
                    width__isnull=False,
                    width__gt=0,
                    height__isnull=False,
                    height__gt=0,
                    likeness__isnull=False,
                )
                | Q(kind="document", width=None, height=None, likeness=None),
            ),
            models.CheckConstraint(name="asset_is_not_empty", condition=Q(byte_count__gt=0, frames__gt=0)),
            models.CheckConstraint(
                name="asset_with_boxes_is_made_from_another",
                condition=Q(made_from=None, boxes=[])
                | (Q(made_from__isnull=False, kind="picture") & ~Q(boxes=[])),
            ),
            models.CheckConstraint(
                name="asset_has_both_of_its_focus_or_none",
                condition=Q(focus_x=None, focus_y=None)
                | Q(
                    focus_x__isnull=False,
                    focus_y__isnull=False,
                    focus_x__range=(0, 1),
                    focus_y__range=(0, 1),
                ),
            ),
            models.CheckConstraint(
                name="asset_erased_without_words",
                condition=Q(erased_at=None) | Q(name="", imprint={}, focus_x=None, focus_y=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name
