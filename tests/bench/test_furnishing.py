"""A desk of copies is one that people could work at."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from events.demo.made import building
from events.models import Author, Citation, Day, Decision, Event, Story, Words
from tests.bench import furnishing, furniture

TIMES, ENTRIES, DAYS = 3, 240, 6


@pytest.fixture
def furnished(db, monkeypatch) -> Story:
    monkeypatch.setattr(furniture, "CITATIONS", 600)
    story = building.build(entries=ENTRIES, days=DAYS, seed=5)
    furnishing.furnish_and_copy(TIMES)
    return story


def test_each_event_is_there_as_often_with_all_that_hangs_on_it(furnished):
    assert Event.objects.count() == TIMES * ENTRIES
    assert Citation.objects.count() == TIMES * 600
    assert Citation.objects.filter(state="pending").count() == TIMES * furniture.STATES["pending"]
    assert Day.objects.count() % TIMES == 0
    assert len({*Event.objects.values_list("hmac", flat=True)}) == TIMES * ENTRIES
    last = Citation.objects.latest("pk")
    assert last.event_hmac in ("", last.event.hmac)
    assert Author.objects.filter(hmac=last.event.hmac).exists()
    assert Words.objects.filter(decision=Decision.objects.exclude(citation=None).latest("pk")).exists()
    connection.check_constraints()
    for name in (*furniture.ROLES, "admin"):
        client = Client()
        client.force_login(get_user_model().objects.get(username=name))
        assert client.get("/desk/events/event/").status_code == 200
