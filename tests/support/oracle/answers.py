"""What a page should say to a query: which entries, in which order, and how many beside each choice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tests.support.oracle import questions
from tests.support.oracle.sheets import Printed, Told

TERMS = ("kind", "place", "actor", "outlet", "source")
KNOWN = {
    "part": ("night", "morning", "afternoon", "evening"),
    "standing": ("unsupported", "single", "corroborated", "disputed", "retracted"),
    "stance": ("supports", "disputes", "mentions"),
}
FACETS = (*TERMS, *KNOWN)
ALONE = {"key": "1", "media": "yes"}
"""What is asked for by one value."""

Pairs = list[tuple[str, str]]
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Answer:
    """The numbers of all entries in order, how many there are with each choice, and what was chosen.

    ``is_counted`` is False where more entries hold the words than are counted.
    """

    numbers: list[int]
    counts: Counts
    chosen: dict[str, set[str]]
    sources: int
    is_counted: bool = True
    days: dict[int, date] | None = None
    """Under which day each stands, together on a page; None where they stand in their order."""

    def shown(self, facet: str) -> dict[str, int]:
        """The choices of ``facet`` that there are any entries for, or that were made."""
        return {v: n for v, n in self.counts[facet].items() if n or v in self.chosen[facet]}


class Oracle:
    """Answers queries on one chronicle, or on what is under one of its terms, or on one of its days."""

    def __init__(self, printed: Printed, *, most: int = 10_000) -> None:
        self.printed = printed
        self.most = most

    def answer(
        self, pairs: Pairs, *, under: tuple[str, str] | None = None, day: date | None = None
    ) -> Answer:
        """What is found for a query of so many names and values."""
        asked = _Asked(pairs if day is None else _of_a_day(pairs), self.printed)
        about = entries_of(self.printed, under=under, day=day)
        matching = [entry for entry in self.printed.entries if asked.holds_words(entry)]
        about = [entry for entry in about if asked.holds_words(entry) and asked.is_of_days(entry)]
        left = [entry for entry in about if asked.is_under(entry)]
        is_counted = asked.question is None or len(matching) <= self.most
        if day is None:
            left.sort(key=asked.order(by_told=is_counted or asked.name == "best"))
        else:
            left.sort(key=lambda entry: entry.place, reverse=dict(pairs).get("order") == "newest")
        return Answer(
            [entry.number for entry in left],
            {facet: self._counts(facet, asked, about, under) for facet in (*FACETS, *ALONE)},
            {facet: set(values) for facet, values in asked.chosen.items()},
            sources=len({source for entry in left for source in entry.facets["source"]}),
            is_counted=is_counted,
            days=None if day or asked.name == "best" else {e.number: asked.day_of(e) for e in left},
        )

    def _counts(
        self, facet: str, asked: "_Asked", about: list[Told], under: tuple[str, str] | None
    ) -> dict[str, int]:
        scope = [entry for entry in about if asked.is_under(entry, but=facet)]
        values = {value for entry in scope for value in entry.facets[facet]}
        if under and facet == under[0]:
            values = self._others(values, *under)
        values |= set(asked.chosen[facet])
        return {value: sum(value in entry.facets[facet] for entry in scope) for value in values}

    def _others(self, values: set[str], facet: str, number: str) -> set[str]:
        """What may be chosen on the page of a term of its facet: what lies in a place, else others."""
        if facet == "place":
            return {value for value in values if number in self.printed.around[value]}
        return values - {number}


def _of_a_day(pairs: Pairs) -> Pairs:
    return [(name, value) for name, value in pairs if name in (*FACETS, *ALONE)]


def entries_of(
    printed: Printed, *, under: tuple[str, str] | None = None, day: date | None = None
) -> list[Told]:
    """The entries under a term, those of a day, or all. Under a source, a stance is that of the source."""
    return [
        replace(entry, facets=entry.facets | {"stance": entry.stances[under[1]]})
        if under and under[0] == "source"
        else entry
        for entry in printed.entries
        if (under is None or under[1] in entry.facets[under[0]])
        and (day is None or day in (entry.told_on, entry.happened_on))
    ]


class _Asked:
    """A query string, read by the contract; what means nothing is passed over."""

    def __init__(self, pairs: Pairs, printed: Printed) -> None:
        last = dict(pairs)
        self.chosen = {facet: _chosen(facet, pairs, printed) for facet in FACETS}
        for name, value in ALONE.items():
            self.chosen[name] = [value] if last.get(name) == value else []
        self.days = (_day(last.get("from", "")), _day(last.get("to", "")))
        typed = last.get("q", "").strip()
        self.question = questions.read(typed) if typed else None
        self.told = last.get("by") == "told"
        self.name = last.get("order", "")
        if self.name not in ("newest", "oldest") and not (self.name == "best" and self.question):
            self.name = "best" if self.question else "newest"

    def holds_words(self, entry: Told) -> bool:
        if self.question is None:
            return True
        texts = entry.headline + entry.names + entry.body
        return self.question.is_answered_by(texts) and not self.question.is_left_out(texts)

    def is_of_days(self, entry: Told) -> bool:
        """Whether it was told, or may have happened, on one of the days asked for."""
        first, last = self.days[0] or date.min, self.days[1] or date.max
        if first > last:
            return False
        if self.told:
            return first <= entry.told_on <= last
        touches = entry.first <= last and first <= entry.last
        return touches or first <= entry.happened_on <= last

    def is_under(self, entry: Told, but: str = "") -> bool:
        """Whether it is under any value chosen in each facet, ``but`` left aside."""
        return all(
            entry.facets[facet].intersection(values)
            for facet, values in self.chosen.items()
            if values and facet != but
        )

    def day_of(self, entry: Told) -> date:
        return entry.told_on if self.told else entry.happened_on

    def order(self, *, by_told: bool):
        """The key to sort by."""
        sign = 1 if self.name == "oldest" else -1

        def key(entry: Told) -> tuple[int, ...]:
            place = tuple(sign * part for part in entry.place)
            if self.name == "best":
                return (self._tier(entry), *place)
            return (sign * entry.told_on.toordinal(), *place) if self.told and by_told else place

        return key

    def _tier(self, entry: Told) -> int:
        assert self.question
        near: Iterable[list[str]] = (entry.headline, entry.headline + entry.names)
        return next((tier for tier, texts in enumerate(near) if self.question.is_answered_by(texts)), 2)


def _chosen(facet: str, pairs: Pairs, printed: Printed) -> list[str]:
    """The values chosen in ``facet``; a name stands for the numbers of all that are called so."""
    found: list[str] = []
    for value in (value for name, value in pairs if name == facet):
        if facet in KNOWN:
            found += [value] if value in KNOWN[facet] else []
        elif re.fullmatch("[1-9][0-9]{0,8}", value):
            found.append(value)
        else:
            found += printed.numbers_of(facet, value)
    return list(dict.fromkeys(found))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    except ValueError:
        return None
