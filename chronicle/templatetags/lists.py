"""What a list has many of, each written as one string: a template a choice, a cell or a card would cost more
than all else of a page together. Each function escapes what it is given.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from chronicle import prose
from chronicle.prose import fill, filled
from chronicle.site.marks import NONE
from chronicle.site.screens import Slot
from chronicle.site.search.marking import marked
from chronicle.site.sections import address, address_of

register = template.Library()
register.simple_tag(address)

CHOICE = (
    '<label class="opt"><input type="checkbox" name="{}" value="{}"{}>'
    '<span class="name" dir="auto">{}</span>{}</label>'
)
FACET = "<fieldset><legend>{}</legend>{}{}{}</fieldset>"
FOLDED = "<details><summary>{} more</summary>{}</details>"
FIND = (
    '<label class="unseen" for="find-{0}">Find another by name: {1}</label>'
    '<input id="find-{0}" type="search" name="{0}" dir="auto" maxlength="100" placeholder="Another, by name" '
    'autocomplete="off" hx-get="{2}?facet={0}" hx-trigger="input changed delay:200ms" '
    'hx-target="#found-{0}" hx-sync="this:replace"><div id="found-{0}" aria-live="polite"></div>'
)
COUNT = '<span class="n">{}<span class="unseen"> {}</span></span>'
UPTO_ADDRESS = '<li class="on-{}{}"><a class="cell n{}" href="{}'
REST_OF_CELL = '"{} title="{}"><span class="unseen">{}</span></a>{}</li>'
TICK = '<span class="tick {}" aria-hidden="true">{}</span>'
DAY = (
    '<section class="day{}"><header>{}<time datetime="{}">{}</time></header>'
    '<ol class="events">{}{}</ol></section>'
)
TAKEN = '<li class="taken">An entry was <a href="{}">taken down</a> on {}.</li>'
NUMBER = '<h2><a href="{}"><span class="unseen">Day </span>{}</a></h2>'
ROW = '<li class="event {}" id="{}">{}</li>'
CARD = '<article class="card">{}{}{}</article>'
WITHDRAWN = (
    '<p class="line"><span class="when">{}</span> <b>An entry was withdrawn</b> on {}: '
    '<span dir="auto">{}</span> <a href="{}">Its record</a></p>'
)
MARK = '<p class="change{}"><a href="{}">{}</a></p>'
SINCE = '<p class="change"><b class="since">{}</b></p>'
LATE = '<p class="change">{}</p>'
HAPPENED = '<p class="told">Happened on {}, told {}</p>'
TOLD = '<p class="told">Told on {}</p>'
LINK = '<a href="{}">{}</a>'

WEEKDAY = (
    '<td><a class="n{}" href="{}" title="{}">'
    '<span aria-hidden="true">{}</span><span class="unseen">{}</span></a></td>'
)
NO_DAY = SafeString("<td></td>")

CHECKED, CURRENT, NOTHING = map(fill, (" checked", ' aria-current="page"', ""))


@register.simple_tag
def fieldsets(facets: Iterable[Any], suggest: str) -> SafeString:
    """The facets of a list, each with its choices; ``suggest`` is where others are found by name."""
    return filled(FACET, (_fieldset(facet, suggest) for facet in facets))


def _fieldset(facet: Any, suggest: str) -> tuple[Any, ...]:
    folded = fill(FOLDED, len(facet.folded), as_boxes(facet.folded)) if facet.folded else NOTHING
    find = fill(FIND, facet.name, facet.label, suggest) if facet.rest else NOTHING
    return facet.label, as_boxes(facet.open), folded, find


@register.filter
def as_boxes(choices: Iterable[Any]) -> SafeString:
    """The boxes to tick of the choices of a facet."""
    return filled(CHOICE, (_box(choice) for choice in choices))


def _box(choice: Any) -> tuple[Any, ...]:
    n, ticked = choice.count, CHECKED if choice.chosen else NOTHING
    return choice.facet, choice.value, ticked, choice.label, NOTHING if n is None else as_count(n)


@register.filter
def as_count(entries: int) -> SafeString:
    """How many entries something holds: the number, which says what it counts to those who cannot see it."""
    return fill(COUNT, f"{entries:,}", "entry" if entries == 1 else "entries")


@register.simple_tag
def cells(strip: Any, chronicle: Any, current: Any, query: str) -> SafeString:
    """The days of a strip. ``query`` is what a link to a day keeps of what was chosen."""
    halves = (_halves(slot, chronicle.slug, slot.cell.number == current) for slot in strip.slots)
    kept = escape(query)
    return SafeString("".join([f"{upto}{kept}{rest}" for upto, rest in halves]))


# The same days stand on many pages; what is chosen is another on each.
@lru_cache(maxsize=8192)
def _halves(slot: Slot, slug: str, is_current: bool) -> tuple[str, str]:
    """The cell of a day, cut at the end of its address."""
    cell, words = slot.cell, slot.cell.words
    ticks = filled(TICK, ((tick, slot.words) for tick in slot.ticks)) if slot.ticks else NOTHING
    begins = " month" if slot.begins_month else ""
    current = CURRENT if is_current else NOTHING
    upto = fill(UPTO_ADDRESS, slot.fits, begins, cell.shade, address_of(slug, cell.number))
    return upto, fill(REST_OF_CELL, current, words, words, ticks)


@register.simple_tag
def weekdays(cells: Iterable[Any], chronicle: Any) -> SafeString:
    """The days of a week in a calendar; None stands for one that the chronicle does not have."""
    return SafeString("".join([_weekday(cell, chronicle.slug) if cell else NO_DAY for cell in cells]))


def _weekday(cell: Any, slug: str) -> SafeString:
    number, words = cell.number, cell.words
    return fill(WEEKDAY, cell.shade, address_of(slug, number), words, number, words)


@register.simple_tag
def days(listing: Any, told: str) -> SafeString:
    """The days of a list, each with its cards; ``told`` is when one is told."""
    query = listing.filter.along
    return filled(DAY, (_day(day, listing.words, query, told) for day in listing.days))


def _day(day: Any, words: Any, query: str, told: str) -> tuple[Any, ...]:
    number = fill(NUMBER, day.link.url + query, day.number) if day.number else NOTHING
    long = " long" if day.number and day.number > 999 else ""
    rows = cards(day.rows, words, told), taken_down(day.lines)
    return long, number, day.date.isoformat(), _date_words(day.date), *rows


@register.simple_tag
def taken_down(lines: Iterable[Any]) -> SafeString:
    """A line for each entry of a day that was taken down, without words of it."""
    return filled(TAKEN, ((line.url, line.since) for line in lines))


@lru_cache(maxsize=1024)
def _date_words(day: date) -> str:
    """“Sun 8 Nov 2020”."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


