"""When two citations are the same evidence: the same words of one source, under one stance.

The same are quotations that differ in nothing but case, spaces and punctuation, and those of which one is cut
out of the other: at its ends, or with an ellipsis for what it leaves out. Accents tell words apart.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from chronicle.folding import spelled

T = TypeVar("T")
Said = tuple[Hashable, str]
"""Of a citation what must be equal, and its quotation."""

LEFT_OUT = re.compile(r"[\[(]?(?:…|\.{3,}|\. \. \.)[\])]?")
"""An ellipsis, in brackets or not."""


def words_of(quote: str) -> list[str]:
    """The words of ``quote`` in their order, without case."""
    return spelled(quote)


def same_words(one: str, other: str) -> bool:
    """Whether two quotations are the same words, or one is cut out of the other."""
    runs, others = _runs(one), _runs(other)
    if not runs or not others:
        return one.strip() == other.strip()
    return _is_cut_out(runs, others) or _is_cut_out(others, runs)


@lru_cache(maxsize=256)
def _runs(quote: str) -> tuple[tuple[str, ...], ...]:
    """The words of ``quote`` that stand together, between one ellipsis and the next."""
    runs = (tuple(words_of(run)) for run in LEFT_OUT.split(quote))
    return tuple(run for run in runs if run)


def _is_cut_out(few: Sequence[Sequence[str]], many: Sequence[Sequence[str]]) -> bool:
    """Whether each of the runs ``few`` stands in one of ``many``, one after the other."""
    at, place = 0, 0
    for run in few:
        while (found := _found(run, many[at], place)) < 0:
            at, place = at + 1, 0
            if at == len(many):
                return False
        place = found + len(run)
    return True


def _found(few: Sequence[str], many: Sequence[str], start: int) -> int:
    """Where ``few`` stands in ``many`` from ``start`` on; -1 where it does not."""
    for place in range(start, len(many) - len(few) + 1):
        if many[place : place + len(few)] == few:
            return place
    return -1


def repeated(rows: Iterable[T], said: Callable[[T], Said]) -> list[tuple[T, T | None]]:
    """Each of ``rows``, in their order, with the first one before it that is the same evidence."""
    firsts: dict[Hashable, list[T]] = {}
    found: list[tuple[T, T | None]] = []
    for row in rows:
        about, quote = said(row)
        before = firsts.setdefault(about, [])
        first = next((other for other in before if same_words(quote, said(other)[1])), None)
        if first is None:
            before.append(row)
        found.append((row, first))
    return found


def once(rows: Iterable[T], said: Callable[[T], Said]) -> list[T]:
    """Of ``rows``, in their order, the first of each evidence."""
    return [row for row, first in repeated(rows, said) if first is None]
