"""What a chronicle amounts to: how many entries, how well they stand, and whom they cite most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Q

from chronicle.models import Bitmap, Chronicle, Standing
from chronicle.models.statements import Statement, statement_of
from chronicle.models.term import number_of
from chronicle.site import remembered
from chronicle.site.remembered import Known
from chronicle.site.sections import address


@dataclass(frozen=True)
class Bar:
    """One line of a tally, and where it leads; ``share`` is how long its bar is, the longest being 100."""

    words: str
    count: int
    share: float
    url: str


def standings_and_outlets(chronicle: Chronicle, number: int) -> tuple[list[Bar], list[Bar]]:
    """How many public entries have each standing, in the order of standings, and those that cite each of the
    ``number`` outlets that are cited the most. In two queries.
    """
    totals = _then(chronicle, number) if chronicle.then else dict(_of_now(chronicle, number))
    return _standings(chronicle, totals), _outlets(chronicle, totals)


def _of_now(chronicle: Chronicle, number: int) -> Any:
    return _totals(number).tuples({"chronicle": chronicle.pk})


def _then(chronicle: Chronicle, number: int) -> dict[str, int]:
    """How much was under each standing, and each of the most cited outlets, at a moment."""
    totals = chronicle.then.overall
    outlets = sorted(
        (name for name in totals if name.startswith("outlet/")), key=lambda name: (-totals[name], name)
    )
    standings = [name for name in totals if name.startswith("standing/")]
    return {name: totals[name] for name in (*standings, *outlets[:number])}


@cache
def _totals(number: int) -> Statement:
    hole = {"chronicle": -1}
    held = Bitmap.objects.filter(chronicle=hole["chronicle"], chunk=0, total__gt=0)
    most = held.filter(facet="outlet").order_by(F("total").desc(), "name").values("pk")[:number]
    return statement_of(held.filter(Q(facet="standing") | Q(pk__in=most)).values("name", "total"), hole)


def _standings(chronicle: Chronicle, totals: Mapping[str, int]) -> list[Bar]:
    timeline = address("timeline", chronicle.slug)
    return bars(
        (str(label), totals.get(f"standing/{value}", 0), f"{timeline}?standing={value}")
        for value, label in Standing.choices
    )


def _outlets(chronicle: Any, totals: Mapping[str, int]) -> list[Bar]:
    outlets = remembered.terms(chronicle, (name for name in totals if name.startswith("outlet/")))
    outlets.sort(key=lambda outlet: (-totals[outlet.subject], outlet.label))
    return bars((each.label, totals[each.subject], _address_of(chronicle, each)) for each in outlets)


def _address_of(chronicle: Any, outlet: Known) -> str:
    return address("term", chronicle.slug, "outlet", number_of(outlet.subject), outlet.slug)


def bars(counted: Iterable[tuple[str, int, str]]) -> list[Bar]:
    """Each count that is more than none, beside the largest of them."""
    held = [each for each in counted if each[1]]
    most = max((count for _, count, _ in held), default=1)
    return [Bar(words, count, round(100 * count / most, 1), url) for words, count, url in held]
