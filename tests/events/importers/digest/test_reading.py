"""Whole texts: those of the shared data, those that are no prose, and any others."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.clock import Calendar, Clock
from events import moments
from events.importers.digest import NotProse, Story, Undecided, read_digest
from events.importers.digest.text import LONGEST_TEXT
from tests.support.article import ARTICLE, DAY, FLOOD, OPENING, events

pytestmark = pytest.mark.no_database

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
GIVEN = SHARED / "000_3faeb99ef4243e15.txt"
PROSE = sorted((SHARED / "c-prose" / "digests").glob("*.txt"))

FRAGMENTS = [
    "On the 12th day of the flood, ",
    "March 12",
    "date 2030-03-12 ",
    ". ",
    "\n",
    "“",
    "(",
    "at 3 pm",
    "all ",
]

THE_44_DAYS = Story(Clock(ZoneInfo("Asia/Baku")), Calendar(date(2020, 9, 27), last=date(2020, 11, 9)))


def test_the_same_article_has_the_same_fingerprint() -> None:
    again = f"{OPENING}{DAY}".replace(" ", "  ").replace("'", "’")
    other = ARTICLE.replace("helicopters", "boats")

    assert read_digest(ARTICLE, FLOOD).fingerprint == read_digest(again, FLOOD).fingerprint
    assert read_digest(ARTICLE, FLOOD).fingerprint != read_digest(other, FLOOD).fingerprint


@pytest.mark.parametrize("text", ["", " \n ", "\0", "PK\x03\x04\0\0", "\ud800 rain", "date 2030-03-12\n"])
def test_refuses_what_is_no_prose_in_a_sentence(text: str) -> None:
    with pytest.raises(NotProse) as refused:
        read_digest(text, FLOOD)

    assert str(refused.value)[0].isupper() and str(refused.value).endswith(".")


def test_refuses_a_text_that_is_no_article_for_its_size() -> None:
    with pytest.raises(NotProse, match="characters"):
        read_digest("a" * (LONGEST_TEXT + 1), FLOOD)
    with pytest.raises(NotProse, match="sentences"):
        read_digest("It rained. " * 5000, FLOOD)


def test_reads_right_to_left_letters_and_takes_overrides_out() -> None:
    digest = read_digest("date 2030-03-12\n\u202eأمطرت في برود. ثم توقف المطر؟ Boats came.", FLOOD)

    assert [p.text for p in digest.passages] == ["أمطرت في برود.", "ثم توقف المطر؟", "Boats came."]


@pytest.mark.parametrize(
    "seed",
    ["a", ". ", "“", "(", ". (", "On March 12, ", "twenty ", "the day before ", "…", "of ", "\n", "A\n"],
)
def test_a_megabyte_is_read_or_refused_in_words(seed: str) -> None:
    text = "date 2030-03-12\n" + seed * (1_000_000 // len(seed))

    try:
        read_digest(text, FLOOD)
    except (Undecided, NotProse) as refused:
        assert str(refused)


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=30))
def test_any_input_is_read_or_refused_in_words(pieces: list[str]) -> None:
    text = "".join(pieces)

    try:
        digest = read_digest(text, FLOOD)
    except (Undecided, NotProse) as refused:
        assert str(refused)
    else:
        for passage in digest.passages:
            assert passage.headline and len(passage.headline) <= 112
            assert passage.is_event == (not passage.why_not)


@pytest.mark.skipif(not GIVEN.exists(), reason="the shared data is not beside the project")
def test_reads_the_given_text() -> None:
    digest = read_digest(GIVEN.read_text("utf-8"), THE_44_DAYS)
    found = events(digest)
    cues = [p.cue for p in found if p.cue and not p.carried]

    assert (digest.day, digest.day_number) == (date(2020, 11, 8), 43)
    assert cues == [
        "overnight",
        "In the morning",
        "After 11:00 am",
        "In the afternoon",
        "In the evening",
        "Late in the evening",
    ]
    assert len(found) == 13 and len(digest.passages) == 20
    # "overnight" stands inside its sentence, so it says nothing of the next two.
    assert [p.phrase for p in found[:3]] == ["overnight", "", ""]
    (call,) = [p for p in found if "telephone" in p.text]
    assert moments.read(call.phrase, told_on=digest.day, clock=THE_44_DAYS.clock).happened_on == date(
        2020, 11, 7
    )
    assert [p.why_not for p in digest.passages if not p.is_event] == (
        ["opening that every article repeats"] * 4 + ["closing summary"] * 3
    )


@pytest.mark.skipif(not PROSE, reason="the shared data is not beside the project")
@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
def test_reads_real_prose_and_quotes_it_in_order(path: Path) -> None:
    text = path.read_text("utf-8")
    day = date.fromisoformat(path.stem[:10])
    story = Story(Clock(ZoneInfo("UTC")), Calendar(day.replace(day=1)))

    digest = read_digest(text, story)

    source, at = " ".join(text.split()), 0
    assert digest.day == day and digest.passages
    for passage in digest.passages:
        found = source.find(passage.text, at)
        assert found >= at, passage.text
        at = found + len(passage.text)
