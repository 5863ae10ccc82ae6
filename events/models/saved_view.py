from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.typed import Typed

MOST_VIEWS = 30
"""How many a person keeps of one list."""


class SavedView(Typed):
    """How somebody looks at a list of the desk, under a name of theirs: what it is searched for, narrowed to
    and ordered by. It is nobody else's."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    model = models.CharField(max_length=40, help_text="Of what it is a list: events.event.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1_000, help_text="As it stands in the address.")

    class Meta:
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="saved_view_once", fields=["person", "model", "name"]),
            models.CheckConstraint(
                name="saved_view_is_named_and_narrows", condition=~Q(name="") & ~Q(query="") & ~Q(model="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
