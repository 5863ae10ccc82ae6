from django.db import models
from django.db.models import F, Q

from events.models.story import Story
from events.models.typed import Typed


class HouseWord(Typed):
    """One line of the word list of a story: what its editors say, instead of what, and why."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="house_words")
    say = models.CharField(max_length=80)
    instead_of = models.CharField("not", max_length=80)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["instead_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="house_word_once_in_a_story",
                fields=["story", "instead_of"],
                violation_error_message="This is in the word list already.",
            ),
            models.CheckConstraint(
                name="house_word_says_something_else",
                condition=~Q(say="") & ~Q(instead_of="") & ~Q(say=F("instead_of")),
                violation_error_message="Give a word, and another that is said instead.",
            ),
        ]

    def __str__(self) -> str:
        because = f", because {self.because}" if self.because else ""
        return f"Say “{self.say}”, not “{self.instead_of}”{because}"
