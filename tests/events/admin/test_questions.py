"""How many questions a page of the desk asks the database, where a day has 300 events and 5,000 wait.

Who is there and what waits for them included.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Citation, Event, Kind, Material, Outlet, Proposal, Source, Story
from tests.support.cast import make_member
from tests.support.copying import like
from tests.support.desk import Desk
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    MaterialFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    show,
)
from tests.support.import_pages import given, page_address
from tests.support.proposals import propose

pytestmark = pytest.mark.django_db

OF_A_DAY, WAITING, OF_THE_REST = 300, 5_000, 55
"""How many events a day has, how many citations wait, and of the rest so many that lists have two pages."""
MOST_OF_A_LIST, MOST_OF_A_SCREEN = 12, 15
ASKED_OF_ALL = ["", "q=bridge", "q=bridge+closed", "p=2"]
LISTS = "event day citation source outlet place actor kind text material proposal decision story".split()


def people():
    """Who sees the most of a desk, and who sees it by a role in one story."""
    story = Story.objects.get()
    return {
        "administrator": PersonFactory(admin=True),
        **{role: make_member(f"the-{role}", story, role) for role in ("moderator", "editor", "manager")},
    }


@pytest.fixture
def large(story, media_folder):
    """An event of the day that has OF_A_DAY of them, of a story that has all that can be listed."""
    editor = PersonFactory(editor=True)
    published = EventFactory(published=True)
    whole = EventFactory(submitted=True, places=[PlaceFactory(name="The bridge")], actors=[ActorFactory()])
    show(EventFactory(published=True, headline="A bridge opens"), MaterialFactory(by=editor))
    for number in range(OF_THE_REST):
        SourceFactory(outlet=OutletFactory(name=f"Bridge {number}"), title=f"The bridge, {number}")
        PlaceFactory(name=f"Bridge {number}")
        ActorFactory(name=f"Bridge {number}")
        MaterialFactory(by=editor, caption=f"Bridge {number}")
    Kind.objects.create(story=story, name="Bridge")
    propose(published.citations.get().source, editor, title="The bridge")
    make_wait(whole, DayFactory(date=whole.day.date.replace(day=4), headline="The bridge"))
    return whole


def make_wait(whole, other):
    """Have WAITING events say and rest on what ``whole`` does, on its day or the ``other``."""
    days = [whole.day if number < OF_A_DAY else other for number in range(WAITING)]
    many = Event.objects.bulk_create(like(whole, day=day) for day in days)
    Citation.objects.bulk_create(like(whole.citations.get(), event=event, key=uuid4()) for event in many)


def asked(desk, addresses, most):
    """Which ``addresses`` are open to who asks, and what those ask that do more than ``most`` times."""
    opened, over = [], {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            status = desk.client.get(address).status_code
        opened += [address] if status == 200 else []
        if len(queries) > most:
            over[address] = [query["sql"][:200] for query in queries]
    return opened, over


def lists():
    """The address of every list, searched, narrowed by each of its filters, and on its second page."""
    source = Source.objects.first()
    kind, day = Kind.objects.first().pk, Event.objects.first().day_id
    supported = ["support=lost", "support=asked"]
    filters = {
        "event": ["state__exact=submitted", f"kind__id__exact={kind}", f"day={day}", *supported],
        "citation": ["state__exact=pending", "stance__exact=disputes"],
        "source": [f"outlet__id__exact={source.outlet_id}", f"genre__exact={source.genre}", "language=en"],
        "outlet": [f"nature__exact={Outlet.objects.first().nature}"],
        "material": ["state__exact=pending", "lacks=unused", "lacks=credit"],
        "proposal": ["state=all"],
        "decision": ["verb=submit", f"by__id__exact={PersonFactory(editor=True).pk}"],
    }
    queries = {name: [*ASKED_OF_ALL, *filters.get(name, [])] for name in LISTS}
    return [f"/desk/events/{name}/?{query}" for name, some in queries.items() for query in some]


def screens(event):
    """The addresses of all that is put together of many kinds of things."""
    medium = Material.objects.filter(state="pending").first()
    citation, last = event.citations.get(), Citation.objects.last()
    review = ["", "?of=media", "?of=proposals", "?of=over-a-day", f"?citation={citation.pk}"]
    review += [f"?proposal={Proposal.objects.get().pk}", f"?medium={medium.pk}", f"?citation={last.pk}"]
    day = f"/desk/events/day/{event.day_id}/desk/"
    row = f"/desk/events/event/{event.pk}"
    return [
        *("/desk/", day, f"{day}?page=2", f"{row}/change/", f"{row}/beside/", "/desk/events/event/add/"),
        *(f"/desk/review/{query}" for query in review),
        *("/desk/find/?q=bridge", "/desk/find/?q=bridge+closed", "/desk/sent-back/", "/desk/takedowns/"),
    ]


def preview(desk, event):
    """The address of a preview of sixty rows for the day of ``event``; none where who asks may not import."""
    text = "Water\n\n" + " ".join(f"At {n % 24:02}:15 the bridge {n} was opened." for n in range(60))
    sent = given(event.day.story, text=text, date=f"{event.day.date}", step="read")
    answer = desk.client.post(page_address(), sent)
    return [answer["Location"]] if answer.status_code == 302 else []


OPEN = {"administrator": (69, 19), "moderator": (65, 15), "editor": (65, 10), "manager": (69, 7)}
"""How many of these lists and screens each gets: who gets none asks little."""


def test_no_list_asks_more_than_twelve_times_and_no_screen_more_than_fifteen(large):
    opened, over = {}, {}
    for role, person in people().items():
        desk = Desk(person)
        # Kinds of content are read once by each process.
        asked(desk, ["/desk/", "/desk/events/event/"], 0)
        listed, over[role, "lists"] = asked(desk, lists(), MOST_OF_A_LIST)
        seen, over[role, "screens"] = asked(desk, screens(large) + preview(desk, large), MOST_OF_A_SCREEN)
        opened[role] = len(listed), len(seen)

    assert {key: found for key, found in over.items() if found} == {}
    assert opened == OPEN


def test_control_what_asks_more_often_is_told_with_what_it_asks(published):
    opened, over = asked(Desk(people()["administrator"]), ["/desk/events/event/"], 5)

    assert opened == [*over]
    assert len(over["/desk/events/event/"]) > 5
