"""What the site says to a query, taken from its HTML, a page after the other by the links of each."""

import re
from dataclasses import dataclass, field
from html import unescape

ENTRY = re.compile(r'<li class="event[^"]*" id="entry-(\d+)">(?! ?<p class="line")')
LINE = re.compile(r'<li class="event[^"]*" id="entry-\d+"> ?<p class="line"')
"""An entry, and the line that a day keeps of one that was withdrawn, which takes its place on a page."""
CHOICE = re.compile(
    r'<label class="opt"> ?<input type="checkbox" name="(\w+)" value="([^"]*)"( checked)?> ?'
    r'<span class="name"[^>]*>[^<]*(?:<small>[^<]*</small>)?</span>(?: ?<span class="n">(\d+)<)?'
)
RESULT = re.compile(
    r'<p class="result"> ?<b>([\d,]+)(\+?) entr(?:y|ies)</b>(?: ?<span>from ([\d,]+) sources?\.)?'
)
LINK = re.compile(r'<a rel="(next|prev)" href="(\?[^"]*)"')

MOST_PAGES = 60
"""More than any list of a test has: who comes so far goes round in a circle."""


@dataclass(frozen=True)
class Page:
    """The numbers of its entries in each section, its counts by facet and value, and where it leads.

    A count is None where there is too much to count, and so is ``total``. ``lines`` are those of what was
    withdrawn.
    """

    runs: list[list[int]]
    lines: int
    counts: dict[str, dict[str, int | None]]
    chosen: dict[str, set[str]]
    total: int | None
    sources: int | None
    next: str
    prev: str

    @property
    def size(self) -> int:
        """How many places it has."""
        return len(self.numbers) + self.lines

    @property
    def numbers(self) -> list[int]:
        return [number for run in self.runs for number in run]


@dataclass
class Reader:
    """Somebody who follows links, and counts the pages."""

    client: object
    address: str
    read: int = field(default=0)

    def page(self, query: str) -> Page:
        """One page; it must be there."""
        self.read += 1
        # What is asked for twice leads to the address that asks once.
        response = self.client.get(self.address + query, follow=True)
        assert response.status_code == 200, f"{self.address}{query}: {response.status_code}"
        return page_of(response.content.decode())

    def forward(self, page: Page) -> list[Page]:
        """``page`` and all that follow it."""
        return self._follow(page, "next")

    def back(self, page: Page) -> list[Page]:
        """``page`` and all before it, the last first."""
        return self._follow(page, "prev")

    def _follow(self, page: Page, relation: str) -> list[Page]:
        pages = [page]
        while leads := getattr(pages[-1], relation):
            pages.append(self.page(leads))
            assert len(pages) < MOST_PAGES, f"{self.address}: {relation} never ends."
        return pages


def page_of(html: str) -> Page:
    html = re.sub(r"\s+", " ", html)
    counts: dict[str, dict[str, int | None]] = {}
    chosen: dict[str, set[str]] = {}
    for facet, value, checked, count in CHOICE.findall(html):
        counts.setdefault(facet, {})[unescape(value)] = int(count) if count else None
        if checked:
            chosen.setdefault(facet, set()).add(unescape(value))
    links = {relation: unescape(query) for relation, query in LINK.findall(html)}
    result = RESULT.search(html)
    total, more, sources = result.groups() if result else ("0", "", None)
    return Page(
        [[int(number) for number in ENTRY.findall(section)] for section in html.split("<section")],
        len(LINE.findall(html)),
        counts,
        chosen,
        total=None if more else _number(total),
        sources=_number(sources) if sources else None,
        next=links.get("next", ""),
        prev=links.get("prev", ""),
    )


def _number(written: str) -> int:
    return int(written.replace(",", ""))
