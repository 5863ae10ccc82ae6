"""Words that were taken down stand at no address that tells of changes or of what was known then.

Not in a process that has shown them before, and not in a new one.
"""

import pytest

from chronicle.models import Log
from chronicle.site import remembered
from events.editorial import publishing
from tests.chronicle.site.test_as_known_then import retell
from tests.support.cast import fresh
from tests.support.factories import ActorFactory, EventFactory, PlaceFactory, SourceFactory
from tests.support.taking import take

pytestmark = pytest.mark.django_db
CANARY = "pelican"
OF_THEN = [
    "",
    "day-3/",
    "timeline/",
    "entry/1/",
    "entry/2/",
    "place/1/",
    "actor/1/",
    "source/1/",
    "outlet/1/",
]
OF_CHANGES = [
    *("changes/", "day-3/changes/", "entry/1/changes/", "place/1/changes/", "corrections/", "codebook/"),
    *("entry/1/changes/?from=1&to=2", "timeline/?since=1", "day-3/?since=1", "day-3/live.json"),
    *("feed.atom", "feed.json", "corrections/feed.atom", "corrections/feed.json", "days/feed.atom"),
    *("timemap/day-3/", "timemap/place/1/", "timemap/entry/1/"),
]


@pytest.fixture
def told(db, editor):
    """An entry that was corrected, beside one that stays, under all that says the word."""
    common = {
        "places": [PlaceFactory(name="Pelican Point")],
        "actors": [ActorFactory(name="Pelican watchers")],
        "source": SourceFactory(title="The pelican returns", outlet__name="The Pelican Post"),
    }
    event = EventFactory(published=True, headline="A pelican landed", quote="It was a pelican.", **common)
    EventFactory(published=True, headline="A road is closed", wording="10:15", **common)
    retell(event, editor, note="It was no gull.", headline="A heron landed")
    return event


def answers(client):
    """What is answered at each address, of every other size of the log."""
    addresses = [f"/the-flood/{page}" for page in OF_CHANGES]
    for size in range(Log.objects.get().size, 0, -2):
        addresses += [f"/the-flood/{page}?as_of=log:{size}" for page in OF_THEN]
        addresses.append(f"/the-flood/log/edition-{size}.txt")
    return {address: followed(client, address) for address in addresses}


def followed(client, address):
    while (response := client.get(address)).status_code in (301, 302):
        address = response["Location"]
    return f"{address} {response.headers} {response.getvalue().decode()}".lower()


def saying(client, word):
    return {address.partition("?as_of")[0] for address, said in answers(client).items() if word in said}


ALL = ["entry/1", "place/1", "actor/1", "source/1", "outlet/1"]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_was_taken_down_is_told_by_no_address(client, told, editor, withdrawn):
    before = saying(client, CANARY)
    assert before >= {f"/the-flood/{page}" for page in ("day-3/", "place/1/", "corrections/", "entry/1/")}
    if withdrawn:
        publishing.withdraw(fresh(told), by=editor, seen=fresh(told).version, reason="A pelican it was not.")
        assert "/the-flood/feed.atom" in saying(client, "a pelican it was not")

    take(*ALL)

    assert saying(client, CANARY) == set()
    remembered.forget()
    assert saying(client, CANARY) == set()


def test_what_an_edition_said_that_was_taken_down_is_told_by_no_address(client, told):
    assert saying(client, "a pelican landed")

    take(("entry/1", (1,)))

    assert saying(client, "a pelican landed") == set()
    remembered.forget()
    assert saying(client, "a pelican landed") == set()
    assert "/the-flood/day-3/" in saying(client, "a heron landed")
