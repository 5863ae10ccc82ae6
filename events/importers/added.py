"""What an import adds to its story besides drafts, each with its history begun."""

from typing import Any, TypeVar

from events.editorial.adding import add_named
from events.editorial.remembering import remember_new
from events.models import Actor, Day, Kind, Outlet, Place, Source, Story

Named = Place | Actor | str
"""A place or an actor, or the name of one that is to be added."""
WHY = "Imported."
"""What the histories of what an import makes begin with."""

Made = TypeVar("Made", Kind, Outlet, Source, Day)


def begun(row: Made, by: Any) -> Made:
    """``row``, which is new, with its history begun."""
    remember_new([row], by=by, why=WHY)
    return row


class Added:
    """Places and actors of a story, of which those that it lacks are added once, by their names."""

    def __init__(self, story: Story, *, by: Any) -> None:
        self._story, self._by = story, by
        self._new: dict[tuple[type, str], Place | Actor] = {}

    def all_of(self, model: type[Place] | type[Actor], said: tuple[Named, ...]) -> list[Any]:
        return [self._new_one(model, one) if isinstance(one, str) else one for one in said]

    def _new_one(self, model: type[Place] | type[Actor], name: str) -> Place | Actor:
        known = (model, name.casefold())
        if known not in self._new:
            self._new[known] = add_named(model, self._story, name, by=self._by, why=WHY)
        return self._new[known]
