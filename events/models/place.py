from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from events.models.emptied import erased_without_words
from events.models.name import Name, Named
from events.models.story import Story


class Place(Named):
    """Where something is said to have happened. Coordinates are WGS 84 degrees."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="places")
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    precision = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000)],
        help_text="How exact the coordinates are, in metres.",
    )
    within = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="holds",
        verbose_name="lies in",
        help_text="The larger place that it is part of.",
    )
    note = models.CharField(max_length=200, blank=True, help_text="For the desk only.")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True, precision__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message="Give both coordinates, in degrees, or neither, and a precision only "
                "with them.",
            ),
            models.CheckConstraint(
                name="place_does_not_lie_in_itself",
                condition=Q(within__isnull=True) | ~Q(within=F("id")),
                violation_error_message="A place cannot lie in itself.",
            ),
            erased_without_words("place"),
        ]


class PlaceName(Name):
    # Its index is the beginning of the one below.
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names", db_index=False)

    class Meta(Name.Meta):
        constraints = [
            models.UniqueConstraint(name="place_name_once", fields=["place", "name", "language"]),
            models.CheckConstraint(name="place_name_not_empty", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(fields=["name"], name="place_by_name"),
            # The list is in order of the first name of each: it is read here, without its row.
            models.Index(fields=["place", "position", "id", "name"], name="place_names_in_order"),
        ]
