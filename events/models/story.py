import re
import uuid
from datetime import date, time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from chronicle.models.chronicle import Dated
from events.models.language import language_tag
from events.models.length import at_most, limit_words
from events.models.typed import Typed
from events.models.zone import known_zone

RESERVED_SLUGS = set("health desk accounts static media api feeds search export embed verify log".split())
"""Addresses of the site itself, besides all words of two or three letters: those may be languages."""

LONGEST_DESCRIPTION = 2_000
LONGEST_DOMAIN = 100
"""Characters of a domain with its port."""
LONGEST_STORY = 100
"""Years from the first day to the last."""
FIRST_DATE, LAST_DATE = date(1, 1, 1), date(3999, 12, 31)
"""Between them lies every date of a story, with room on the later side for all that is computed from it."""


def free_slug(slug: str) -> None:
    """Refuses a slug that is an address of the site itself, or may become one."""
    if slug in RESERVED_SLUGS or re.fullmatch(r"[A-Za-z]{2,3}", slug):
        raise ValidationError(
            "“%(slug)s” is kept for addresses of the site itself. Choose another.", params={"slug": slug}
        )


def within_years(value: date) -> None:
    """Refuses a date outside the years that every date of a story lies in."""
    if not FIRST_DATE <= value <= LAST_DATE:
        raise ValidationError("Give a date in the years 1 to 3999.")


class Story(Dated, Typed):
    """One story, told day by day, as the desk has it; readers see the chronicle that it is printed as.

    ``key`` is the identity of that chronicle, in every seal.
    """

    class NameStyle(models.TextChoices):
        SLASH = "slash", "Shusha / Shushi"
        BRACKETS = "brackets", "Shusha (Shushi)"
        FIRST = "first", "Shusha"

    class Recheck(models.TextChoices):
        """When approvals that lapsed are asked for again."""

        BEFORE = "before", "ask again first: publishing waits until they are confirmed"
        AFTER = "after", "ask again after: published with the mark “being re-checked”"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True, validators=[free_slug])
    description = models.TextField(
        blank=True,
        validators=[at_most(LONGEST_DESCRIPTION)],
        help_text=f"One paragraph for readers, in plain text. {limit_words(LONGEST_DESCRIPTION)}",
    )
    language = models.CharField(
        max_length=35,
        default="en",
        validators=[language_tag],
        help_text="The language that it is written in, as a BCP 47 tag: en, az, ru.",
    )
    first_date = models.DateField("first day", validators=[within_years])
    first_number = models.PositiveIntegerField(
        "number of the first day",
        default=1,
        validators=[MaxValueValidator(1_000_000)],
        help_text="The first day is day 1 unless the story counts otherwise.",
    )
    last_date = models.DateField(
        "last day",
        null=True,
        blank=True,
        validators=[within_years],
        help_text="Empty while the story goes on.",
    )
    zone = models.CharField(
        "time zone",
        max_length=60,
        validators=[known_zone],
        help_text="Begin to type a city. Days, parts of the day and times are told by its clock.",
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
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="To publish an event, unless its kind says otherwise.",
    )
    recheck = models.CharField(
        "when the words of an event change",
        max_length=10,
        choices=Recheck,
        default=Recheck.BEFORE,
        help_text="What its approvals, which were given to other words, do to its publication.",
    )
    second_person = models.BooleanField(
        "a second person publishes",
        default=False,
        help_text="Whoever wrote the words of an event does not publish them.",
    )
    opened_at = models.DateTimeField(null=True, editable=False, help_text="Since when readers see it.")
    open_at = models.DateTimeField(null=True, editable=False, help_text="When it is to be opened.")
    open_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    open_origin = models.CharField(
        max_length=LONGEST_DOMAIN,
        blank=True,
        editable=False,
        help_text="The domain that its chronicle is then known under in seals.",
    )
    open_refusal = models.TextField(
        blank=True, editable=False, help_text="Why it was not opened at its time."
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                name="story_ends_after_it_begins",
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                violation_error_message="The last day is before the first day.",
            ),
            models.CheckConstraint(
                name="story_in_years_1_to_3999",
                condition=Q(first_date__range=(FIRST_DATE, LAST_DATE))
                & (Q(last_date__isnull=True) | Q(last_date__lte=LAST_DATE)),
                violation_error_message="The first and the last day lie in the years 1 to 3999.",
            ),
            models.CheckConstraint(
                name="story_parts_in_order",
                condition=Q(morning_begins__gt=time(0))
                & Q(afternoon_begins__gt=F("morning_begins"))
                & Q(evening_begins__gt=F("afternoon_begins")),
                violation_error_message="The parts of the day must begin in order, the morning first.",
            ),
            models.CheckConstraint(
                name="story_recheck_is_known", condition=Q(recheck__in=["before", "after"])
            ),
            models.CheckConstraint(name="story_has_a_zone", condition=~Q(zone="")),
            models.CheckConstraint(
                name="story_opens_once_at_a_time_by_somebody_from_somewhere",
                condition=Q(open_at__isnull=True, open_by__isnull=True, open_origin="", open_refusal="")
                | (Q(open_at__isnull=False, open_by__isnull=False, opened_at=None) & ~Q(open_origin="")),
            ),
        ]
        permissions = [
            ("set_policy_story", "Can set the publication policy of a story"),
            ("open_story", "Can open a story to readers"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuses a story longer than ``LONGEST_STORY``, as its pages list every day of it, and a first day
        that begins, by clocks ahead of UTC, before the calendar does."""
        if self.first_date == FIRST_DATE:
            raise ValidationError({"first_date": "Give 2 January of the year 1 or a later day."})
        if self.first_date and self.last_date and self.last_date.year - self.first_date.year > LONGEST_STORY:
            raise ValidationError(
                {"last_date": f"Give a last day at most {LONGEST_STORY} years after the first."}
            )
