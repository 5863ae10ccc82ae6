"""A chronicle of ten thousand days: its pages are no larger than those of one of a month, and ask no more."""

import gzip
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from chronicle.models import Bitmap
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db

DAYS, BEGINS = 10_000, date(1990, 1, 1)
MIDDLE = BEGINS + timedelta(days=DAYS // 2)
STRIP, OVERVIEW = 25_000, 60_000
"""Bytes, compressed, of the strip of a page and of the whole overview."""


def told_on(days):
    """A chronicle of so many days, of which each holds something, and one in the middle an entry."""
    story = make_story(
        slug=f"of-{days}", first_date=BEGINS, last_date=BEGINS + timedelta(days=days - 1), title=f"Of {days}"
    )
    day = BEGINS + timedelta(days=days // 2)
    print_entries(make_page(story, day), [Telling("A bridge is closed", make_term(story, "kind", "Damage"))])
    held = set(Bitmap.objects.filter(chronicle=story, facet="day").values_list("name", flat=True))
    names = {f"day/{BEGINS + timedelta(days=n)}": n for n in range(days)}
    Bitmap.objects.bulk_create(
        Bitmap(
            chronicle=story,
            name=name,
            facet="day",
            chunk=0,
            ids=BitMap(range(10_000, 10_000 + n % 17 + 1)).serialize(),
            total=n % 17 + 1,
        )
        for name, n in names.items()
        if name not in held
    )
    return f"/{story.slug}/day-{days // 2 + 1}/"


def packed(text):
    return len(gzip.compress(text.encode(), 6))


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200
    return page, len(queries)


def strip_of(page):
    return re.search('<nav class="days.*?</nav>', page.text, re.DOTALL)[0]


def test_the_strip_and_the_overview_have_room_for_ten_thousand_days(client):
    day, month = told_on(DAYS), told_on(61)
    for query in ("", "?kind=1&part=morning"):
        long, of_long = asked(client, day + query)
        short, of_short = asked(client, month + query)
        assert packed(strip_of(long)) <= min(STRIP, 1.2 * packed(strip_of(short)))
        assert of_long == of_short <= 6

    timeline, _ = asked(client, f"/of-{DAYS}/timeline/")
    assert packed(strip_of(timeline)) <= STRIP
    overview, queries = asked(client, f"/of-{DAYS}/")
    assert f"of {DAYS:,} days" in overview.text
    assert packed(overview.text) <= OVERVIEW
    assert queries <= 8
