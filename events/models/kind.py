from django.core.validators import MaxValueValidator
from django.db import models

from events.models.emptied import TAKEN_DOWN, Erasable, erased_without_words, unless_erased
from events.models.name import refuse_name_of_another
from events.models.story import Story


class Kind(Erasable):
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
                condition=models.Q(erased_at__isnull=True),
                violation_error_message="This story has a kind of that name already.",
            ),
            models.CheckConstraint(name="kind_has_a_name", condition=unless_erased(~models.Q(name=""))),
            erased_without_words("kind"),
        ]

    def validate_constraints(self, exclude=None) -> None:
        """Its name is no other's, in whichever case."""
        super().validate_constraints(exclude)
        refuse_name_of_another(self, exclude)

    def needs_of(self, story: Story) -> int:
        """How many approved citations an event of this kind takes, in its ``story``."""
        return story.citations_needed if self.citations_needed is None else self.citations_needed

    def __str__(self) -> str:
        return self.name or TAKEN_DOWN
