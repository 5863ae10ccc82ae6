"""How far a proposed change reaches: which entries cite what it is of, and what becomes of their standing."""

from collections import Counter
from copy import copy
from dataclasses import dataclass
from typing import Any

from chronicle.models import Standing
from chronicle.wording import counted
from events import press
from events.editorial.guarding import NAMED, Guarded, Named, put
from events.models import Event, Outlet, Proposal, Source


@dataclass(frozen=True)
class Touched:
    """One entry, with its standing now and as it would be, in words."""

    event: Event
    now: str
    then: str

    @property
    def changes(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True)
class Reach:
    """The events that a change touches: those whose standing changes first, then in order of time."""

    events: list[int]
    standings: dict[int, tuple[str, str]]
    public: int
    """How many of them readers see."""

    @property
    def number(self) -> int:
        return len(self.events)

    @property
    def sentences(self) -> list[str]:
        """How many go from which standing to which: “2 entries go from corroborated to single source”."""
        moves = Counter(self.standings[pk] for pk in self.events if _changes(self.standings[pk]))
        return [
            f"{counted(number, 'entry goes', 'entries go')} from “{_words(was)}” to “{_words(becomes)}”"
            for (was, becomes), number in moves.most_common()
        ]

    def touched(self, keys: list[int]) -> list[Touched]:
        """Those of ``events`` with ``keys``, in that order."""
        rows = Event.objects.select_related("day__story").in_bulk(keys)
        return [Touched(rows[pk], *map(_words, self.standings[pk])) for pk in keys]


def reach_of(proposal: Proposal, named: Named) -> Reach:
    """How far ``proposal``, which names the rows ``named``, reaches as things are now."""
    row = proposal.subject
    origins = _origins(row, proposal, named)
    resting = press.resting_on(row, [*origins] or _its_own(row))
    in_time = resting.order_by("day__date", "earliest", "position", "pk")
    states = dict(in_time.values_list("pk", "state"))
    # What somebody cites it for just now is not counted yet.
    nothing_said = (press.standing([]),) * 2
    standings = dict.fromkeys(states, nothing_said) | press.standings(row.story, resting, origins)
    events = sorted(states, key=lambda pk: not _changes(standings[pk]))
    public = sum(state == Event.State.PUBLISHED for state in states.values())
    return Reach(events, standings, public)


def _its_own(row: Guarded) -> list[int]:
    return [row.pk] if isinstance(row, Source) else []


def _origins(row: Guarded, proposal: Proposal, named: Named) -> dict[int, Outlet]:
    """Whose report the source, and each that relays it, would be, where that is another than now."""
    if not isinstance(row, Source) or not proposal.fields.keys() & NAMED.keys():
        return {}
    then = copy(row)
    put(then, proposal.fields)
    relayed, outlet = named.get((Source, then.relays_id)), named.get((Outlet, then.outlet_id))
    origin = relayed.origin if relayed else outlet
    if origin is None or origin.pk == row.origin_id:
        return {}
    return {each.pk: origin for each in (row, *row.relaying())}


def _changes(standings: tuple[str, str]) -> bool:
    return standings[0] != standings[1]


def _words(standing: Any) -> str:
    return str(Standing(standing).label).lower()
