"""The desk: what editors write and moderators review."""

from events.models.actor import Actor, ActorName
from events.models.citation import Citation
from events.models.day import Day
from events.models.decision import Decision
from events.models.event import Event
from events.models.kind import Kind
from events.models.place import Place, PlaceName
from events.models.source import Outlet, Source

__all__ = [
    "Actor",
    "ActorName",
    "Citation",
    "Day",
    "Decision",
    "Event",
    "Kind",
    "Outlet",
    "Place",
    "PlaceName",
    "Source",
]
