"""What the site answers to anybody: each pattern of its map, with numbers that are there and that are not."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from chronicle.clock import PARTS
from chronicle.documents import TERM_FACETS, TEXTS
from chronicle.models import Chronicle, Entry, Standing, Term
from chronicle.record.figures import address_of

Answer = tuple[int, tuple[tuple[str, bytes], ...], bytes]
"""Status, headers and body."""
Request = tuple[str, str, str]
"""Method, host and address."""

FURTHER = 3
"""How many numbers beyond the last are asked for."""

HOST, ELSEWHERE = "chronicle.example", "elsewhere.example"
UNUSUAL = (("POST", HOST), ("OPTIONS", HOST), ("GET", ELSEWHERE))

MADE_UP = re.compile(
    rb"(?<=nonce-)[\w-]+|(?<=nonce=\")[\w-]+|(?<=csrfmiddlewaretoken\" value=\")\w+|"
    rb"(?<=as printed )\d+ \w+ \d+|(?<=made at )\d\d:\d\d|(?<=data-made=\")\d\d:\d\d"
)
"""What is another each time on the page of the desk's sign-in, as is when it expires; and today."""


def public_requests(slugs: list[str], numbered: list[date]) -> Iterator[Request]:
    """Everything that anybody can ask for. ``slugs`` are asked for as chronicles, known or not.

    Each of the days ``numbered`` is asked for by every filter; the others as they are.
    """
    for address in dict.fromkeys(addresses(slugs, numbered)):
        yield "GET", HOST, address
        if "?" not in address:
            yield "HEAD", HOST, address
    for address in ("/", *(f"/{slug}/" for slug in slugs), "/health/live"):
        for method, host in UNUSUAL:
            yield method, host, address


def answers_to(requests: Iterable[Request]) -> dict[Request, Answer]:
    client = Client(raise_request_exception=False)
    return {request: ask(client, *request) for request in requests}


def ask(client: Client, method: str, host: str, address: str) -> Answer:
    response = client.generic(method, address, headers={"host": host})
    told = [(name, value) for name, value in response.headers.items() if name != "Expires"]
    headers = tuple((name, MADE_UP.sub(b"", value.encode())) for name, value in sorted(told))
    content = response.getvalue() if response.streaming else response.content
    close(response)
    return response.status_code, headers, MADE_UP.sub(b"", content)


