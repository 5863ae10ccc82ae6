"""The queue: in which group each stands that waits, how it is narrowed, and what is shown of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Value
from django.utils import timezone

from chronicle import wording
from events.admin.desk.queue import NO_DAY, NOTHING, Head, Heads, Queue, Waiting, heads_of
from events.admin.keys import key_in
from events.admin.listing import AtLeast, Counted
from events.models import Day, Outlet
from events.upkeep import RECHECKED_AS_PUBLISHED, UNDECIDED

AROUND = 20
"""How many lines are shown before and after the one that is read."""
MOST_OFFERED = 50
"""How many days, or outlets, are offered to narrow it to: those of which the most waits."""
GROUPS = (
    "Handed to you",
    "Readers see it now",
    "Holds up a finished event",
    "Approved for earlier words",
    "Proposed changes",
    "Not decided yet",
)
HANDED, SEEN, HOLDS_UP, EARLIER, PROPOSED, REST = range(len(GROUPS))


def group_of(one: Waiting) -> int:
    """In which of GROUPS it stands."""
    if one.is_handed:
        return HANDED
    if one.turn < UNDECIDED:
        return SEEN if one.turn == RECHECKED_AS_PUBLISHED else EARLIER
    if one.is_finished:
        return HOLDS_UP
    return PROPOSED if one.of == "proposal" else REST


def in_turn(rows: Iterable[Waiting]) -> list[Waiting]:
    """``rows`` with the most urgent first, and within a group with what waits longest."""
    return sorted(rows, key=lambda one: (group_of(one), one.since, one.of, one.pk))


@dataclass(frozen=True)
class Line:
    """One that waits, as the queue shows it."""

    one: Waiting
    head: Head

    @property
    def group(self) -> str:
        return GROUPS[group_of(self.one)]


def heads(drawn: Sequence[Waiting], every: Sequence[Waiting], queues: dict[str, Queue]) -> Heads:
    """What is said of those that are ``drawn``, and of the days and outlets of ``every`` one."""
    days, outlets = _most(one.day for one in every), _most(one.outlet for one in every)
    on = Day.objects.filter(pk__in=days).order_by().values_list(Value("day"), "pk", NOTHING, "date", *TWICE)
    named = Outlet.objects.filter(pk__in=outlets).order_by()
    return heads_of(drawn, queues, on, named.values_list(Value("outlet"), "pk", "name", NO_DAY, *TWICE))


TWICE = NOTHING, NOTHING


def lines(rows: Sequence[Waiting], heads: Heads) -> list[Line]:
    """``rows`` with what is said of each, but for what is gone by now."""
    return [Line(one, heads[one.of, one.pk]) for one in rows if (one.of, one.pk) in heads]


@dataclass(frozen=True)
class Choice:
    """One way to narrow the queue: its name in the address, what it is called, and how many it leaves."""

    name: str
    label: str
    total: int


Test = Callable[[Waiting], bool]


def _longer_than(age: timedelta) -> Test:
    return lambda one: timezone.now() - one.since > age


def _of(name: str) -> Test:
    return lambda one: one.of == name


KINDS: dict[str, dict[str, tuple[str, Test]]] = {
    "Why it waits": {
        "handed": ("Handed to you", lambda one: one.is_handed),
        "seen": ("Readers see it now", lambda one: one.turn == RECHECKED_AS_PUBLISHED),
        "lapsed": ("Approved for earlier words", lambda one: one.turn < UNDECIDED),
        "holds-up": ("Holds up a finished event", lambda one: one.holds_up),
    },
    "How long": {
        "over-a-day": ("Longer than a day", _longer_than(timedelta(days=1))),
        "over-a-week": ("Longer than a week", _longer_than(timedelta(days=7))),
    },
    "What it is": {
        "citations": ("Citations", _of("citation")),
        "media": ("Media", _of("medium")),
        "proposals": ("Proposed changes", _of("proposal")),
    },
}
TESTS = {name: test for kinds in KINDS.values() for name, (_, test) in kinds.items()}


def choices(rows: Sequence[Waiting], heads: Heads, *, more: bool) -> dict[str, list[Choice]]:
    """What ``rows``, behind which ``more`` may wait, can be narrowed to, under a heading each."""
    number = AtLeast if more else Counted
    found = {heading: _of_kinds(rows, kinds, number) for heading, kinds in KINDS.items()}
    found["Day"] = _of_days(_most(one.day for one in rows), heads, number)
    found["Outlet"] = _of_outlets(_most(one.outlet for one in rows), heads, number)
    offered = {heading: [one for one in group if one.total] for heading, group in found.items()}
    return {heading: group for heading, group in offered.items() if group}


Number = Callable[[int], int]


def _of_kinds(rows: Sequence[Waiting], kinds: dict[str, tuple[str, Test]], number: Number) -> list[Choice]:
    return [Choice(name, label, number(sum(map(test, rows)))) for name, (label, test) in kinds.items()]


def _of_days(days: dict[int, int], heads: Heads, number: Number) -> list[Choice]:
    on = sorted((head.on, pk) for (of, pk), head in heads.items() if of == "day" and head.on)
    return [Choice(f"day-{pk}", wording.day_words(date), number(days[pk])) for date, pk in on]


def _of_outlets(outlets: dict[int, int], heads: Heads, number: Number) -> list[Choice]:
    named = sorted((head.title, pk) for (of, pk), head in heads.items() if of == "outlet")
    return [Choice(f"outlet-{pk}", name, number(outlets[pk])) for name, pk in named]


def _most(keys: Iterable[int | None]) -> dict[int, int]:
    """How often each of ``keys`` is there, of those that most often are."""
    return dict(Counter(key for key in keys if key is not None).most_common(MOST_OFFERED))


def narrowed(rows: Sequence[Waiting], name: str) -> list[Waiting]:
    """Those of ``rows`` that the choice ``name`` leaves; all of them where it is none."""
    if name in TESTS:
        return [one for one in rows if TESTS[name](one)]
    told = told_by(name).items()
    return [one for one in rows if all(getattr(one, what) == value for what, value in told)]


def told_by(name: str) -> dict[str, Any]:
    """What Waiting tells of each that the choice ``name`` leaves, where the database can look for that."""
    if name == "holds-up":
        return {"turn": UNDECIDED, "is_finished": True}
    what, _, key = name.partition("-")
    pk = key_in(key)
    return {what: pk} if what in ("day", "outlet") and pk is not None else {}


def after(rows: Sequence[Waiting], at: int) -> Waiting | None:
    """What comes after the one ``at`` that place; the first, where it is the last; nothing after itself."""
    if len(rows) < 2:
        return None
    return rows[(at + 1) % len(rows)]


def about(rows: Sequence[Waiting], at: int) -> Sequence[Waiting]:
    """Those about the one ``at`` that place."""
    return rows[max(at - AROUND, 0) : at + AROUND + 1]


def place(rows: Sequence[Waiting], name: str, pk: Any) -> int | None:
    """Where the row ``pk`` of the queue ``name`` stands among ``rows``."""
    return next((at for at, one in enumerate(rows) if (one.of, one.pk) == (name, pk)), None)
