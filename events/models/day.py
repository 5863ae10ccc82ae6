import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from chronicle.models import Chronicle
from chronicle.models.chronicle import FIRST_DATE, LAST_DATE, LONGEST_STORY, within_years
from chronicle.models.length import at_most, limit_words
from events.prose_field import ProseField

A_YEAR = timedelta(days=366)
LONGEST_SENTENCE, LONGEST_SUMMARY = 500, 10_000


def dates_of(chronicle: Chronicle) -> tuple[date, date]:
    """The first and the last date that a day of ``chronicle`` may have.

    Open, it runs to a year from now, but for no longer than any other: ``LONGEST_STORY`` years.
    """
    first = chronicle.first_date
    if chronicle.last_date:
        return first, chronicle.last_date
    today = chronicle.clock.date_of(timezone.now())
    return first, max(first, min(today + A_YEAR, _end_of_the_longest(first)))


def _end_of_the_longest(first: date) -> date:
    """The last day of the longest chronicle that begins with ``first``."""
    return date(first.year + LONGEST_STORY, 12, 31)


class Day(models.Model):
    """One calendar date of a chronicle, as the desk writes it. Its words are public once it is published."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(validators=[within_years], help_text="In the chronicle's time zone.")
    headline = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(
        "one sentence",
        blank=True,
        validators=[at_most(LONGEST_SENTENCE)],
        help_text=f"The day in a sentence or two, in plain text. {limit_words(LONGEST_SENTENCE)}",
    )
    summary = ProseField(
        blank=True,
        validators=[at_most(LONGEST_SUMMARY)],
        help_text=f"{limit_words(LONGEST_SUMMARY)[:-1]}, formatting included.",
    )
    occasion = models.CharField(max_length=120, blank=True, help_text="Such as “Election day”.")
    version = models.PositiveIntegerField(default=1, editable=False)
    published_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["chronicle", "date"]
        constraints = [
            models.UniqueConstraint(
                name="day_one_a_date",
                fields=["chronicle", "date"],
                violation_error_message="This chronicle has a day of that date already.",
            ),
            models.CheckConstraint(
                name="day_publishes_a_version_it_had",
                condition=models.Q(published_version__lte=models.F("version")),
            ),
            models.CheckConstraint(
                name="day_in_years_1_to_3999",
                condition=models.Q(date__range=(FIRST_DATE, LAST_DATE)),
                violation_error_message="The date lies in the years 1 to 3999.",
            ),
        ]
        permissions = [("publish_day", "Can publish the words of a day")]

    def __str__(self) -> str:
        return f"{self.chronicle}: day {self.number}, {self.date:%-d %B %Y}"

    def clean(self) -> None:
        """Refuses a date that is none of the chronicle's."""
        if self.chronicle_id is None or self.date is None:
            return
        first, last = dates_of(self.chronicle)
        if first <= self.date <= last:
            return
        runs = f"from {first:%-d %B %Y} to {last:%-d %B %Y}"
        raise ValidationError(
            {
                "date": f"{self.date:%-d %B %Y} is no day of “{self.chronicle}”, whose days run {runs}"
                f"{self._why_then(last)}."
            }
        )

    def _why_then(self, last: date) -> str:
        """Why the days of the chronicle end with ``last``, where it gives itself no last day."""
        if self.chronicle.last_date:
            return ""
        if last == _end_of_the_longest(self.chronicle.first_date):
            return f", {LONGEST_STORY} years after the first, the longest that a chronicle may be"
        return ", a year from now, while it goes on"

    @property
    def number(self) -> int:
        return self.chronicle.calendar.number_of(self.date)

    @property
    def staged(self) -> bool:
        """Whether it has words that readers do not see yet."""
        return self.published_version != self.version
