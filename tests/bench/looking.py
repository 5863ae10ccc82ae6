"""Which addresses are asked of a made chronicle, what each answers, and in how many queries: JSON to stdout.

A program of its own, for a database of its own: ``site`` starts it with the environment of a public server.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from chronicle.models import Chronicle, Entry, EntryTerm, Term
from chronicle.models.entry import PART_BITS
from tests.bench.databases import PRESSED
from tests.support.starting import PRODUCTION

HOST = PRODUCTION["CHRONICLE_ALLOWED_HOSTS"]
DEEP = 25
"""How many pages behind the first the deep one is."""
SAMPLE = 2000
"""In how many entries words are counted."""
RARE, COMMON = 0.01, 0.1
"""The shares of all entries that two words are to match."""
NEXT = re.compile(r"<(?:a|link)\b[^>]*\brel=\"?next\b[^>]*>")
HREF = re.compile(r"\bhref=\"([^\"]*)\"")
WORD = re.compile(r"[a-z]{3,}")


def main() -> None:
    client = Client(raise_request_exception=False, headers={"host": HOST})
    chronicle = Chronicle.objects.get()
    found = [look(client, name, path) for name, path in addresses(chronicle)]
    found.append(look(client, f"timeline, page {DEEP}", deep(client, f"/{chronicle.slug}/timeline/")))
    json.dump(found, sys.stdout)


def addresses(chronicle: Chronicle) -> Iterator[tuple[str, str]]:
    """The name of each thing to ask for, and its address."""
    start, timeline = f"/{chronicle.slug}/", f"/{chronicle.slug}/timeline/"
    kind, place, actor = (most_used(chronicle, facet) for facet in ("kind", "place", "actor"))
    part, standing = most_common_part(chronicle), most_common(chronicle, "standing")
    rare, common = words(chronicle)
    day = usual_day(chronicle)
    rest = {"kind": kind.number, "part": part, "standing": standing}
    yield "overview", start
    yield "day, about 40 entries", f"{start}day-{chronicle.calendar.number_of(day)}/"
    # A copy of an entry has no editions of its own.
    pressed = min(PRESSED, Entry.objects.filter(chronicle=chronicle).count())
    yield "entry", f"{start}entry/{pressed // 2 + 1}/"
    yield "sources, A to Z", f"{start}sources/"
    yield "place page", f"{start}place/{place.number}-{place.slug}/"
    yield "timeline", timeline
    yield "timeline, kind", asked(timeline, kind=kind.number)
    yield "timeline, place", asked(timeline, place=place.number)
    yield "timeline, four weeks", asked(timeline, **{"from": day.replace(day=1), "to": day.replace(day=28)})
    yield "timeline, kind, place, part, standing", asked(timeline, place=place.number, **rest)
    yield "timeline, kind, actor, part, standing", asked(timeline, actor=actor.number, **rest)
    yield f"text, {RARE:.0%} of entries", asked(timeline, q=rare)
    yield f"text, {COMMON:.0%} of entries", asked(timeline, q=common)
    yield f"text, {RARE:.0%}, kind, part, standing", asked(timeline, q=rare, **rest)
    yield f"text, {COMMON:.0%}, kind, part, standing", asked(timeline, q=common, **rest)
    yield "suggestions", asked(f"{timeline}suggest/", q=place.label[:3])


def asked(path: str, **parameters: Any) -> str:
    return f"{path}?{urlencode(parameters)}"


def most_used(chronicle: Chronicle, facet: str) -> Term:
    links = EntryTerm.objects.filter(facet=facet, term__chronicle=chronicle)
    counted = links.order_by().values("term").annotate(uses=Count("pk")).order_by("-uses", "term")
    return Term.objects.get(pk=counted[0]["term"])


def most_common(chronicle: Chronicle, column: str) -> Any:
    return tally(chronicle, column).most_common(1)[0][0]


def most_common_part(chronicle: Chronicle) -> str:
    touched = tally(chronicle, "parts")
    return max(PART_BITS, key=lambda part: sum(n for bits, n in touched.items() if bits & PART_BITS[part]))


def usual_day(chronicle: Chronicle) -> Any:
    """The day that tells most nearly 40 entries."""
    told = tally(chronicle, "told_on")
    return min(told, key=lambda day: (abs(told[day] - 40), day))


def tally(chronicle: Chronicle, column: str) -> Counter[Any]:
    entries = Entry.objects.public().filter(chronicle=chronicle).order_by()
    return Counter(dict(entries.values_list(column).annotate(Count("pk"))))


def words(chronicle: Chronicle) -> tuple[str, str]:
    """Two words, of which one stands in few entries and one in many."""
    numbers = range(1, Entry.objects.filter(chronicle=chronicle).count() + 1)
    numbers = numbers[:: max(1, len(numbers) // SAMPLE)]
    found: Counter[str] = Counter()
    for start in range(0, len(numbers), 500):
        some = Entry.objects.filter(chronicle=chronicle, number__in=list(numbers[start : start + 500]))
        for entry in some.with_document():
            found.update(set(WORD.findall(entry.document["text"].lower())))
    ordered = sorted(found)

    def nearest(share: float) -> str:
        return min(ordered, key=lambda word: abs(found[word] - share * len(numbers)))

    return nearest(RARE), nearest(COMMON)


def deep(client: Client, path: str) -> str:
    """Where the links to the next page lead from ``path``; empty where one is missing."""
    for _ in range(DEEP):
        page = client.get(path, secure=True)
        link = NEXT.search(page.text) if page.status_code == 200 else None
        if link is None:
            return ""
        target = unescape(HREF.search(link[0])[1])
        path = f"{path.partition('?')[0]}{target}" if target.startswith("?") else target
    return path


def look(client: Client, name: str, path: str) -> dict[str, Any]:
    """What ``path`` answers the second time it is asked."""
    if not path:
        return {"name": name, "path": path, "status": 404}
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, secure=True)
    return {
        "name": name,
        "path": path,
        "status": answer.status_code,
        "queries": len(queries),
        "bytes": len(answer.content),
        "gzipped": len(gzip.compress(answer.content, 6)),
    }


if __name__ == "__main__":
    main()
