"""How a reader looks at a day: from where on, in which order, and whether only at what is another since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from chronicle.site.filters import LONGEST_WAY, cursor_of
from chronicle.site.shown import OfDay
from chronicle.site.since import Difference, of_day, size_of

NEWEST = "newest"
ASKED = ("order", "since")
"""What an address may ask for beside what narrows a day, and where it goes on."""
WHOLE = "What was known then is told whole, and not what came since another moment."


@dataclass(frozen=True)
class Viewing:
    """``after`` is the place in time that the page begins after; ``newest`` says that the last comes first.

    Of a ``difference`` alone is shown what it is made of; ``sentences`` tell what was asked for in vain.
    """

    after: int | None = None
    newest: bool = False
    difference: Difference | None = None
    sentences: Sequence[str] = ()

    @property
    def is_usual(self) -> bool:
        """Whether it is the whole day from its beginning, as it went."""
        return self.after is None and not self.newest and self.difference is None

    def of(self, found: list[OfDay]) -> list[OfDay]:
        """Those of what was ``found`` that are looked at."""
        if self.difference is None:
            return found
        return [entry for entry in found if entry.pk in self.difference.all]


def viewing_of(query: QueryDict, chronicle: Any, day: date) -> Viewing:
    """What the address asks for. A day as it was known at a moment is told whole."""
    since = query.get("since", "")
    size, sentences = (None, [WHOLE]) if since and chronicle.then else size_of(since, chronicle)
    return Viewing(
        place_of(query),
        query.get("order") == NEWEST,
        None if size is None else of_day(chronicle, day, size),
        sentences,
    )


def place_of(query: QueryDict) -> int | None:
    """The place in time that an address asks to go on from; None for what is no such place."""
    cursor = cursor_of(query, parts=1)
    return cursor.places[0] if cursor and not cursor.back else None


def address_with(request: HttpRequest, asked: QueryDict, **values: str) -> str:
    """The address of the same day from its beginning, with ``values``; an empty one takes its name out.

    Empty where it would repeat more than a reader asks for.
    """
    rest = asked.copy()
    for name in ("after", *values):
        rest.pop(name, None)
    for name, value in values.items():
        if value:
            rest[name] = value
    return _address(request, rest)


def _address(request: HttpRequest, asked: QueryDict) -> str:
    query = asked.urlencode()
    if len(query) > LONGEST_WAY:
        return ""
    return f"{request.path}?{query}" if query else request.path


def ways(request: HttpRequest, asked: QueryDict, chronicle: Any, viewing: Viewing) -> dict[str, Any]:
    """What a day offers beside itself: either order, all of it, and when it was made."""
    zone = chronicle.clock.zone
    return {
        "viewing": viewing,
        "as_it_went": address_with(request, asked, order=""),
        "newest_first": address_with(request, asked, order=NEWEST),
        "everything": address_with(request, asked, since=""),
        "again": _address(request, asked),
        "made": f"{timezone.now().astimezone(zone):%H:%M}",
        "recorded": chronicle.log_at and f"{chronicle.log_at.astimezone(zone):%H:%M}",
    }
