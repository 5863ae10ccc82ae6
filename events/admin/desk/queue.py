"""What waits for a moderator: whose decision it is, and in which order it is read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
)
from django.db.models.functions import Cast

from chronicle import wording
from events.admin.listing import MOST_TOLD, MOST_WAITING
from events.admin.reach import held
from events.admin.verbs import VerbForm
from events.editorial.claiming import free_for, handed_to, kept_from
from events.editorial.holding import may_at_all
from events.editorial.reach import within
from events.models import Event
from events.upkeep import UNDECIDED

PENDING = Q(state="pending")
FINISHED = (Event.State.SUBMITTED, Event.State.SCHEDULED)
"""The states of an event that waits for nothing but what it rests on."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, as far as the queue is put in order and narrowed by it.

    ``is_own`` is whether who asks wrote it, ``is_kept`` whether another claimed it, the ``keeper``, and
    ``is_handed`` whether somebody handed it to who asks.
    """

    of: str
    pk: int
    is_own: bool
    is_kept: bool
    is_handed: bool
    keeper: str | None
    turn: int
    since: datetime
    day: int | None
    outlet: int | None
    is_finished: bool

    @property
    def is_left(self) -> bool:
        """Whether it is for who asks to decide on."""
        return not self.is_own and not self.is_kept

    @property
    def holds_up(self) -> bool:
        """Whether an event that is finished waits for it."""
        return self.turn == UNDECIDED and self.is_finished


@dataclass(frozen=True, slots=True)
class Head:
    """What the line of one says: what it is called, of which day and time it tells, and where it is from."""

    title: str
    on: date | None
    wording: str
    outlet: str

    @property
    def where(self) -> str:
        when = ", ".join(filter(None, (self.on and wording.short_day(self.on), self.wording)))
        return " · ".join(filter(None, (when, self.outlet)))


@dataclass(frozen=True)
class Queue:
    """Rows that are decided on one by one, and how they are shown.

    ``name`` is what a row is called in an address, in a post and in the templates, ``verbs`` are the likely
    one and reject with their forms, ``permissions`` those of which one lets in. ``columns`` are by name what
    Waiting tells of a row besides its key, ``head`` what Head tells of it. ``in_full`` reads a row with all
    that is shown of it, ``own`` tells whose words it has, ``said`` what it is called, ``beside`` what
    is shown besides; ``waits`` says which rows wait, ``order`` which of them come first, ``likely`` is the
    verb of the first button, and what that says; ``past`` tells, by their primary keys, what was done with
    rows and their words before, and ``foresee`` reads together what the forms of each ask for. ``apart`` are
    the fields that stand outside of the form which they are sent with.
    """

    name: str
    permissions: tuple[str, ...]
    verbs: Mapping[str, tuple[type[VerbForm], Callable[..., Any]]]
    columns: Mapping[str, Any]
    head: Sequence[Any]
    in_full: Callable[[], QuerySet[Any]]
    own: Callable[[Any], Q]
    said: Callable[[Any], str] = str
    beside: Callable[[Any], dict[str, Any]] = lambda row: {}
    waits: Q = PENDING
    order: Sequence[Any] = ("submitted_at", "pk")
    likely: Callable[[Any], tuple[str, str]] = lambda row: ("approve", "Approve")
    past: Callable[[Sequence[Any]], Mapping[int, Any]] = lambda rows: {}
    foresee: Callable[[Sequence[Any]], None] = lambda rows: None
    apart: tuple[str, ...] = ()

    def is_for(self, request: Any) -> bool:
        return may_at_all(request.user, *self.permissions, held=held(request))

    def open_to(self, request: Any) -> QuerySet[Any]:
        """The rows of the stories in which who asks may decide."""
        return within(self.in_full(), request.user, *self.permissions, held=held(request))

    def waiting(self, request: Any) -> QuerySet[Any]:
        """What waits of these, in the order in which it is decided."""
        return self.open_to(request).filter(self.waits).order_by(*self.order)

    def first(self, request: Any) -> QuerySet[Any]:
        """The keys of what waits first, MOST_TOLD at most."""
        return self.waiting(request).values("pk")[:MOST_TOLD]

    def others_first(self, request: Any, now: datetime) -> QuerySet[Any]:
        """Those of these rows whose words are somebody else's, and which nobody else has claimed."""
        window = self.in_full().filter(free_for(request.user, now), pk__in=self.first(request)).order_by()
        return window.annotate(theirs=self._theirs(request)).filter(theirs=False).values("pk")

    def window(self, request: Any, of: Mapping[str, Any]) -> QuerySet[Any]:
        """What Waiting tells of the MOST_WAITING rows that wait first, one's own among them, and of one
        more.

        ``of`` all that wait, or of those alone of which it tells that: ``{"day": 5}``, ``{"is_own": False}``.
        """
        # The window is read from its index; whose each is, is asked of what lies in it.
        told = self.columns | {"is_own": self._theirs(request)}
        waiting = self.waiting(request).alias(**{f"its_{name}": told[name] for name in of})
        first = waiting.filter(**{f"its_{name}": value for name, value in of.items()}).values("pk")
        return self._told_of(request, first[: MOST_WAITING + 1])

    def handed(self, request: Any) -> QuerySet[Any]:
        """Likewise of what somebody handed to who asks, however much waits before it."""
        handed = self.waiting(request).filter(handed_to(request.user)).order_by()
        return self._told_of(request, handed.values("pk")[:MOST_WAITING])

    def _told_of(self, request: Any, keys: QuerySet[Any]) -> QuerySet[Any]:
        rows = self.in_full().filter(pk__in=keys).order_by()
        return rows.values_list(
            Value(self.name),
            "pk",
            self._theirs(request),
            _whether(kept_from(request.user)),
            _whether(handed_to(request.user)),
            "claim__person__username",
            *self.columns.values(),
        )

    def heads(self, keys: Sequence[int]) -> QuerySet[Any]:
        """What Head tells of the rows ``keys``."""
        return self.in_full().filter(pk__in=keys).order_by().values_list(Value(self.name), "pk", *self.head)

    def _theirs(self, request: Any) -> ExpressionWrapper:
        return _whether(self.own(request.user))


