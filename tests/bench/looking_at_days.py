"""Which addresses of a made chronicle tell what a day costs: JSON to stdout, as ``looking``."""

import json
import sys
from collections.abc import Iterator

from django.test import Client

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from chronicle.models import Chronicle, Entry, EntryTerm
from tests.bench.looking import HOST, asked, look, most_common, tally

USUAL = 40
"""Entries of the day that is asked for, or as near to it as any day comes."""


def main() -> None:
    client = Client(raise_request_exception=False, headers={"host": HOST})
    json.dump([look(client, name, path) for name, path in addresses(Chronicle.objects.get())], sys.stdout)


def addresses(chronicle: Chronicle) -> Iterator[tuple[str, str]]:
    """The name of each thing to ask for, and its address."""
    start = f"/{chronicle.slug}/"
    told = tally(chronicle, "told_on")
    day = min(told, key=lambda each: (abs(told[each] - USUAL), each))
    own = f"{start}day-{chronicle.calendar.number_of(day)}/"
    entries = Entry.objects.public().filter(chronicle=chronicle, told_on=day).order_by("sk")
    number = entries[len(entries) // 2].number
    yield "day", own
    yield "day, four filters", asked(own, **_of(chronicle, number))
    yield "entry", f"{start}entry/{number}/"
    yield "overview", start


def _of(chronicle: Chronicle, number: int) -> dict[str, object]:
    """Four choices that this entry is under."""
    links = EntryTerm.objects.filter(entry__number=number, entry__chronicle=chronicle)
    links = links.filter(facet__in=("kind", "place", "actor")).order_by("facet", "-term")
    found = {link.facet: link.term.number for link in links.select_related("term")}
    return {**found, "standing": most_common(chronicle, "standing")}


if __name__ == "__main__":
    main()
