"""The grammar of a time phrase: from items to one or two ends, each with its day and its time of day."""

from dataclasses import dataclass
from itertools import pairwise

from events.moments.ends import QUALIFIERS, End, only_end
from events.moments.items import Date, Days, Item, Part, Share, Small, Time, Unclear
from events.moments.ranges import carried, ends_around, is_day_alone

_TELLING = (Small("overnight"), Small("night of"), Small("all"))
"""The small words that tell a time by themselves."""


@dataclass(frozen=True)
class Phrase:
    """A time phrase: ``last`` is None unless it is a range; ``counted`` is the day it is said to count on."""

    first: End
    last: End | None = None
    throughout: bool = False
    counted: Date | None = None


def parse(items: list[Item]) -> Phrase:
    """The phrase that ``items`` make.

    :raises Unclear: when they do not make one.
    """
    items, counted = _counted(items)
    throughout = Small("all") in items
    items = _without_commas(_joined([item for item in items if item != Small("all")]))
    connectors = [i for i, item in enumerate(items) if _connects(items, i)]
    if len(connectors) > 1:
        raise Unclear("more than two times are tied together")
    if not connectors:
        return _of_one(only_end(items, throughout), throughout, counted)
    first, last = ends_around(items, connectors[0])
    if first is None:
        return _of_one(last, throughout, counted)
    return Phrase(*carried(first, last), throughout, counted)


def _of_one(end: End, throughout: bool, counted: Date | None) -> Phrase:
    return Phrase(end, None, throughout or end.fills, counted)


def _counted(items: list[Item]) -> tuple[list[Item], Date | None]:
    if Small("counted") not in items:
        return items, None
    at = items.index(Small("counted"))
    match items[at + 1 :]:
        case [Days(first=date, last=None)] if date.year:
            return items[:at], date
    raise Unclear("after “counted on” a full date should follow")


def _joined(items: list[Item]) -> list[Item]:
    """Shares joined to the part that they divide, "at" dropped before a part."""
    joined: list[Item] = []
    for item in items:
        if isinstance(item, Part):
            _make_way(joined)
        match joined[-1:], item:
            case [Share(begin, end)], Part(name, 0, 1):
                joined[-1] = Part(name, begin, end)
            case [Share()], Part():
                raise Unclear("the part of the day is divided twice")
            case _:
                joined.append(item)
    _refuse_bare_share(joined)
    _refuse_words_between(joined)
    return [Part("day", item.begin, item.end) if isinstance(item, Share) else item for item in joined]


def _refuse_words_between(items: list[Item]) -> None:
    """Refuse what only stands beside times: "at", or "the second half", which may be that of a match."""
    if all(isinstance(item, Share) or (isinstance(item, Small) and item not in _TELLING) for item in items):
        raise Unclear("it does not tell a time")


def _refuse_bare_share(joined: list[Item]) -> None:
    """Refuse "until late", which names nothing that could be ended."""
    for before, item in pairwise(joined):
        if isinstance(item, Share) and isinstance(before, Small) and before.word in QUALIFIERS:
            raise Unclear("“late” and its like say no time of day; write “late evening”")


def _make_way(joined: list[Item]) -> None:
    """Take away what stands between a share and the part after it: "at", or the day, which goes first."""
    if joined[-1:] == [Small("at")]:
        joined.pop()
    if isinstance(next(iter(joined[-2:-1]), None), Share) and is_day_alone(joined[-1:]):
        joined[-2:] = [joined[-1], joined[-2]]


def _connects(items: list[Item], i: int) -> bool:
    if items[i] == Small("slash"):
        around = (*items[max(i - 1, 0) : i], *items[i + 1 : i + 2])
        if len(around) == 2 and all(isinstance(item, Days) for item in around):
            return True
        raise Unclear("a stroke may only stand between two dates")
    return items[i] in (Small("to"), Small("dash"), Small("until"), Small("and"))


def _without_commas(items: list[Item]) -> list[Item]:
    """``items`` without a dash that stands for a comma: "12 May 2019 - 8:25 am", "5 November – evening"."""
    if Small("dash") not in items:
        return items
    at = items.index(Small("dash"))
    before, after = items[:at], items[at + 1 :]
    parted = is_day_alone(before) and after and isinstance(after[0], Time | Part | Small)
    timed = len(before) == 1 and isinstance(before[0], Time | Part) and is_day_alone(after)
    return [*before, *after] if parted or timed else items
