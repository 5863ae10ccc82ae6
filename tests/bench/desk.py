"""Which lists, searches and filters are asked of a desk, by whom, and in how many queries: JSON to stdout.

A program of its own, for a database of its own: ``site`` starts it with the environment of a server of the
desk. Each address is looked at as each of the roles that may.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from events.models import Day, Event, Kind, Outlet, PlaceName, Source
from tests.bench.furniture import ROLES
from tests.bench.looking import COMMON, HOST, RARE, WORD, asked, look

SAMPLE = 2000
"""In how many headlines words are counted."""
LISTS = "event day material text citation source outlet proposal kind place actor decision".split()
PAGES = {
    "review queue": "/desk/review/",
    "review queue, narrowed": "/desk/review/?of=over-a-day",
    "media to review": "/desk/review/?of=media",
    "sent back": "/desk/sent-back/",
    "takedowns": "/desk/takedowns/",
}


def main() -> None:
    json.dump([row for role in (*ROLES, "admin") for row in looked_at_as(role)], sys.stdout)


def looked_at_as(role: str) -> Iterator[dict[str, Any]]:
    client = Client(raise_request_exception=False, headers={"host": HOST})
    client.force_login(get_user_model().objects.get(username=role))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for name, path in addresses():
        found = look(client, f"{role}: {name}", path)
        if found["status"] == 200:
            yield {**found, "cookie": cookie}


def addresses() -> Iterator[tuple[str, str]]:
    """The name of each thing to ask for, and its address."""
    yield "home", "/desk/"
    for model in LISTS:
        yield f"{model} list", list_of(model)
    yield from PAGES.items()
    yield from searches()
    yield from filters()
    yield from completed()


def list_of(model: str, **parameters: Any) -> str:
    address = f"/desk/events/{model}/"
    return asked(address, **parameters) if parameters else address


def searches() -> Iterator[tuple[str, str]]:
    rare, common = words()
    yield f"event, text of {RARE:.0%}", list_of("event", q=rare)
    yield f"event, text of {COMMON:.0%}", list_of("event", q=common)
    yield "event, text of none", list_of("event", q="xyzzyx")
    yield "event, place", list_of("event", q=PlaceName.objects.order_by("pk")[0].name)
    yield "citation, text", list_of("citation", q=common)
    yield "source, text", list_of("source", q=Source.objects.order_by("pk")[3].title.split()[-1])
    yield "outlet, text", list_of("outlet", q=Outlet.objects.order_by("pk")[3].name)
    yield "day, text", list_of("day", q=Day.objects.order_by("pk")[3].headline.split()[0])
    yield "material, text", list_of("material", q="seen")
    yield "proposal, text", list_of("proposal", state="all", q="corrected")
    yield "place, text", list_of("place", q=PlaceName.objects.order_by("pk")[7].name)
    yield "decision, text", list_of("decision", q=common)


def filters() -> Iterator[tuple[str, str]]:
    day = Day.objects.order_by("-date")[1]
    yield "event, drafts", list_of("event", state__exact="draft")
    yield "event, kind", list_of("event", kind__id__exact=Kind.objects.order_by("pk")[0].pk)
    yield "event, day", list_of("event", day=day.pk)
    yield "event, lost support", list_of("event", support="lost")
    yield "event, asked again", list_of("event", support="asked")
    yield "event, page 20", list_of("event", p=20)
    yield "event, by headline", list_of("event", o=1)
    yield "citation, pending", list_of("citation", state__exact="pending")
    yield "citation, disputes", list_of("citation", stance__exact="disputes")
    yield "citation, page 20", list_of("citation", p=20)
    yield "source, genre", list_of("source", genre__exact=Source.objects.order_by("pk")[0].genre)
    yield "source, outlet", list_of("source", outlet__id__exact=Source.objects.order_by("pk")[0].outlet_id)
    yield "source, language", list_of("source", language=Source.objects.order_by("pk")[0].language)
    yield "material, unused", list_of("material", lacks="unused")
    yield "material, no credit", list_of("material", lacks="credit")
    yield "proposal, all", list_of("proposal", state="all")
    yield "decision, rejected", list_of("decision", verb="reject")
    editor = get_user_model().objects.get(username="made-editor")
    yield "decision, by one", list_of("decision", by__id__exact=editor.pk)


def completed() -> Iterator[tuple[str, str]]:
    """What is found by typing."""
    of = "/desk/autocomplete/"
    for model, field, term in (
        ("citation", "source", Source.objects.order_by("pk")[3].title.split()[-1]),
        ("citation", "event", words()[0]),
        ("event", "places", PlaceName.objects.order_by("pk")[7].name[:4]),
        ("event", "day", Day.objects.order_by("pk")[3].headline.split()[0]),
    ):
        yield (
            f"{field} by typing",
            asked(of, app_label="events", model_name=model, field_name=field, term=term),
        )


def words() -> tuple[str, str]:
    """Two words of headlines, of which one stands in few events and one in many."""
    headlines = Event.objects.order_by("pk").values_list("headline", flat=True)[:SAMPLE]
    found = Counter(word for headline in headlines for word in {*WORD.findall(headline.lower())})
    return (
        min(sorted(found), key=lambda word: abs(found[word] - RARE * len(headlines))),
        min(sorted(found), key=lambda word: abs(found[word] - COMMON * len(headlines))),
    )


if __name__ == "__main__":
    main()
