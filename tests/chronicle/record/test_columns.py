"""What stands in columns besides the documents: the place of an entry in time, and what a term is called."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.clock import Clock
from chronicle.models import Chronicle
from chronicle.record import columns
from chronicle.record.columns import MOST_POSITIONS, PRECISIONS, precision, sk, stands_at
from events.models import Day, Event, Story
from events.press.composing import moment_document

pytestmark = pytest.mark.no_database

LISBON = Clock(ZoneInfo("Europe/Lisbon"))
NOON = datetime(2021, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("width", "named"),
    [
        (SECOND, "second"),
        (2 * SECOND, "minute"),
        (60 * SECOND, "minute"),
        (61 * SECOND, "under-hour"),
        (HOUR - SECOND, "under-hour"),
        (HOUR, "hours-3"),
        (3 * HOUR, "hours-3"),
        (3 * HOUR + SECOND, "hours-6"),
        (6 * HOUR, "hours-6"),
        (6 * HOUR + SECOND, "hours-12"),
        (12 * HOUR, "hours-12"),
        (12 * HOUR + SECOND, "day"),
        (24 * HOUR, "day"),
        (24 * HOUR + SECOND, "longer"),
        (900 * HOUR, "longer"),
    ],
)
def test_how_long_a_moment_is(width, named):
    assert precision(NOON, NOON + width, is_open=False, clock=LISBON) == named
    assert precision(NOON, NOON + width, is_open=True, clock=LISBON) == "longer"


@pytest.mark.parametrize("day", [date(2021, 3, 28), date(2021, 10, 31)])
def test_a_day_of_23_or_25_hours_is_a_day(day):
    begins, ends = LISBON.day_bounds(day)

    assert ends - begins in (23 * HOUR, 25 * HOUR)
    assert precision(begins, ends, is_open=False, clock=LISBON) == "day"
    assert precision(begins, ends + HOUR, is_open=False, clock=LISBON) in ("day", "longer")
    assert precision(begins, max(ends, begins + 24 * HOUR) + SECOND, is_open=False, clock=LISBON) == "longer"


def told(wording: str, *, position: int = 0, on: date = date(2021, 3, 3)) -> dict:
    """The document of an event of those words, as far as its place in time goes."""
    story = Story(first_date=date(2021, 3, 1), zone="Europe/Lisbon")
    event = Event(day=Day(story=story, date=on), wording=wording, position=position)
    event.read_moment()
    return {"moment": moment_document(event), "position": position}


def in_order(*documents: dict) -> bool:
    """Whether ``documents`` stand in this order, whatever the ids of their rows."""
    for ids in (range(1, len(documents) + 1), range(len(documents), 0, -1)):
        places = [sk(document, pk) for document, pk in zip(documents, ids, strict=True)]
        if any(later <= earlier for earlier, later in pairwise(places)):
            return False
    return True


@pytest.mark.parametrize(
    "wordings",
    [
        ("09:59", "10:00", "10:01"),
        ("the day before at 23:00", "00:30", "14:30", "23:59"),
        # The minute at which it stands, however long it is.
        ("from 09:00 to 18:00", "09:01", "from 09:02 to 09:03"),
        # Exact before vague.
        ("06:00:00", "06:00", "from 06:00 to 06:30", "from 06:00 to 08:00", "in the morning", "after 06:00"),
        ("the day before at 22:00", "00:00", "from 00:00 to 05:00", ""),
        # An open start stands at the last minute that it may touch, an open end at its first.
        ("09:58", "09:59", "before 10:00", "10:00"),
        ("17:59", "by 18:00", "18:00"),
        ("10:59", "11:00", "after 11:00", "11:01"),
        ("until 10:00", "10:00"),
        ("10:00", "since 10:00", "10:01"),
    ],
)
def test_entries_stand_in_order_of_time(wordings):
    assert in_order(*map(told, wordings))


def test_within_a_minute_the_seconds_order_and_no_position_does():
    assert in_order(
        told("10:00:05", position=500), told("10:00:06", position=0), told("10:00:59", position=7)
    )


def test_within_the_same_moment_the_position_orders():
    assert in_order(*(told("in the morning", position=position) for position in (0, 1, 2, 255, 256, 511)))


def test_a_position_orders_within_the_same_length_of_moment_alone():
    assert in_order(told("06:00", position=511), told("in the morning", position=0))


def test_in_all_else_alike_the_row_that_came_first_is_first():
    one = told("14:30")

    assert sk(one, 7) < sk(one, 8) < sk(one, 9)
    assert sk(one, 7, clash=2) == sk(one, 9)


def test_it_stands_at_the_last_minute_before_an_open_start_ends():
    assert stands_at(told("before 10:00")["moment"]) == datetime(2021, 3, 3, 9, 59, tzinfo=UTC)
    assert stands_at(told("after 11:00")["moment"]) == datetime(2021, 3, 3, 11, tzinfo=UTC)


def parts(place: int) -> tuple[int, int, int, int]:
    """Minute, length, within and low bits of a place in time."""
    return place >> 33, place >> 30 & 7, place >> 21 & 511, place & (1 << 21) - 1


def at(earliest: datetime, named: str, position: int) -> dict:
    moment = {
        "earliest": earliest.isoformat(),
        "latest": (earliest + SECOND).isoformat(),
        "open_start": False,
        "open_end": False,
        "precision": named,
    }
    return {"moment": moment, "position": position}


def test_the_years_minus_71_to_4011_fit_into_64_bits():
    minutes = 1 << 30
    years = minutes / (60 * 24 * 365.2425)

    assert (int(1970 - years) - 1, int(1970 + years)) == (-72, 4011)
    highest = ((minutes - 1 << 3 | 7) << 9 | 511) << 21 | (1 << 21) - 1
    assert highest == 2**63 - 1
    assert -minutes << 33 == -(2**63)


@pytest.mark.parametrize("bound", [datetime(1, 1, 1, tzinfo=UTC), datetime(3999, 12, 31, 23, 59, tzinfo=UTC)])
def test_the_first_and_last_minute_that_the_desk_takes_fit(bound):
    document = at(bound, "longer", 511)

    for pk in (1, 2**21 - 1, 2**40):
        assert -(2**63) <= sk(document, pk) < 2**63


MOST_SECONDS = int((datetime(4000, 1, 1, tzinfo=UTC) - datetime(1, 1, 1, tzinfo=UTC)).total_seconds())
PLACED = st.tuples(
    st.integers(0, MOST_SECONDS - 1).map(lambda n: datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=n)),
    st.sampled_from(PRECISIONS),
    st.integers(0, MOST_POSITIONS - 1),
    st.integers(1, 2**21 - 1),
)


@given(PLACED, PLACED)
def test_places_order_as_minute_length_within_and_row_do(one, other):
    def key(placed):
        instant, named, position, pk = placed
        long = PRECISIONS.index(named)
        minute = (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)
        return minute, long, instant.second if long == 0 else position, pk

    def place(placed):
        instant, named, position, pk = placed
        return sk(at(instant, named, position), pk)

    assert parts(place(one)) == key(one)
    assert (place(one) < place(other)) == (key(one) < key(other))


def names(*preferred: bool) -> dict:
    return {"names": [{"name": f"Name {n}", "preferred": shown} for n, shown in enumerate(preferred)]}


@pytest.mark.parametrize(
    ("document", "style", "label"),
    [
        (names(True, True), "slash", "Name 0 / Name 1"),
        (names(True, True, True), "brackets", "Name 0 (Name 1, Name 2)"),
        (names(True, True), "first", "Name 0"),
        (names(False, True), "slash", "Name 1"),
        (names(False, False), "slash", "Name 0"),
        (names(), "slash", "(without a name)"),
    ],
)
def test_a_place_or_actor_is_called_by_the_names_that_are_shown(document, style, label):
    for facet in ("place", "actor"):
        assert columns.of_term(facet, document, Chronicle(name_style=style))["label"] == label


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Old Bridge", "the-old-bridge"),
        ("Шуша / Shushi", "шуша-shushi"),
        ("Xocavənd", "xocavənd"),
        ("…", "kind"),
        ("a" * 200, "a" * 70),
        ("x" * 69 + " yes", "x" * 69),
    ],
)
def test_a_term_has_its_label_in_its_address(name, slug):
    assert columns.of_term("kind", {"name": name}, Chronicle(name_style="slash"))["slug"] == slug


def test_a_label_is_cut_where_its_column_ends():
    long = columns.of_term("source", {"title": "t" * 400}, Chronicle(name_style="slash"))

    assert len(long["label"]) == 300


@pytest.mark.parametrize(
    ("hour", "hours", "touched"), [(5, 2, "night morning"), (12, 6, "afternoon"), (23, 2, "night evening")]
)
def test_an_entry_is_found_under_each_part_of_any_day_that_it_touches(hour, hours, touched):
    begins = datetime(2021, 3, 3, hour, tzinfo=UTC)
    moment = at(begins, "hours-3", 0)["moment"]
    moment |= {"latest": (begins + hours * HOUR).isoformat(), "throughout": False}
    moment |= {"happened_on": "2021-03-03", "told_on": "2021-03-03"}

    found = columns.of_entry({"moment": moment}, LISBON)

    assert found["parts"] == sum(columns.PART_BITS[part] for part in touched.split())


def test_the_times_of_a_chronicle_are_read_to_the_second():
    document = {"morning": "05:30", "afternoon": "12:00", "evening": "18:00:30"}
    document |= dict.fromkeys(
        ("origin", "slug", "title", "description", "language", "zone", "name_style"), ""
    )
    document |= {"first_date": "2021-03-01", "first_number": 1, "last_date": ""}

    found = columns.of_chronicle(document)

    assert (found["morning_begins"], found["evening_begins"]) == (time(5, 30), time(18, 0, 30))
    assert found["last_date"] is None


def test_a_source_is_indexed_by_what_it_does_where_it_does_not_just_support():
    def names(*cited):
        citations = [
            {"source": f"source/{source}", "outlet": "outlet/1", "stance": stance} for source, stance in cited
        ]
        document = told("14:30") | {
            "key": False, "kind": "kind/1", "places": [], "actors": [], "standing": "single",
            "citations": citations,
        }  # fmt: skip
        found = columns.indexed_under(document, 1, {})
        return {name for name in found if name.split("/")[0] in ("supports", "disputes", "mentions")}

    assert names((1, "supports"), (2, "supports")) == set()
    assert names((1, "supports"), (2, "disputes")) == {"disputes/2"}
    assert names((1, "supports"), (1, "mentions")) == {"supports/1", "mentions/1"}


def test_what_a_term_belongs_under_and_when_it_is_of_are_columns():
    chronicle = Chronicle(name_style="slash")
    source = {
        "title": "Rain",
        "outlet": "outlet/7",
        "relays": "source/3",
        "published_on": "2021-03",
        "retracted": "No.",
    }

    place = columns.of_term("place", names(True) | {"within": "place/12"}, chronicle)
    kept = columns.of_term("source", source, chronicle)

    assert (place["under"], place["relays"], place["dated"], place["retracted"]) == (12, None, "", False)
    assert (kept["under"], kept["relays"], kept["dated"], kept["retracted"]) == (7, 3, "2021-03", True)
    assert columns.of_term("kind", {"name": "Rain"}, chronicle)["under"] is None
