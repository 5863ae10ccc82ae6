from django.db import models
from django.db.models import Q

from events.models.actor import Actor
from events.models.day import Day
from events.models.event import Event
from events.models.kind import Kind
from events.models.material import Material
from events.models.outlet import Outlet
from events.models.place import Place
from events.models.source import Source
from events.models.story import Story

ROWS = {
    "page": Day,
    "entry": Event,
    "kind": Kind,
    "place": Place,
    "actor": Actor,
    "outlet": Outlet,
    "source": Source,
    "asset": Material,
}
"""What is printed of the desk, by the facet that it is printed under."""


def row_of(facet: str) -> models.OneToOneField:
    return models.OneToOneField(ROWS[facet], on_delete=models.PROTECT, null=True, related_name="printed")


class Printed(models.Model):
    """Under which number a row of the desk is in the record. Rows are only added.

    The record itself knows no key of the desk. Of a day the number is that of the story's calendar.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="printed")
    facet = models.CharField(max_length=10, choices=[(facet, facet) for facet in ROWS])
    number = models.PositiveIntegerField()
    page = row_of("page")
    entry = row_of("entry")
    kind = row_of("kind")
    place = row_of("place")
    actor = row_of("actor")
    outlet = row_of("outlet")
    source = row_of("source")
    asset = row_of("asset")

    class Meta:
        verbose_name_plural = "printed"
        constraints = [
            models.UniqueConstraint(name="printed_one_a_number", fields=["story", "facet", "number"]),
            models.CheckConstraint(
                name="printed_is_the_row_of_its_facet",
                condition=Q(
                    *(
                        Q(facet=facet) & Q(**{f"{other}__isnull": other != facet for other in ROWS})
                        for facet in ROWS
                    ),
                    _connector=Q.OR,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facet}/{self.number}"
