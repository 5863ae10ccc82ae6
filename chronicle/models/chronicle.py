from datetime import time
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from chronicle.clock import Calendar, Clock

RESERVED_SLUGS = {"desk", "static", "media", "api", "feeds", "search", "robots.txt", "favicon.ico"}


def known_zone(name: str) -> None:
    """Refuses a time zone that is not in the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            "“%(name)s” is not a time zone. Use a name of the IANA database, such as “Asia/Baku” or “UTC”.",
            params={"name": name},
        )


def free_slug(slug: str) -> None:
    """Refuses a slug that is an address of the site itself."""
    if slug in RESERVED_SLUGS:
        raise ValidationError("“%(slug)s” is an address of the site itself.", params={"slug": slug})


class Chronicle(models.Model):
    """One story, told day by day: where its days begin and end, and what it takes to publish in it."""

    class NameStyle(models.TextChoices):
        SLASH = "slash", "Shusha / Shushi"
        BRACKETS = "brackets", "Shusha (Shushi)"
        FIRST = "first", "Shusha"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True, validators=[free_slug])
    description = models.TextField(blank=True, help_text="One paragraph for readers, in plain text.")
    first_date = models.DateField("first day")
    first_number = models.PositiveIntegerField(
        "number of the first day",
        default=1,
        help_text="The first day is day 1 unless the story counts otherwise.",
    )
    last_date = models.DateField(
        "last day", null=True, blank=True, help_text="Empty while the story goes on."
    )
    zone = models.CharField(
        "time zone", max_length=60, default="UTC", validators=[known_zone], help_text="Such as Asia/Baku."
    )
    morning_begins = models.TimeField(
        default=time(6), help_text="The night begins at 00:00 with the day itself."
    )
    afternoon_begins = models.TimeField(default=time(12))
    evening_begins = models.TimeField(default=time(18))
    name_style = models.CharField(
        "two names of a place",
        max_length=10,
        choices=NameStyle,
        default=NameStyle.SLASH,
        help_text="How a place or actor with several preferred names is shown.",
    )
    citations_needed = models.PositiveSmallIntegerField(
        "approved citations needed",
        default=1,
        validators=[MinValueValidator(0)],
        help_text="To publish an event, unless its kind says otherwise.",
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="chronicle_ends_after_it_begins",
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                violation_error_message="The last day is before the first day.",
            ),
            models.CheckConstraint(
                name="chronicle_parts_in_order",
                condition=Q(morning_begins__gt=time(0))
                & Q(afternoon_begins__gt=F("morning_begins"))
                & Q(evening_begins__gt=F("afternoon_begins")),
                violation_error_message="The parts of the day must begin in order, the morning first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("overview", args=[self.slug])

    @property
    def clock(self) -> Clock:
        return Clock(
            zone=ZoneInfo(self.zone),
            morning=self.morning_begins,
            afternoon=self.afternoon_begins,
            evening=self.evening_begins,
        )

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.first_date, self.first_number, self.last_date)
