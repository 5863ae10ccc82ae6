from django.core.validators import MaxValueValidator
from django.db import models

from events.models.story import Story
from events.models.typed import Typed


class Kind(Typed):
    """What sort of thing is said to have happened: fighting, diplomacy, an announcement."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="kinds")
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    citations_needed = models.PositiveSmallIntegerField(
        "approved citations needed",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text="Where it differs from what the story asks for.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="kind_one_a_name",
                fields=["story", "name"],
                violation_error_message="This story has a kind of that name already.",
            ),
            models.CheckConstraint(name="kind_has_a_name", condition=~models.Q(name="")),
        ]

    def needs_of(self, story: Story) -> int:
        """How many approved citations an event of this kind takes, in its ``story``."""
        return story.citations_needed if self.citations_needed is None else self.citations_needed

    def __str__(self) -> str:
        return self.name
