"""What a chronicle amounts to: how many entries, how well they stand, and whom they cite most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse

from chronicle.models import Bitmap, Chronicle, Standing, Term


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
    held = Bitmap.objects.filter(chronicle=chronicle, chunk=0, total__gt=0)
    most = held.filter(facet="outlet").order_by(F("total").desc(), "name").values("pk")[:number]
    rows = held.filter(Q(facet="standing") | Q(pk__in=most)).values_list("name", "total")
    totals = dict(rows)
    return _standings(chronicle, totals), _outlets(chronicle, totals)


def _standings(chronicle: Chronicle, totals: Mapping[str, int]) -> list[Bar]:
    timeline = reverse("timeline", args=[chronicle.slug])
    return bars(
        (str(label), totals.get(f"standing/{value}", 0), f"{timeline}?standing={value}")
        for value, label in Standing.choices
    )


def _outlets(chronicle: Chronicle, totals: Mapping[str, int]) -> list[Bar]:
    named = Term.objects.named(chronicle, (name for name in totals if name.startswith("outlet/")))
    terms = sorted(named, key=lambda term: (-totals[term.subject], term.label))
    for term in terms:
        term.chronicle = chronicle
    return bars((term.label, totals[term.subject], term.get_absolute_url()) for term in terms)


def bars(counted: Iterable[tuple[str, int, str]]) -> list[Bar]:
    """Each count that is more than none, beside the largest of them."""
    held = [each for each in counted if each[1]]
    most = max((count for _, count, _ in held), default=1)
    return [Bar(words, count, round(100 * count / most, 1), url) for words, count, url in held]
