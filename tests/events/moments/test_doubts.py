"""What stands beside a time and leaves it open: another clock, an alternative, a bound, a quotation."""

import pytest

from events.moments.finding import Place, find
from tests.events.moments.told import BAKU, DAY_43, told

pytestmark = pytest.mark.no_database


def read_times(sentence: str) -> list[str]:
    """The times of ``sentence`` that are sure."""
    times = find(sentence, told_on=DAY_43, clock=BAKU)
    assert all(time.moment == told("") for time in times if time.contradicts)
    return [time.words for time in times if time.place is not Place.SIDE]


@pytest.mark.parametrize(
    "sentence",
    [
        "At 14:00 Moscow time, the envoy left.",
        "The envoy left at 14:00 (Moscow time).",
        "The envoy left at 9 a.m. Eastern Standard Time.",
        "The envoy left at 9 a.m. eastern time.",
        "The envoy left at 9 a.m. Eastern.",
        "The envoy left at 9 am ET.",
        "At 9 am in London, the envoys met.",
        "The envoys met at noon in New York City.",
        "At 14:30 in Moscow the envoy left.",
        "The envoy left at 14:30 (Moscow).",
        "The envoy left at 14.30, in central London.",
        "At nine in the morning in Moscow, the envoy left.",
        "The envoy left at 9 am in London’s rain.",
        "The call began at 3 p.m. in Washington, D.C.",
        "At 10:00 or 11:00, the guard fell asleep.",
        "The guard fell asleep at either 10 pm or 11 pm.",
        "At 10:00/11:00, the guard fell asleep.",
        "A shot was heard at 14:00 or shortly before.",
        "A mill burned on Friday or Saturday.",
        "The mill burned by 14:00 at the latest.",
        "A shot was heard at 14:00 at the very earliest.",
        "“Yesterday I lost my house,” a widow said.",
        "“It rained. Yesterday I lost my house”, a widow said.",
        'On Friday we left," the union said.',
        'The sign reads "Closed on Friday".',
        "A sign reads «Closed on Friday».",
    ],
)
def test_what_others_leave_open_is_no_time(sentence: str) -> None:
    assert read_times(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("At 14:00 Baku time, the envoy left.", "At 14:00"),
        ("At 14:00 local time, the envoy left.", "At 14:00"),
        ("At 14:00 Moscow sent an envoy.", "At 14:00"),
        ("At 14:00 in Baku, the envoy left.", "At 14:00"),
        ("At 14:00 in Dubai, which has the same clock, the envoy left.", "At 14:00"),
        ("At 14:00 (Reuters), the envoy left.", "At 14:00"),
        ("At 14:00 in Lower Quay, the envoy left.", "At 14:00"),
        ("Yesterday in London, the envoys met.", "Yesterday"),
        ("At 10:00 or so, the guard fell asleep.", "At 10:00 or so"),
        ("A gate or a door broke at 10:00.", "at 10:00"),
        ("“I lost my house,” a widow said yesterday.", "yesterday"),
        ('"I lost my house," a widow said yesterday.', "yesterday"),
        ('Yesterday the mayor said "no".', "Yesterday"),
        ('"At 10:00 they came," a woman said.', "At 10:00"),
    ],
)
def test_what_only_looks_like_a_doubt_is_none(sentence: str, words: str) -> None:
    assert read_times(sentence) == [words]
