"""What a chronicle amounts to: how many entries, how well they stand, and whom they cite most."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from chronicle.models import Chronicle, Entry, EntryTerm, Standing


@dataclass(frozen=True)
class Bar:
    """One line of a tally, and where it leads; ``share`` is how long its bar is, the longest being 100."""

    words: str
    count: int
    share: float
    url: str


def standings(chronicle: Chronicle) -> list[Bar]:
    """How many public entries have each standing, in one query; the order is that of the standings."""
    public = Entry.objects.public().filter(chronicle=chronicle).order_by()
    counts = dict(public.values_list("standing").annotate(n=Count("pk")))
    timeline = reverse("timeline", args=[chronicle.slug])
    return bars(
        (str(label), counts.get(value, 0), f"{timeline}?standing={value}")
        for value, label in Standing.choices
    )


def outlets(chronicle: Chronicle, number: int) -> list[Bar]:
    """The outlets that most public entries cite, in one query."""
    cited = (
        _public_terms(chronicle).filter(facet="outlet").values("term__number", "term__slug", "term__label")
    )
    most = cited.annotate(n=Count("entry_id")).order_by("-n", "term__label")[:number]
    return bars(
        (
            row["term__label"],
            row["n"],
            reverse("term", args=[chronicle.slug, "outlet", row["term__number"], row["term__slug"]]),
        )
        for row in most
    )


def cited(chronicle: Chronicle) -> dict[str, int]:
    """How many sources, and how many outlets, public entries cite, in one query."""
    terms = _public_terms(chronicle).filter(facet__in=("source", "outlet")).values("facet")
    return dict(terms.annotate(n=Count("term_id", distinct=True)).values_list("facet", "n").order_by())


def bars(counted: Iterable[tuple[str, int, str]]) -> list[Bar]:
    """Each count that is more than none, beside the largest of them."""
    held = [each for each in counted if each[1]]
    most = max((count for _, count, _ in held), default=1)
    return [Bar(words, count, round(100 * count / most, 1), url) for words, count, url in held]


def _public_terms(chronicle: Chronicle):
    public = EntryTerm.objects.filter(term__chronicle=chronicle, entry__withdrawn_at__isnull=True)
    return public.order_by()