def _whether(condition: Any) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())


# PostgreSQL takes a bare NULL for a text, which goes with no number and no date of another queue.
NONE, NEVER = Cast(None, IntegerField()), Value(False)
NO_DAY, NOTHING = Cast(None, DateField()), Value("")


def columns(
    since: str, *, turn: Any = None, day: Any = NONE, outlet: Any = NONE, finished: Any = NEVER
) -> dict[str, Any]:
    """What Waiting tells of a row besides its key and whose it is, each as an expression, in its order."""
    turn = turn or Value(UNDECIDED, SmallIntegerField())
    return {
        "turn": turn,
        "since": F(since),
        "day": day,
        "outlet": outlet,
        "is_finished": _whether(finished),
    }


Looked = tuple[list[Waiting], bool]
"""What was found to wait, and whether more does."""


def look_through(request: Any, queues: Mapping[str, Queue]) -> Looked:
    """What waits in ``queues``, in one question, and whether more waits behind the MOST_WAITING that wait
    first of each; with what was handed to who asks. Kept for the rest of the request."""
    found = getattr(request, "looked_through", None)
    if found is None:
        handed = [queue.handed(request) for queue in queues.values()]
        request.looked_through = found = look_for(request, queues, {}, handed)
    return found


def look_for(
    request: Any, queues: Mapping[str, Queue], of: Mapping[str, Any], besides: Sequence[QuerySet[Any]] = ()
) -> Looked:
    """Likewise of that alone of which Waiting tells what is asked for: see ``Queue.window``."""
    windows = [queue.window(request, of) for queue in queues.values()]
    # What was handed to somebody may wait among the first as well.
    found = {(each.of, each.pk): each for each in starmap(Waiting, _together([*windows, *besides]))}
    rows = list(found.values())
    return rows, any(total > MOST_WAITING for total in totals(rows).values())


def totals(rows: Iterable[Waiting]) -> dict[str, int]:
    """How many of ``rows`` are of each queue."""
    return Counter(one.of for one in rows)


Heads = Mapping[tuple[str, int], Head]


def heads_of(rows: Iterable[Waiting], queues: Mapping[str, Queue], *besides: QuerySet[Any]) -> Heads:
    """What the lines of ``rows`` say, but for what is gone by now, and what is told ``besides`` in the same
    columns, in one question."""
    keys: dict[str, list[int]] = defaultdict(list)
    for one in rows:
        keys[one.of].append(one.pk)
    found = _together([*(queues[name].heads(some) for name, some in keys.items()), *besides])
    return {(of, pk): Head(*told) for of, pk, *told in found}


def _together(questions: Iterable[QuerySet[Any]]) -> Iterable[Any]:
    first, *others = [*questions] or [()]
    return first.union(*others, all=True) if others else first


def in_order(keys: Sequence[int], queue: Queue) -> list[Any]:
    """The rows of these keys, in their order, with all that is shown of them."""
    rows = queue.in_full().order_by().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
