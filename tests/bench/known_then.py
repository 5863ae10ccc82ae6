"""What a page costs as it was known then, by that of the page of now: in process, on the database that the
environment names, which holds a made chronicle.

    python -m tests.bench.known_then --corrections 2000

So many entries are corrected first, the last editions of the log. *First* is the first page of then in the
life of a process, *another* a size that nobody asked for before, in a process that was asked for others,
*again* the same size once more; *now* is the page of today in a process that knows nothing of it.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from chronicle.models import Chronicle, Edition, Entry, Log
from chronicle.site import remembered
from events.editorial import moderation, publishing, writing
from events.models import Event
from tests.bench.looking import most_used, usual_day

TIMES = 3
"""How often each is measured; the least counts."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corrections", type=int, default=0, metavar="N", help="entries corrected first (0)")
    parser.add_argument(
        "--elsewhere", type=float, default=0, metavar="P", help="of these found elsewhere (0)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which these are (1)")
    options = parser.parse_args()
    correct(options.corrections, options.elsewhere, random.Random(options.seed))
    chronicle, client = Chronicle.objects.get(), Client(headers={"host": host()})
    print("| size of the log | address | now | first | another | again | queries |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes(chronicle):
        for name, path in addresses(chronicle, size):
            print(f"| {size:,} | {name} | {' | '.join(measured(client, path, size))} |", flush=True)


def host() -> str:
    """A name that the site answers to."""
    return next((name.lstrip(".") for name in settings.ALLOWED_HOSTS), "localhost")


def correct(number: int, elsewhere: float, dice: random.Random) -> None:
    """Have so many entries say something else, each confirmed by who approved its citations.

    So large a part of them is found ``elsewhere`` from then on.
    """
    editor = get_user_model().objects.get(username="made-editor")
    events = list(Event.objects.filter(state="published").values_list("pk", flat=True))
    for pk in tqdm(dice.sample(events, number), desc="Correcting", unit="entry", disable=None):
        event = Event.objects.get(pk=pk)
        event.headline = f"Corrected: {event.headline}"
        # Most of what is corrected is found as it was before.
        event.is_key ^= dice.random() < elsewhere
        writing.save_event(event, by=editor, seen=event.version)
        event = Event.objects.get(pk=pk)
        for citation in event.citations.filter(state="approved").select_related("approved_by"):
            if citation.event_hmac != event.hmac:
                moderation.confirm(citation, by=citation.approved_by, seen=citation.version)
        publishing.publish(event, by=editor, seen=event.version, note="It was otherwise.")


def sizes(chronicle: Chronicle) -> list[int]:
    """Just before what was corrected, in the middle, early, and near the end of the log."""
    whole = Log.objects.get(chronicle=chronicle).size
    changed = Edition.objects.filter(chronicle=chronicle, edition__gt=1).count()
    return [whole - changed - 1, whole // 2, whole // 10, whole - 5]


def addresses(chronicle: Chronicle, size: int) -> Iterator[tuple[str, str]]:
    """The name of each page that was there at a size of the log, and its address."""
    start = f"/{chronicle.slug}/"
    printed = Edition.objects.filter(chronicle=chronicle, edition=1, seq__lte=size * 9 // 10)
    subject = printed.filter(subject__startswith="entry/").order_by("-seq").values_list("subject")[0][0]
    told_on = Entry.objects.get(chronicle=chronicle, number=subject.partition("/")[2]).told_on
    day = min(told_on, usual_day(chronicle))
    place = most_used(chronicle, "place")
    yield "overview", start
    yield "day", f"{start}day-{chronicle.calendar.number_of(day)}/"
    yield "entry", f"{start}{subject}/"
    yield "timeline", f"{start}timeline/"
    yield "place", f"{start}place/{place.number}-{place.slug}/"


def measured(client: Client, path: str, size: int) -> list[str]:
    then = f"{path}?as_of=log:{size}"

    def others() -> None:
        remembered.forget()
        client.get(path, secure=True)
        client.get(f"{path}?as_of=log:{size - 1}", secure=True)

    now, first = cost(client, path, remembered.forget), cost(client, then, remembered.forget)
    another, again = cost(client, then, others), cost(client, then, lambda: None)
    remembered.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(then, secure=True)
    by_now = [f"{ms:.1f} ({ms / now:.1f} ×)" for ms in (first, another, again)]
    return [f"{now:.1f}", *by_now, str(len(queries))]


def cost(client: Client, path: str, before: Callable[[], Any]) -> float:
    """The milliseconds of CPU that an answer takes this process, at least."""
    found = []
    for _ in range(TIMES):
        before()
        began = time.process_time()
        response = client.get(path, secure=True)
        found.append(1000 * (time.process_time() - began))
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}.")
    return min(found)


if __name__ == "__main__":
    main()
