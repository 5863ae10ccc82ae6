"""What stood on each day at a size of the log, by the sheets alone; and what a page lists of it."""

import re
from html import unescape
from urllib.parse import urljoin

from chronicle.models import Chronicle, Edition

State = dict[str, tuple[int, dict]]
"""The document of each entry, with the place of its edition in the log, by its subject."""


def numbers_at(client, address: str) -> set[int]:
    """The entries on a page and on those that follow it, where a day has more than one shows."""
    found: set[int] = set()
    at = address
    while at:
        page = client.get(at)
        found |= numbers_on(page)
        more = re.search(r'<a rel="next" href="(\?[^"]*)">More entries of this day', page.content.decode())
        at = more and urljoin(address, unescape(more[1]))
    return found


def numbers_on(response) -> set[int]:
    """The entries on a page, as cards or as lines, and those of which it says that they left."""
    html = response.content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    listed = re.findall(r'<li class="event[^"]*" id="entry-(\d+)"', main)
    gone = re.findall(r'<li class="taken">An entry was <a href="[^"]*/entry/(\d+)/"', main)
    left = re.findall(r'<p class="notice"><a href="[^"]*/entry/(\d+)/">An entry</a> that stood here', main)
    return {int(number) for number in (*listed, *gone, *left)}


def stood(chronicle: Chronicle, size: int) -> State:
    """The document of each entry at a size of the log, with the place of its edition, by its subject."""
    found = {}
    editions = Edition.objects.filter(chronicle=chronicle, seq__lte=size, subject__startswith="entry/")
    for edition in editions.with_document().order_by("seq"):
        document = edition.document or {}
        if edition.action != "takedown" or document["whole"]:
            found[edition.subject] = (edition.seq, document)
    return found


def days_of(document: dict) -> set[str]:
    """The days on whose pages an entry stands; of one whose sheet was taken since, nobody knows."""
    if not document:
        return set()
    if "whole" in document:
        return {document["told_on"]}
    moment = document["moment"]
    return {moment["told_on"]} | ({moment["happened_on"]} if "headline" in document else set())


def on_day(state: State, day: str) -> dict[str, int]:
    return {subject: seq for subject, (seq, document) in state.items() if day in days_of(document)}
