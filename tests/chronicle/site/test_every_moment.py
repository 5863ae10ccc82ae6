"""At every size of a log, each kind of page says what was known then, whatever the process learned before."""

import re
from datetime import date, timedelta
from itertools import count
from random import Random

import pytest
from django.utils import timezone

from chronicle.models import Edition, Log
from chronicle.record import columns
from chronicle.site import candidates, paging, remembered
from events.editorial import materials, writing
from tests.chronicle.site.test_as_known_then import BEGAN, again, publish, rename, retell, tell, withdraw
from tests.support import chance
from tests.support.cast import fresh
from tests.support.counting import MOST, queries
from tests.support.factories import DayFactory, EventFactory, KindFactory, PlaceFactory, show
from tests.support.media import make_material
from tests.support.reading import text_of
from tests.support.taking import take

PAGES = [
    "",
    "day-3/",
    "day-4/",
    "timeline/",
    "timeline/?place=1&order=oldest&by=told",
    *(f"entry/{number}/" for number in range(1, 6)),
    *(f"place/{number}/" for number in range(1, 4)),
    *(f"kind/{number}/" for number in range(1, 3)),
    "outlet/1/",
    "source/1/",
]
DRAFT = "What nobody may read yet"


@pytest.fixture
def clock(monkeypatch):
    """The time by which all is printed: a minute later with each step."""
    minutes = count()
    at = [BEGAN]
    monkeypatch.setattr(timezone, "now", lambda: at[0])

    def step():
        at[0] = BEGAN + timedelta(minutes=next(minutes))

    return step


def asked(client, address, size):
    """A page as it was known then, wherever it leads to."""
    sign = "&" if "?" in address else "?"
    response = client.get(f"/the-flood/{address}{sign}as_of=log:{size}")
    while response.status_code in (301, 302):
        response = client.get(response["Location"])
    return response


def shown(response):
    """What a page says, its clock apart."""
    return response.status_code, text_of(response.content.decode())


def all_of(client, whole):
    return {(size, page): shown(asked(client, page, size)) for size in range(1, whole + 1) for page in PAGES}


def show_there(event, picture, editor):
    show(event, picture, by=editor)
    publish(fresh(event), editor, note="With a picture.")


@pytest.fixture
def steps(published, day, editor, media_folder):
    """What is done one after the other, of each kind, each a few editions."""
    quay, road = PlaceFactory(name="The old quay"), PlaceFactory(name="The high road")
    other, late = DayFactory(date=date(2021, 3, 4)), KindFactory(name="Late traffic")
    events = [published]

    def say(headline, **values):
        events.append(EventFactory(published=True, headline=headline, **values))

    EventFactory(headline=DRAFT, wording="09:15")
    picture = make_material()
    return [
        lambda: say("The quay is shut", wording="10:15", is_key=True, places=[quay]),
        lambda: say("The road is open", wording="11:15", places=[road, quay], kind=late),
        lambda: retell(published, editor, headline="The other bridge is closed", day=other),
        lambda: rename(quay, editor, "The new pier"),
        lambda: tell(day, editor, 4),
        lambda: withdraw(events[1], editor),
        lambda: retell(events[2], editor, kind=published.kind, wording="12:40", is_key=True),
        lambda: again(events[1], editor),
        lambda: say("The mole is built", day=other, places=[quay]),
        lambda: retell(published, editor, headline="No bridge is closed"),
        lambda: withdraw(events[3], editor),
        lambda: take("entry/3"),
        lambda: show_there(published, picture, editor),
        lambda: materials.take_down(picture, by=editor, reason="Its licence ended."),
        lambda: say("A wall falls", wording="15:00"),
        lambda: retell(events[-1], editor, headline="Half a wall falls"),
        lambda: retell(events[-1], editor, headline="A wall falls after all", wording="15:40"),
        lambda: retell(events[-1], editor, headline="Most of a wall falls"),
    ]


def test_what_was_learned_bit_by_bit_is_what_a_new_process_learns(clock, client, steps):
    dice = Random(chance.SEED)
    for n, step in enumerate(steps):
        clock()
        step()
        asked(client, PAGES[n % len(PAGES)], max(1, Log.objects.get().size - 3 * n))
    whole = Log.objects.get().size
    learned = all_of(client, whole)

    some = dice.sample(sorted(learned), chance.tries(len(learned)))
    for size, page in some:
        found = learned[size, page]
        remembered.forget()
        assert shown(asked(client, page, size)) == found, (size, page)