def close(response: Any) -> None:
    """As a server does at the end, but for the connection to the database: a test goes on with it."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def addresses(slugs: list[str], numbered: list[date]) -> Iterator[str]:
    """An address for each pattern of the map with every value that ``VALUES`` has for it."""
    for route, pattern in patterns(get_resolver().url_patterns):
        if pattern.name not in VALUES:
            raise LookupError(f"{route or '/'} is new: say in VALUES which addresses it has.")
        yield from VALUES[pattern.name](slugs, numbered)
    yield from (
        "/no-such-thing",
        "/no/such/thing/",
        "/%00/",
        "/the-44-days",
        "/..%2f/",
        "/health/",
        "/static/",
    )
    yield from ("/desk/", "/desk/login/", "/desk/events/event/1/change/", "/desk/events/event/999/change/")


def patterns(urlconf: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    """Each pattern of the map but those of the desk, which nobody sees without an account."""
    for pattern in urlconf:
        if isinstance(pattern, URLResolver):
            assert str(pattern.pattern) == "desk/", "Another map is included: tell what is public in it."
        else:
            yield str(pattern.pattern), pattern


def overviews(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    return (f"/{slug}/{query}" for slug in slugs for query in ("", "?as_of=log:12", "?as_of=12", "?as_of=x"))


def entries(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    last = max(Entry.objects.values_list("number", flat=True), default=0)
    for slug in slugs:
        for number in range(last + FURTHER + 1):
            yield f"/{slug}/entry/{number}/"
        yield f"/{slug}/entry/01/"


def days(slugs: list[str], numbered: list[date]) -> Iterator[str]:
    for slug in slugs:
        yield from (f"/{slug}/day-{number}/" for number in (0, 1, "001", 2))
    for chronicle in Chronicle.objects.all():
        last = chronicle.calendar.number_of(chronicle.last_date)
        yield from (f"/{chronicle.slug}/day-{number}/" for number in range(1, last + FURTHER + 1))
        for day in numbered:
            address = f"/{chronicle.slug}/day-{chronicle.calendar.number_of(day)}/"
            yield from (f"{address}?{query}" for query in queries(chronicle))


def changes_of_days(slugs: list[str], numbered: list[date]) -> Iterator[str]:
    yield from (f"/{slug}/day-{number}/changes/" for slug in slugs for number in (0, 1, "001"))
    for chronicle in Chronicle.objects.all():
        for day in numbered:
            yield f"/{chronicle.slug}/day-{chronicle.calendar.number_of(day)}/changes/"


def slices(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    return (f"/{slug}/sitemap-{number}.xml" for slug in slugs for number in (0, 1, "01", 2, 3, 4))


def pictures(slugs: list[str], numbered: list[date]) -> Iterator[str]:
    for slug in slugs:
        yield from (f"/{slug}/day-{number}/picture.png" for number in (0, 1, "001"))
    for chronicle in Chronicle.objects.all():
        for day in numbered:
            yield f"/{chronicle.slug}/day-{chronicle.calendar.number_of(day)}/picture.png"


def dates(slugs: list[str], numbered: list[date]) -> Iterator[str]:
    around = chain.from_iterable((day - timedelta(days=1), day, day + timedelta(days=1)) for day in numbered)
    return (f"/{slug}/{day.isoformat()}/" for day in around for slug in slugs)


def texts(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    return (f"/{slug}/{name}/" for slug in slugs for name in (*TEXTS, "imprint"))


def queries(chronicle: Chronicle) -> Iterator[str]:
    """Each filter with each value that it has, and the next that it has not; and some together."""
    yield from (f"part={part}" for part in PARTS)
    yield from (f"standing={standing}" for standing in Standing.values)
    for facet in ("kind", "place", "actor"):
        known = Term.objects.filter(chronicle=chronicle, facet=facet).count()
        yield from (f"{facet}={number}" for number in range(1, known + FURTHER + 1))
        yield f"{facet}=1&{facet}={known + 1}&part=night"
    yield from (
        "after=0",
        "after=1605000000",
        "part=noon",
        "kind=Fighting",
        "place=1&actor=1&standing=single",
    )


def timelines(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    queries = (
        *("", "q=bridge", "q=flood+OR+shusha&order=oldest", "q=-a", "kind=1&kind=2&place=1"),
        *("actor=1&part=night", "standing=single&stance=supports", "outlet=1", "source=1", "key=1"),
        *("from=2020-11-08&to=2021-03-04", "by=told&order=oldest", "by=told&from=2021-03-01"),
        *("order=oldest&after=0", "before=0", "since=3"),
        *(
            "as_of=log:9",
            "as_of=log:20&place=1&order=oldest",
            "as_of=log:20&q=bridge",
            "as_of=2019-01-01T00:00",
        ),
    )
    return (f"/{slug}/timeline/?{query}" for slug in slugs for query in queries)


def terms(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    for term in Term.objects.select_related("chronicle"):
        yield term.get_absolute_url()
        yield f"{term.get_absolute_url()}?part=morning&order=oldest"
    yield from (f"/{slug}/{facet}/1-another-name/" for slug in slugs for facet in TERM_FACETS)


def indexes(slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    queries = ("", "?order=number", "?order=date", "?from=s", "?after=shusha.1", "?outlet=1")
    names = ("kinds", "places", "people", "outlets", "sources")
    return (f"/{slug}/{name}/{query}" for slug in slugs for name in names for query in queries)


def files(_slugs: list[str], _numbered: list[date]) -> Iterator[str]:
    for term in Term.objects.filter(facet="asset").with_document():
        for each in term.document["renditions"]:
            yield address_of(each)
            yield f"/media/zz/{address_of(each)[10:]}"
    yield from (f"/media/{each[:2]}/{each}.jpg" for each in ("0" * 64, "ab" * 32))


FORMS = ("atom", "json")

VALUES: dict[str | None, Callable[[list[str], list[date]], Iterator[str]]] = {
    "home": lambda slugs, numbered: iter(["/"]),
    "live": lambda slugs, numbered: iter(["/health/live"]),
    "ready": lambda slugs, numbered: iter(["/health/ready"]),
    "robots": lambda slugs, numbered: iter(["/robots.txt"]),
    "sitemap": lambda slugs, numbered: iter(["/sitemap.xml"]),
    "sitemap_slice": slices,
    "rendition": files,
    "media": lambda slugs, numbered: (
        f"/{slug}/media/{query}"
        for slug in slugs
        for query in ("", "?q=quay", "?kind=1&place=1", "?after=1", "?from=2021-03-01&media=yes", "?before=x")
    ),
    "picture": lambda slugs, numbered: (f"/{slug}/picture.png" for slug in slugs),
    "page_picture": pictures,
    "overview": overviews,
    "page": days,
    "page_changes": changes_of_days,
    "day_live": lambda slugs, numbered: (f"/{slug}/day-{n}/live.json" for slug in slugs for n in (0, 1, 43)),
    "chronicle_changes": lambda slugs, numbered: (
        f"/{slug}/changes/{query}" for slug in slugs for query in ("", "?from=1&to=2", "?from=x")
    ),
    "entry_changes": lambda slugs, numbered: (
        f"/{slug}/entry/{number}/changes/{query}"
        for slug in slugs
        for number in (0, 1, 2, 3, 999)
        for query in ("", "?from=1&to=2")
    ),
    "text_changes": lambda slugs, numbered: (f"/{slug}/{name}/changes/" for slug in slugs for name in TEXTS),
    "term_changes": lambda slugs, numbered: (
        f"/{slug}/{facet}/{number}/changes/{query}"
        for slug in slugs
        for facet in TERM_FACETS
        for number in (0, 1, 2)
        for query in ("", "?from=1&to=2")
    ),
    "corrections": lambda slugs, numbered: (
        f"/{slug}/corrections/{query}"
        for slug in slugs
        for query in ("", "?action=withdrawal", "?day=1&place=1", "?before=2", "?day=x&action=first")
    ),
    "codebook": lambda slugs, numbered: (f"/{slug}/codebook/" for slug in slugs),
    "checkpoint": lambda slugs, numbered: (f"/{slug}/log/checkpoint.txt" for slug in slugs),
    "proof": lambda slugs, numbered: (
        f"/{slug}/log/edition-{number}.txt" for slug in slugs for number in (0, 1, 2, "03", 5, 9999)
    ),
    "timegate_of_overview": lambda slugs, numbered: (f"/{slug}/timegate/" for slug in slugs),
    "timegate": lambda slugs, numbered: (
        f"/{slug}/timegate/{page}"
        for slug in slugs
        for page in (
            "timeline/",
            "day-1/?before=20",
            "entry/1/?after=3",
            "kind/1/",
            "feeds/",
            "entry/1/?after=x",
        )
    ),
    "timemap_of_overview": lambda slugs, numbered: (f"/{slug}/timemap/" for slug in slugs),
    "timemap": lambda slugs, numbered: (
        f"/{slug}/timemap/{page}"
        for slug in slugs
        for page in ("timeline/", "day-1/", "entry/1/?before=9", "place/1/", "entry/999/", "feeds/")
    ),
    "feeds": lambda slugs, numbered: (f"/{slug}/feeds/" for slug in slugs),
    "feed": lambda slugs, numbered: (f"/{slug}/feed.{form}" for slug in slugs for form in FORMS),
    "timeline_feed": lambda slugs, numbered: (
        f"/{slug}/timeline/feed.{form}{query}"
        for slug in slugs
        for form in FORMS
        for query in ("?place=1", "?q=quay", "?from=2021-03-01&media=yes", "?from=x&kind=zz")
    ),
    "corrections_feed": lambda slugs, numbered: (
        f"/{slug}/corrections/feed.{form}{query}"
        for slug in slugs
        for form in FORMS
        for query in ("", "?action=withdrawal", "?day=x")
    ),
    "days_feed": lambda slugs, numbered: (f"/{slug}/days/feed.{form}" for slug in slugs for form in FORMS),
    "days": lambda slugs, numbered: (f"/{slug}/days/" for slug in slugs),
    "days_of_year": lambda slugs, numbered: (
        f"/{slug}/days/{year}/" for slug in slugs for year in (1, 2019, 2020, 2021, 9999)
    ),
    "day_by_date": dates,
    "entry": entries,
    "text": texts,
    "timeline": timelines,
    "suggest": lambda slugs, numbered: (
        f"/{slug}/timeline/suggest/?{query}"
        for slug in slugs
        for query in ("q=shu", "q=a", "facet=place&place=s", "facet=actor&actor=a", "q=")
    ),
    "term_by_number": lambda slugs, numbered: (
        f"/{slug}/{facet}/{number}/" for slug in slugs for facet in TERM_FACETS for number in (0, 1, 999)
    ),
    "term": terms,
    "terms": indexes,
}
"""The addresses of each pattern."""
