import uuid

from django.db import models

from chronicle.models import Chronicle
from events.prose_field import ProseField


class Day(models.Model):
    """One calendar date of a chronicle, as the desk writes it. Its words are public once it is published."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chronicle = models.ForeignKey(Chronicle, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(help_text="In the chronicle's time zone.")
    headline = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(
        "one sentence", blank=True, help_text="The day in a sentence or two, in plain text."
    )
    summary = ProseField(blank=True)
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
        ]
        permissions = [("publish_day", "Can publish the words of a day")]

    def __str__(self) -> str:
        return f"{self.chronicle}: day {self.number}, {self.date:%-d %B %Y}"

    @property
    def number(self) -> int:
        return self.chronicle.calendar.number_of(self.date)

    @property
    def staged(self) -> bool:
        """Whether it has words that readers do not see yet."""
        return self.published_version != self.version
