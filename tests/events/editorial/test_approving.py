"""Whatever five people in three roles do, no page says what nobody but its authors approved as shown.

Judged from the pages themselves, against what an outsider remembers of who wrote and approved which words.
The whole is 300 stories of 40 deeds; `python -m tests.guards` takes out each guard in turn, and this fails.
"""

import random

import pytest
from django.db import transaction
from django.test import Client

from events.models import Event, Printed
from tests.support import chance
from tests.support.approving.people import Desk
from tests.support.approving.reading import seen_of

STORIES, DEEDS = 300, 40
TRIES = chance.tries(STORIES)


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(TRIES))
def test_no_page_says_what_nobody_approved(number):
    desk, client = Desk(random.Random(f"{chance.SEED} {number}")), Client()
    for _ in range(DEEDS):
        desk.step()
        found = list(faults_of(desk, client))
        assert not found, "\n".join([*found, "after", *desk.happened])


def faults_of(desk, client):
    """What is wrong with any page of an entry now."""
    numbers = dict(Printed.objects.filter(facet="source").values_list("number", "source"))
    for event in Event.objects.filter(state=Event.State.PUBLISHED).select_related("printed"):
        page = client.get(f"/told/entry/{event.printed.number}/")
        assert page.status_code == 200
        yield from desk.memory.faults(event.pk, seen_of(page.content.decode()), numbers)
    yield from desk.memory.wrong


@pytest.mark.once
@pytest.mark.django_db
def test_control_people_do_get_things_done():
    """There is something to see in a third of it: what is public, what is approved, and what is refused."""
    published, approved, refused = set(), set(), 0
    tries = TRIES // 3
    for number in range(tries):
        with transaction.atomic():
            desk = Desk(random.Random(f"{chance.SEED} {number}"))
            for _ in range(DEEDS):
                desk.step()
            published |= {(number, event.pk) for event in Event.objects.filter(published_version__gt=0)}
            approved |= {(number, *each) for each in desk.memory.approved}
            refused += sum("refused" in each for each in desk.happened)
            transaction.set_rollback(True)
    assert len(published) > tries / 3
    assert len(approved) > tries
    assert refused > tries
