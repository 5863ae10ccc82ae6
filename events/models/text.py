from django.core.exceptions import ValidationError
from django.db import models

from chronicle import prose
from chronicle.documents import TEXTS
from events.models.awaiting import Awaiting, awaits_whole, index_of_awaiting
from events.models.emptied import Erasable, erased_without_words, unless_erased
from events.models.length import at_most, limit_words
from events.models.story import Story
from events.prose_field import ProseField

LONGEST_TEXT = 20_000


class Text(Awaiting, Erasable):
    """A page of a story beside its days, as the desk writes it. It is public once it is published."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(
        "page",
        max_length=20,
        choices=[(name, name.capitalize()) for name in TEXTS],
        help_text="Its address, and what the pages of the chronicle call it in their footer.",
    )
    title = models.CharField(max_length=120)
    text = ProseField(
        validators=[at_most(LONGEST_TEXT)],
        help_text=f"{limit_words(LONGEST_TEXT)[:-1]}, formatting included.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    published_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["story", "name"]
        constraints = [
            models.UniqueConstraint(
                name="text_one_a_name",
                fields=["story", "name"],
                violation_error_message="This story has that page already.",
            ),
            models.CheckConstraint(name="text_name_is_known", condition=models.Q(name__in=list(TEXTS))),
            models.CheckConstraint(
                name="text_says_something",
                condition=unless_erased(~(models.Q(title="") | models.Q(text=""))),
            ),
            models.CheckConstraint(
                name="text_publishes_a_version_it_had",
                condition=models.Q(published_version__lte=models.F("version")),
            ),
            awaits_whole("text_awaits_in_somebodys_name_and_a_version"),
            erased_without_words("text"),
        ]
        indexes = [index_of_awaiting("text_that_awaits")]
        permissions = [("publish_text", "Can publish a text")]

    def __str__(self) -> str:
        return f"{self.story}: {self.get_name_display()}"

    def clean_fields(self, exclude=None) -> None:
        """Refuses, beside it, a text without a word in it, which a box of formatted text may send."""
        super().clean_fields(exclude)
        if "text" not in set(exclude or ()) and not prose.words(self.text):
            raise ValidationError({"text": "Write something: readers would find an empty page."})

    @property
    def staged(self) -> bool:
        """Whether it has words that readers do not see yet."""
        return self.published_version != self.version
