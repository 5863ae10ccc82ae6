from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from chronicle.wording import day_words
from events.models.awaiting import Awaiting, awaits_whole, index_of_awaiting
from events.models.emptied import Erasable, erased_without_words
from events.models.length import at_most, limit_words
from events.models.story import FIRST_DATE, LAST_DATE, LONGEST_STORY, Story, within_years
from events.prose_field import ProseField

A_YEAR = timedelta(days=366)
LONGEST_SENTENCE, LONGEST_SUMMARY = 500, 10_000


def dates_of(story: Story) -> tuple[date, date]:
    """The first and the last date that a day of ``story`` may have.

    Open, it runs to a year from now, but for no longer than any other: ``LONGEST_STORY`` years.
    """
    first = story.first_date
    if story.last_date:
        return first, story.last_date
    today = story.clock.date_of(timezone.now())
    return first, max(first, min(today + A_YEAR, _end_of_the_longest(first)))


def _end_of_the_longest(first: date) -> date:
    """The last day of the longest story that begins with ``first``."""
    return date(first.year + LONGEST_STORY, 12, 31)


class Day(Awaiting, Erasable):
    """One calendar date of a story, as the desk writes it. Its words are public once it is published."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(validators=[within_years], help_text="In the story's time zone.")
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
    closed_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when it is complete: what is added later says so."
    )

    class Meta:
        ordering = ["story", "date"]
        constraints = [
            models.UniqueConstraint(
                name="day_one_a_date",
                fields=["story", "date"],
                violation_error_message="This story has a day of that date already.",
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
            awaits_whole("day_awaits_in_somebodys_name_and_a_version"),
            erased_without_words("day"),
        ]
        indexes = [
            index_of_awaiting("day_that_awaits"),
            models.Index(fields=["story", "-date", "-id"], name="day_listed"),
        ]
        permissions = [("publish_day", "Can publish the words of a day")]

    def __str__(self) -> str:
        return f"{self.story}: day {self.number}, {day_words(self.date)}"

    def clean(self) -> None:
        """Refuses a date that is none of the story's."""
        if self.story_id is None or self.date is None:
            return
        first, last = dates_of(self.story)
        if first <= self.date <= last:
            return
        runs = f"from {day_words(first)} to {day_words(last)}"
        none = f"{day_words(self.date)} is no day of “{self.story}”"
        raise ValidationError({"date": f"{none}, whose days run {runs}{self._why_then(last)}."})

    def _why_then(self, last: date) -> str:
        """Why the days of the story end with ``last``, where it gives itself no last day."""
        if self.story.last_date:
            return ""
        if last == _end_of_the_longest(self.story.first_date):
            return f", {LONGEST_STORY} years after the first, the longest that a story may be"
        return ", a year from now, while it goes on"

    @property
    def number(self) -> int:
        return self.story.calendar.number_of(self.date)

    @property
    def has_words(self) -> bool:
        """Whether anything is said of it besides which day it is."""
        return any((self.headline, self.sentence, self.summary, self.occasion))

    @property
    def staged(self) -> bool:
        """Whether it has words that readers do not see yet."""
        return self.published_version != self.version