def test_control_what_is_wrongly_said_to_be_restated_is_found_where_it_is_now(
    clock, client, published, editor, monkeypatch
):
    monkeypatch.setattr(columns, "is_restated", lambda *documents: True)
    size = Log.objects.get().size
    clock()
    retell(published, editor, day=DayFactory(date=date(2021, 3, 4)))

    assert shown(asked(client, "entry/1/", size)) != shown(asked(client, "entry/1/", size + 2))
    assert "A bridge is closed" not in asked(client, "day-3/", size).content.decode()


def test_no_page_of_then_says_what_came_later_or_fails(clock, client, steps):
    for step in steps:
        clock()
        step()
    editions = list(Edition.objects.order_by("seq").with_document())
    for (size, page), (status, text) in all_of(client, len(editions)).items():
        by_then = names_in(editions[:size])
        later = {name for name in names_in(editions[size:]) - by_then if not any(name in o for o in by_then)}
        assert status in ((200, 404, 410) if "/" in page.rstrip("/") else (200,)), (size, page)
        assert not [name for name in later | {DRAFT} if name in text], (size, page)
        assert f"(log:{size})" in text or status != 200, (size, page)


def names_in(editions):
    """The headlines, names and titles that editions say."""
    found = set()
    for document in (edition.document or {} for edition in editions):
        found |= {document[key] for key in ("headline", "name", "title") if document.get(key)}
        found |= {each["name"] for each in document.get("names", ())}
    return found


def test_the_bar_leads_along_every_change_of_a_page_to_its_ends(clock, client, steps):
    for step in steps[:6]:
        clock()
        step()
    whole = Log.objects.get().size
    own = [each.seq for each in Edition.objects.filter(subject="entry/1").order_by("seq")]
    assert len(own) == 2

    for size in range(own[0], whole + 1):
        gates = {side: f"/the-flood/timegate/entry/1/?{side}={size}" for side in ("before", "after")}
        earlier = [seq for seq in own if seq < size][-1:]
        later = [seq for seq in own if seq > size][:1]
        for side, found in (("before", earlier), ("after", later)):
            response = client.get(gates[side])
            led = re.findall(r"as_of=log:(\d+)", response.get("Location", ""))
            assert [int(seq) for seq in led] == found, (size, side)
            assert response.status_code == (302 if found else 404)


def test_another_size_costs_no_question_more_than_the_first(clock, client, steps):
    for step in steps:
        clock()
        step()
    whole = Log.objects.get().size

    for page in ("", "day-3/", "entry/1/", "timeline/", "kind/1-damage/"):
        remembered.forget()
        first = queries(client, f"/the-flood/{page}?as_of=log:{whole - 3}")
        assert queries(client, f"/the-flood/{page}?as_of=log:{whole - 2}") <= first <= MOST, page


NARROWED = [
    "timeline/?place=1&place=3&kind=1&actor=1&to=2021-03-05&by=told",
    "timeline/?place=Harbour&kind=Damage&source=1",
    "day-3/?kind=1&place=3&key=yes",
    "place/3/?kind=Damage",
    "outlet/1/?place=3",
]


def move(pier, within, editor):
    pier = fresh(pier)
    pier.within = within
    writing.save_named(pier, by=editor, seen=pier.version, note="It lies there.")
    writing.print_again(pier, by=editor)


def own_address(client, page, size):
    """Where a page of then leads to, and its status."""
    address = f"/the-flood/{page}{'&' if '?' in page else '?'}as_of=log:{size}"
    while (response := client.get(address)).status_code in (301, 302):
        address = response["Location"]
    return address, response.status_code


@pytest.mark.parametrize("few", [2, 250])
def test_the_first_page_of_then_in_a_process_keeps_to_the_budget(
    clock, client, steps, editor, monkeypatch, few
):
    for module in (candidates, paging):
        monkeypatch.setattr(module, "FEW", few)
    for step in steps:
        clock()
        step()
    pier, harbour = PlaceFactory(name="The far pier"), PlaceFactory(name="Harbour")
    EventFactory(published=True, headline="The harbour fills", wording="16:15", places=[pier, harbour])
    for within in (harbour, None):
        clock()
        move(pier, within, editor)
    moved = Log.objects.get().size - 1

    for size in (moved, 28):
        at = Edition.objects.get(seq=size).at
        for page in (*PAGES, *NARROWED):
            address, status = own_address(client, page, size)
            for moment in (f"log:{size}", f"{at:%Y-%m-%dT%H:%M}"):
                remembered.forget()
                asks = queries(client, address.replace(f"log:{size}", moment), status=status)
                assert asks <= MOST, (page, moment)
