"""What the bar over a page says that is as it was known at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from chronicle import wording
from chronicle.site.filters import PLACES, pairs_of
from chronicle.site.then import mementos


@dataclass(frozen=True)
class Banner:
    """When that was, and the ways to other moments and back to now, which keep what else was asked for.

    ``local`` is the time as a field of a form has it; ``before`` and ``after`` are empty where there is none.
    """

    words: str
    sentence: str
    local: str
    size: int
    whole: int
    back: str
    before: str
    after: str
    kept: list[tuple[str, str]]
    gate: str
    """The address that leads to a change of the page, by its place among them."""
    changes: int = 0
    """How often the page itself changed, where that is known; and in ``change`` how often by then."""
    change: int = 0


def banner_of(request: HttpRequest, chronicle: Any) -> Banner:
    """The bar of the page that was asked for, whose query has no moment any more."""
    moment, zone = chronicle.then.moment, chronicle.clock.zone
    at = moment.asked or moment.at
    ways = mementos.ways_of(request, chronicle.slug, request.path, request.GET.urlencode())
    beside = f"{ways.timegate}{'&' if '?' in ways.timegate else '?'}"
    return Banner(
        words=wording.at_words(at, zone),
        sentence=moment.sentence,
        local=f"{at.astimezone(zone):%Y-%m-%dT%H:%M}",
        size=moment.size,
        whole=moment.whole,
        back=ways.original,
        before=f"{beside}before={moment.size}" if moment.size > 1 else "",
        after=f"{beside}after={moment.size}" if moment.size < moment.whole else "",
        kept=pairs_of(request.GET, without=PLACES),
        gate=ways.timegate.partition("?")[0],
    )


def step_over(past: Any, sizes: Iterable[int]) -> None:
    """Have the slider of a page step over the ``sizes`` of the log at which the page itself changed."""
    sizes = list(sizes)
    by_then = sum(size <= past.moment.size for size in sizes)
    past.banner = replace(past.banner, changes=len(sizes), change=by_then)
