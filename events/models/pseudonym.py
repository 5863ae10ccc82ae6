from django.conf import settings
from django.db import models

from events.models.story import Story


class Pseudonym(models.Model):
    """The name under which a person stands in the record of one story: random, and nowhere else."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="pseudonyms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pseudonym_one_a_person", fields=["story", "person"]),
            models.UniqueConstraint(name="pseudonym_one_a_name", fields=["story", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