@register.simple_tag
def cards(rows: Iterable[Any], words: Any = None, told: str = "today") -> SafeString:
    """The cards of a list; where ``words`` are looked for, they are marked. ``told`` is when one is told."""
    return filled(ROW, (_row(row, words, told) for row in rows))


def _row(row: Any, words: Any, told: str) -> tuple[Any, ...]:
    if row.withdrawn:
        return row.marks, row.anchor, fill("{}{}", _line(row.withdrawn), _since(row))
    return row.marks, row.anchor, _card(row, words, told)


def _since(row: Any) -> SafeString:
    return fill(SINCE, row.since) if row.since else NOTHING


def _line(gone: Any) -> SafeString:
    return fill(WITHDRAWN, gone.when, gone.at, gone.reason, gone.url)


def _card(row: Any, words: Any, told: str) -> SafeString:
    upto, rest = prose.halved(str(row.entry.card))
    if words:
        upto, rest = marked(upto, words), marked(rest, words)
    return fill(CARD, upto, fill("{}{}", _other_day(row, told), _change(row)), rest)


def _change(row: Any) -> SafeString:
    mark = row.mark
    if mark is NONE:
        return _since(row)
    change = fill(MARK, " loud" if mark.is_loud else "", mark.url, mark.words) if mark.words else NOTHING
    return fill("{}{}{}", _since(row), change, fill(LATE, mark.late) if mark.late else NOTHING)


def _other_day(row: Any, told: str) -> SafeString:
    if row.happened:
        return _linked(HAPPENED, row.happened.url, row.happened.words, told)
    if row.told:
        return _linked(TOLD, row.told.url, row.told.words)
    return NOTHING


@lru_cache(maxsize=2048)
def _linked(shape: str, url: str, words: str, *told: str) -> SafeString:
    return fill(shape, fill(LINK, url, words) if url else words, *told)
