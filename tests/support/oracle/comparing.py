"""What the site says held against what the oracle says: a sentence for each difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from random import Random

from tests.support.oracle.answers import ALONE, FACETS, KNOWN, Answer, Oracle, Pairs
from tests.support.oracle.curious import Curious, query_string
from tests.support.oracle.pages import Page, Reader

Counts = Mapping[str, int | None]

MOST_SHOWN = 10
"""How many choices of a facet of terms stand on a page, besides those that were made."""

OF_A_DAY = ("kind", "place", "actor", "part", "standing", *ALONE)
"""The facets that a day offers."""

READ_TO_THE_END, ONE_IN = 3, 8
"""Lists of so many pages are read to their end and back, and one in so many of the longer ones."""


@dataclass(frozen=True)
class About:
    """A page to ask: its address, and what it is narrowed to. ``offers`` are the facets that it shows."""

    address: str
    offers: tuple[str, ...] = (*FACETS, *ALONE)
    under: tuple[str, str] | None = None
    day: date | None = None
    per_page: int = 40


@dataclass
class Tally:
    """How many queries were asked, how many found anything, and more than a page, and what was wrong."""

    queries: int = 0
    found: int = 0
    beyond: int = 0
    pages: int = 0
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shares = (
            f"{self.found / self.queries:.0%} with results, {self.beyond / self.queries:.0%} beyond a page"
        )
        wrong = len(self.differences)
        return f"{self.queries} queries ({shares}), {self.pages} pages read: {wrong} differences."


@dataclass
class Comparison:
    """Asks a site and an oracle the same.

    ``is_exact`` says that the choices shown of terms are the first of all. Of too many entries, the site
    knows only what most of the whole chronicle are under, and has the rest found by name.
    """

    client: object
    oracle: Oracle
    dice: Random
    is_exact: bool = False
    tally: Tally = field(default_factory=Tally)

    def ask(self, about: About, curious: Curious, queries: int) -> None:
        for _ in range(queries):
            self.compare(about, curious.query(of_a_day=about.day is not None))

    def compare(self, about: About, pairs: Pairs) -> None:
        """One query on one page, and the pages that follow it."""
        answer = self.oracle.answer(pairs, under=about.under, day=about.day)
        reader = Reader(self.client, about.address)
        first = reader.page(query_string(pairs))
        wrong = [*self._of_pages(reader, first, answer, about), *self._beside(first, answer, about)]
        self.tally.queries += 1
        self.tally.found += bool(answer.numbers)
        self.tally.beyond += len(answer.numbers) > about.per_page
        self.tally.pages += reader.read
        self.tally.differences += [f"{about.address}{query_string(pairs)}: {each}" for each in wrong]

    def _of_pages(self, reader: Reader, first: Page, answer: Answer, about: About) -> Iterator[str]:
        length = -(-len(answer.numbers) // about.per_page)
        if answer.is_counted and length > READ_TO_THE_END and self.dice.randrange(ONE_IN):
            yield from _unlike("begins with", [first], answer, about, most=about.per_page)
            if (
                bool(first.next) != (length > 1 or first.lines + len(answer.numbers) > about.per_page)
                or first.prev
            ):
                yield "its links lead elsewhere than to one page more"
            return
        pages = reader.forward(first)
        yield from _unlike("lists", pages, answer, about)
        sizes = [page.size for page in pages]
        # The parts of too many matches hold as many as were found in each.
        least = about.per_page if answer.is_counted else 0
        if max(sizes) > about.per_page or min(sizes[:-1], default=least) < least:
            yield f"its pages hold {sizes}"
        if about.day is None and answer.is_counted:
            back = [page.numbers for page in reader.back(pages[-1])]
            if back != [page.numbers for page in reversed(pages)]:
                yield f"the way back leads over {back}"

    def _beside(self, page: Page, answer: Answer, about: About) -> Iterator[str]:
        """What is wrong in the counts that stand beside the list."""
        total = len(answer.numbers) if answer.is_counted else None
        # A day without any entries has no line to count them in.
        if page.total != total and not (about.day and page.total == 0):
            yield f"{page.total} entries, not {total}"
        if page.sources is not None and page.sources != answer.sources:
            yield f"{page.sources} sources, not {answer.sources}"
        # A day with nothing else to choose has no filter: what is shown alone is taken back above the list.
        asked = FACETS if about.day and not page.counts else (*FACETS, *ALONE)
        for facet in asked:
            is_offered = facet in about.offers or answer.chosen[facet]
            found, right = page.counts.get(facet, {}), answer.shown(facet) if is_offered else {}
            yield from (f"{facet}: {each}" for each in self._of_facet(facet, found, right, answer))

    def _of_facet(self, facet: str, found: Counts, right: Counts, answer: Answer) -> Iterator[str]:
        chosen = answer.chosen[facet] & right.keys()
        if not chosen <= found.keys():
            yield f"{chosen} was chosen, and only {set(found)} stands there"
        if not answer.is_counted:
            yield from (f"{value} stands there with {n}" for value, n in found.items() if n is not None)
            return
        is_exact = self.is_exact or facet in (*KNOWN, *ALONE)
        if facet not in ALONE and len(right) < 2 and not chosen and is_exact:
            right = {}
        if wrong := {value: n for value, n in found.items() if n != right.get(value)}:
            yield f"{wrong} is not of {right}"
        if is_exact:
            yield from _left_out(facet, found, right, len(chosen))


def _left_out(facet: str, found: Counts, right: Counts, chosen: int) -> Iterator[str]:
    """What should be shown of ``right``: all, or of terms the most used."""
    most = len(right) if facet in KNOWN else MOST_SHOWN
    missing = [right[value] for value in right if value not in found]
    least = sorted(right.values(), reverse=True)[:most][-1:]
    shown = len(found)
    if missing and (shown < min(most, len(right)) or max(missing) > least[0]):
        yield f"{missing} of {right} are missing"
    if shown > most + chosen:
        yield f"{shown} are shown, of which {chosen} were chosen"


def _gathered(numbers: list[int], sizes: list[int], days: dict[int, date] | None) -> Iterator[int]:
    """``numbers`` in pages of ``sizes``, on each of which those of a day stand where its first one does."""
    start = 0
    for size in (*sizes, len(numbers)):
        page = numbers[start : start + size]
        start += size
        of_days = [days[number] if days else None for number in page]
        yield from sorted(page, key=lambda number: of_days.index(days[number] if days else None))


def _unlike(
    verb: str, pages: list[Page], answer: Answer, about: About, most: int | None = None
) -> Iterator[str]:
    found, right = list(chain.from_iterable(page.numbers for page in pages)), answer.numbers[:most]
    if about.day is None:
        right = list(_gathered(right, [len(page.numbers) for page in pages], answer.days))
        if found != right:
            yield f"{verb} {found}, not {right}"
        return
    # A day goes by its parts, and in each by time; the pages of its list by time alone.
    runs = [[n for n in right if n in run] for page in pages for run in page.runs]
    if [run for page in pages for run in page.runs] != runs:
        yield f"{verb} what is out of order: {runs}"
    start = 0
    for number, page in enumerate(pages):
        stop = start + about.per_page - page.lines
        if sorted(page.numbers) != sorted(right[start:stop]):
            yield f"{verb} {page.numbers} on page {number + 1}, not {right[start:stop]}"
        start = stop
    if len(found) != len(right[:start]):
        yield f"{verb} {len(found)} entries, not {len(right)}"
