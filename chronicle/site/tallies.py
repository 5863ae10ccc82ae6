"""What a chronicle amounts to: how many entries, how well they stand, and whom they cite most."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from chronicle.models import Chronicle, Entry, EntryTerm, Standing


@dataclass(frozen=True)
class Bar:
    """One line of a tally: ``share`` is how long its bar is beside the longest, of 100."""

    words: str
    count: int
    share: float


def standings(chronicle: Chronicle) -> list[Bar]:
    """How many public entries have each standing, in one query; the order is that of the standings."""
    public = Entry.objects.public().filter(chronicle=chronicle).order_by()
    counts = dict(public.values_list("standing").annotate(n=Count("pk")))
    return bars((str(label), counts.get(value, 0)) for value, label in Standing.choices)


def outlets(chronicle: Chronicle, number: int) -> list[Bar]:
    """The outlets that most public entries cite, in one query."""
    cited = _public_terms(chronicle).filter(facet="outlet").values(label=F("term__label"))
    most = cited.annotate(n=Count("entry_id")).order_by("-n", "label")[:number]
    return bars((row["label"], row["n"]) for row in most)


def cited(chronicle: Chronicle) -> dict[str, int]:
    """How many sources, and how many outlets, public entries cite, in one query."""
    terms = _public_terms(chronicle).filter(facet__in=("source", "outlet")).values("facet")
    return dict(terms.annotate(n=Count("term_id", distinct=True)).values_list("facet", "n").order_by())


def bars(counted: Iterable[tuple[str, int]]) -> list[Bar]:
    """Each count that is more than none, beside the largest of them."""
    held = [(words, count) for words, count in counted if count]
    most = max((count for _, count in held), default=1)
    return [Bar(words, count, round(100 * count / most, 1)) for words, count in held]


def _public_terms(chronicle: Chronicle):
    public = EntryTerm.objects.filter(term__chronicle=chronicle, entry__withdrawn_at__isnull=True)
    return public.order_by()
