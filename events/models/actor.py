from django.db import models
from django.db.models import Q

from events.models.emptied import erased_without_words
from events.models.name import Name, Named
from events.models.story import Story


class Actor(Named):
    """Who is said to have acted, spoken or suffered: a person, an office, an armed force, a state."""

    class Nature(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"
        STATE = "state"
        GROUP = "group"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="actors")
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.PERSON)
    note = models.CharField(max_length=200, blank=True, help_text="For the desk only.")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actor_nature_is_known",
                condition=Q(nature__in=["person", "organisation", "state", "group"]),
            ),
            erased_without_words("actor"),
        ]


class ActorName(Name):
    # Its index is the beginning of the one below.
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names", db_index=False)

    class Meta(Name.Meta):
        constraints = [
            models.UniqueConstraint(name="actor_name_once", fields=["actor", "name", "language"]),
            models.CheckConstraint(name="actor_name_not_empty", condition=~Q(name="")),
        ]
        indexes = [
            models.Index(fields=["name"], name="actor_by_name"),
            # The list is in order of the first name of each: it is read here, without its row.
            models.Index(fields=["actor", "position", "id", "name"], name="actor_names_in_order"),
        ]
