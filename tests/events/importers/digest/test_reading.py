"""The reader of daily digests: the day, the passages, their cues, and what is no happening."""

from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.clock import Calendar, Clock
from events import moments
from events.importers.digest.cues import opening_cue
from events.importers.digest.ordinals import number
from events.importers.digest.reading import LONGEST_TEXT, Digest, Passage, Story, Undecided, Unreadable, read
from events.importers.digest.sentences import sentences

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
GIVEN = SHARED / "000_3faeb99ef4243e15.txt"
PROSE = sorted((SHARED / "c-prose" / "digests").glob("*.txt"))

FLOOD = Story(Clock(ZoneInfo("Europe/Prague")), Calendar(date(2030, 3, 1), last=date(2030, 3, 20)))
OPEN_FLOOD = Story(FLOOD.clock, Calendar(FLOOD.calendar.first))
THE_TWELFTH = date(2030, 3, 12)

OPENING = (
    "Exactly one year ago, on March 1, 2030, the flood on the Orle began. On that day, the lower valley was "
    "cut off, according to the river office. The Valley Courier offers its readers to follow the twenty days "
    "as they were told then. "
)
DAY = (
    "On the 12th day of the flood, March 12, the pumps at Brod failed overnight, the town hall said. At "
    "the same time, not only cellars were under water, but also the hospital. The bridge at Lom was "
    "closed. In the morning it was reported that the mayors of Brod and Lom had spoken by telephone the "
    "day before: they asked for boats. After 11:00 a.m., Mayor A. B. Novak officially announced: the dam "
    "holds. She stressed that nobody need leave. Volunteers filled sandbags. By 14:00, two Mi-17 "
    "helicopters had arrived. Meanwhile, the school was cleared. In the first 12 days, 400 houses were "
    "damaged. In the evening, the water fell. Late in the evening, the road reopened. So, on the 12th day"
    " of the flood the dam held. It is not without reason that the day is remembered there (although the "
    "water rose once more)."
)
ARTICLE = f" date 2031-03-12 \n\n\n\n{OPENING}{DAY}\n"


def events(digest: Digest) -> list[Passage]:
    return [passage for passage in digest.passages if passage.is_event]


def only(text: str, story: Story = FLOOD, day: date = THE_TWELFTH) -> Passage:
    (passage,) = read(text, story, day=day).passages
    return passage


def test_reads_the_day_from_the_text_though_the_head_line_is_a_year_later() -> None:
    digest = read(ARTICLE, FLOOD)

    assert (digest.day, digest.day_number, digest.head_date) == (THE_TWELFTH, 12, date(2031, 3, 12))
    assert digest.evidence == "On the 12th day of the flood, March 12"


def test_makes_one_passage_of_each_happening_in_order_with_its_cue() -> None:
    found = [(p.cue, p.phrase, p.carried) for p in events(read(ARTICLE, FLOOD))]

    assert found == [
        ("overnight", "overnight", False),
        ("overnight", "overnight", True),
        ("In the morning", "the day before", False),
        ("After 11:00 a.m.", "after 11:00 am", False),
        ("After 11:00 a.m.", "after 11:00 am", True),
        ("By 14:00", "by 14:00", False),
        ("By 14:00", "by 14:00", True),
        ("In the evening", "in the evening", False),
        ("Late in the evening", "late in the evening", False),
    ]


def test_keeps_what_is_no_happening_in_its_place_with_the_reason() -> None:
    reasons = [p.why_not for p in read(ARTICLE, FLOOD).passages]

    assert reasons[:3] == ["opening that every article repeats"] * 3
    assert reasons[-2:] == ["closing summary"] * 2
    assert reasons[3:-2] == ["", "", "", "", "", "", "", "a total", "", ""]


def test_numbers_the_passages_and_quotes_the_text_exactly() -> None:
    passages = read(ARTICLE, FLOOD).passages

    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert " ".join(p.text for p in passages) == (OPENING + DAY)


def test_cuts_the_headline_from_the_sentence() -> None:
    headlines = [p.headline for p in events(read(ARTICLE, FLOOD))]

    assert headlines[0] == "The pumps at Brod failed overnight, the town hall said"
    assert headlines[2].startswith("The mayors of Brod and Lom had spoken by telephone the day before")
    assert headlines[3] == "Mayor A. B. Novak officially announced: the dam holds"
    assert headlines[6] == "The school was cleared"


def test_cuts_a_long_headline_at_a_word() -> None:
    words = "In the evening, the river office said that " + "water " * 60

    headline = only(words + "rose.").headline

    assert headline.endswith("water…") and len(headline) <= 110


def test_drops_a_cue_at_the_end_from_the_headline() -> None:
    assert only("The pumps at Brod failed overnight.").headline == "The pumps at Brod failed"


@pytest.mark.parametrize(
    "lead",
    [
        "On the 12th day of the flood, March 12,",
        "On the twelfth day of the flood, on March 12,",
        "On the flood's twelfth day, 12 March,",
        "On the night of the flood's twelfth day, on March 12,",
        "In the early morning of the twelfth day of the great Orle flood (12th of March 2030)",
        "By the morning of the twelfth day of the flood,",
        "On March 12, the 12th day of the flood,",
        "Day 12 of the flood:",
        "Day twelve, March 12:",
        "On day 12 of the flood",
    ],
)
def test_reads_the_day_however_it_is_led_in(lead: str) -> None:
    digest = read(f"{OPENING}{lead} the bridge was closed. Nobody was hurt.", FLOOD)

    assert digest.day == THE_TWELFTH
    assert [p.is_event for p in digest.passages] == [False, False, False, True, True]
    assert digest.passages[3].headline == "The bridge was closed"


@pytest.mark.parametrize(
    ("lead", "phrase"),
    [
        ("On the night of the twelfth day of the flood, on March 12,", "at night"),
        ("In the early morning of the twelfth day of the flood,", "early in the morning"),
        ("By the morning of the flood's twelfth day,", "by morning"),
        ("On the twelfth day of the flood, March 12, in the afternoon,", "in the afternoon"),
        ("On the twelfth day of the flood, March 12,", ""),
    ],
)
def test_reads_the_part_of_the_day_out_of_the_lead_in(lead: str, phrase: str) -> None:
    assert read(f"{lead} the bridge was closed.", FLOOD).passages[0].phrase == phrase


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("first", 1),
        ("twelfth", 12),
        ("twentieth", 20),
        ("thirty-first", 31),
        ("Forty third", 43),
        ("43rd", 43),
        ("one hundred and fifth", 105),
        ("forty-four", 44),
        ("hundredth", 100),
        ("umpteenth", None),
    ],
)
def test_reads_numbers_in_words(words: str, value: int | None) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    "head",
    [
        " date 2030-03-12 \n\n\n\n",
        " date 2030-03-12 ",
        "date 2030-03-12\n",
        "The flood: 12th day, March 12, 2030\n\nThe flood: 12th day, March 12, 2030\n\n",
        "The flood: 12th day, March 12, 2030 The flood: 12th day, March 12, 2030 ",
        " date 2030-03-12 \nWater and boats\n\n",
        "Water and boats\n date 2030-03-12 \nWater and boats\n\n",
        "\ufeff date 2030-03-12\r\n\r\n",
    ],
)
def test_reads_every_form_of_head(head: str) -> None:
    digest = read(head + "In the morning, the bridge was closed. Nobody was hurt.", FLOOD)

    assert digest.day == THE_TWELFTH
    assert [p.text for p in digest.passages] == ["In the morning, the bridge was closed.", "Nobody was hurt."]
    assert "flood" in digest.title or "Water" in digest.title or not digest.title


def test_a_heading_with_the_first_words_of_the_text_does_not_swallow_them() -> None:
    digest = read("The bridge at Lom\n\nThe bridge at Lom was closed on Friday.", FLOOD, day=THE_TWELFTH)

    assert digest.title == "The bridge at Lom"
    assert [p.text for p in digest.passages] == ["The bridge at Lom was closed on Friday."]


def refusal(text: str, story: Story = FLOOD) -> Undecided:
    with pytest.raises(Undecided) as refused:
        read(text, story)
    return refused.value


def test_asks_when_head_and_text_name_different_days() -> None:
    refused = refusal(" date 2030-03-14 \nOn the 12th day of the flood, March 12, the bridge was closed.")

    assert "12 March 2030" in str(refused) and "14 March 2030" in str(refused)


def test_asks_when_the_head_is_the_same_day_of_an_earlier_year() -> None:
    assert "12 March 2029" in str(refusal("date 2029-03-12\nOn the 12th day of the flood it rained."))


def test_asks_when_number_and_date_of_the_text_disagree() -> None:
    refused = refusal("On the 12th day of the flood, March 13, the bridge was closed.")

    assert "12 March 2030" in str(refused) and "13 March" in str(refused)


def test_asks_when_the_year_in_the_text_is_another() -> None:
    assert "12 March 2031" in str(refusal("On the 12th day of the flood, March 12, 2031, it rained."))


def test_asks_when_title_and_text_disagree() -> None:
    refused = refusal("The flood: 11th day, March 11, 2030\n\nOn the 12th day of the flood it rained.")

    assert "11 March 2030" in str(refused) and "12 March 2030" in str(refused)


def test_asks_when_the_chronicle_has_no_such_day() -> None:
    assert "20 March 2030" in str(refusal("On the 43rd day of the flood the bridge was closed."))


def test_asks_when_only_a_head_outside_the_chronicle_says_a_day() -> None:
    refused = refusal("date 2031-03-12\nIn the morning, the bridge was closed.")

    assert "12 March 2031" in str(refused) and "give the date" in str(refused)


def test_asks_when_nothing_says_a_day() -> None:
    assert "give the date" in str(refusal("In the morning, the bridge was closed."))


def test_a_given_day_overrules_the_disagreement() -> None:
    text = " date 2030-03-14 \nOn the 12th day of the flood, March 12, the bridge was closed."

    assert read(text, FLOOD, day=date(2030, 3, 14)).day_number == 14


def test_refuses_a_given_day_outside_the_chronicle() -> None:
    with pytest.raises(Undecided, match="21 March 2030"):
        read(ARTICLE, FLOOD, day=date(2030, 3, 21))


def test_counts_from_the_number_of_the_first_day() -> None:
    from_zero = Story(FLOOD.clock, Calendar(FLOOD.calendar.first, 0))

    assert read("On the 12th day of the flood it rained.", from_zero).day == date(2030, 3, 13)


def test_takes_the_head_when_the_text_says_nothing() -> None:
    digest = read("date 2030-03-05\nIn the morning, the bridge was closed.", OPEN_FLOOD)

    assert (digest.day, digest.evidence) == (date(2030, 3, 5), "date 2030-03-05")


def test_takes_the_date_that_begins_the_text() -> None:
    assert read("On March 7, the bridge was closed. Nobody was hurt.", FLOOD).day == date(2030, 3, 7)


def test_does_not_take_a_day_of_something_else_for_the_day() -> None:
    text = "date 2030-03-05\nIt was counted that during the first day of the second pause ten boats came."

    assert read(text, FLOOD).day == date(2030, 3, 5)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("At about 3 pm, the bridge was closed.", "about 3 pm"),
        ("At 15:30 the bridge was closed.", "15:30"),
        ("7.30am: The bridge was closed.", "7:30 am"),
        ("0730 hrs the bridge was closed.", "07:30"),
        ("The bridge was closed at 14:00 by the police.", "14:00"),
        ("Until noon, the bridge was closed.", "before noon"),
        ("By noon the bridge was closed.", "by noon"),
        ("12 noon: the bridge was closed.", "noon"),
        ("Between 3 and 5 pm, the bridge was closed.", "between 3 and 5 pm"),
        ("From 14:00 to 15:30 the bridge was closed.", "between 14:00 and 15:30"),
        ("Shortly after 11:00 the bridge was closed.", "shortly after 11:00"),
        ("Also in the morning, the bridge was closed.", "in the morning"),
        ("Early in the morning the bridge was closed.", "early in the morning"),
        ("Later, towards evening, the bridge was closed.", "towards evening"),
        ("By midnight, the bridge was closed.", "by midnight"),
        ("This morning the bridge was closed.", "in the morning"),
        ("During the night the bridge was closed.", "at night"),
        ("The rain went on all night.", "all night"),
        ("The bridge was closed in the evening and guarded.", "in the evening"),
        ("At dawn, the bridge was closed.", "at dawn"),
        ("At sunrise, the bridge was closed.", "at sunrise"),
        ("On the night of March 11-12, the bridge was closed.", "overnight"),
        ("On the night of March 12, the bridge was closed.", "at night"),
        ("On the evening of March 10, the bridge was closed.", "on the evening of 10 March"),
        ("On March 10, the bridge was closed.", "on 10 March"),
        ("On March 12, in the evening, the bridge was closed.", "in the evening"),
        ("The day before at 23:00, the bridge was closed.", "the day before at 23:00"),
        ("The day before, the bridge was closed.", "the day before"),
        ("The previous evening, the bridge was closed.", "the day before in the evening"),
        ("Two days earlier, the bridge was closed.", "2 days earlier"),
        ("The bridge was closed the day before at 23:00.", "the day before at 23:00"),
        ("The office said that the bridge had been closed the day before.", "the day before"),
        ("It emerged that the day before at 23:00 a dam had been opened.", "the day before at 23:00"),
        ("The boats sent the day before, which had lost their way, came back.", ""),
        ("They spoke of the damage in Brod caused the day before.", ""),
        ("The hospital was moved to the hills.", ""),
        ("By 14.30 percent the river fell.", ""),
        ("At 3 metres the river stood still.", ""),
        ("At 25:99 the bridge was closed.", ""),
    ],
)
def test_reads_the_cue_of_a_sentence(sentence: str, phrase: str) -> None:
    passage = only(sentence)

    assert passage.phrase == phrase
    assert passage.cue in sentence


def test_every_phrase_can_be_read_as_a_moment() -> None:
    for passage in read(ARTICLE, FLOOD).passages:
        moment = moments.read(passage.phrase, told_on=THE_TWELFTH, clock=FLOOD.clock)
        happened = (
            THE_TWELFTH - timedelta(days=1) if passage.phrase.startswith("the day before") else THE_TWELFTH
        )
        assert moment.happened_on in (happened, THE_TWELFTH - timedelta(days=passage.phrase == "overnight"))
        assert moment.earliest.tzinfo is UTC


def test_words_for_another_day_hold_for_their_sentence_only() -> None:
    text = "In the morning, the bridge was closed. The day before at 23:00, rain set in. Boats came."

    passages = read(text, FLOOD, day=THE_TWELFTH).passages

    assert [p.phrase for p in passages] == ["in the morning", "the day before at 23:00", "in the morning"]
    assert passages[2].carried


def test_night_after_the_evening_is_the_end_of_the_day() -> None:
    text = "At night, it rained. In the evening, the bridge was closed. At night, boats came."

    phrases = [p.phrase for p in read(text, FLOOD, day=THE_TWELFTH).passages]

    assert phrases == ["at night", "in the evening", "late in the evening"]


@pytest.mark.parametrize(
    "second",
    [
        "He stressed that the dam holds.",
        "She also said that the dam holds.",
        "They thanked the volunteers.",
        "Novak also called for calm.",
        "According to her, the dam holds.",
        "It is the third such call.",
        "At the same time, not only cellars, but also roads were under water.",
    ],
)
def test_a_sentence_that_only_goes_on_belongs_to_the_one_before(second: str) -> None:
    assert only(f"Mayor Novak spoke at noon. {second}").text == f"Mayor Novak spoke at noon. {second}"


@pytest.mark.parametrize(
    "second",
    [
        "At the same time, the school was cleared.",
        "It was reported that the school was cleared.",
        "They cleared the school.",
        "In the evening, he stressed that the dam holds.",
        "Svoboda also called for calm.",
    ],
)
def test_a_sentence_that_tells_something_new_stands_alone(second: str) -> None:
    digest = read(f"Mayor Novak spoke at noon. {second}", FLOOD, day=THE_TWELFTH)

    assert [p.text for p in digest.passages] == ["Mayor Novak spoke at noon.", second]


def test_never_joins_more_than_two_sentences_nor_across_paragraphs() -> None:
    text = "Novak spoke. He said that it rains. He added that it pours.\n\nHe stressed that it will end."

    assert len(read(text, FLOOD, day=THE_TWELFTH).passages) == 3


@pytest.mark.parametrize(
    ("sentence", "is_event"),
    [
        ("In the first twelve days, 400 houses were damaged.", False),
        ("Since the beginning of the flood, 400 houses have been damaged.", False),
        ("The total number of houses damaged reached 400.", False),
        ("The river office said that since the beginning of the flood 400 houses were damaged.", True),
        ("It rained for the first time since Friday.", True),
    ],
)
def test_tells_totals_from_happenings(sentence: str, is_event: bool) -> None:
    assert only(sentence).is_event is is_event


def test_a_sentence_like_a_summary_before_the_last_cue_is_none() -> None:
    text = "At noon, it rained. So, on the 12th day of the flood boats came. In the evening, it was dry."

    assert all(p.is_event for p in read(text, FLOOD).passages)


def test_lists_headings_as_no_happenings() -> None:
    text = "Weather\n\nIt rained in Brod.\n\nRoads and bridges\n\nThe bridge was closed. Boats came.\n"

    digest = read(text, FLOOD, day=THE_TWELFTH)

    assert digest.title == "Weather"
    assert [p.why_not for p in digest.passages] == ["", "a heading", "", ""]


@pytest.mark.parametrize(
    "whole",
    [
        "Mayor A. B. Novak came at 11 a.m. and left at 2 p.m. by boat.",
        "After 11:00 a.m. President Novak spoke.",
        "The Su-25 of Gen. Malý flew at 3.5 km over No. 5 pump.",
        "He asked: “Who is there? Nobody. Go on.” and went.",
        "“Who is there?” he asked.",
        "Three villages were named: Brod; Lom; Dol.",
        "The road was closed. (although nobody said so).",
        "He waited … and nothing came.",
        "The U.S. Embassy sent boats on Nov. 8 with Dr. Malý.",
        "(Nobody was hurt.)",
    ],
)
def test_does_not_break_inside_a_sentence(whole: str) -> None:
    assert [s.text for s in sentences(f"{whole} Then it rained.")] == [whole, "Then it rained."]


def test_breaks_after_an_hour_before_a_new_sentence() -> None:
    found = [s.text for s in sentences("They came at 11 a.m. The bridge was closed. “It holds.” Boats came!")]

    assert found == ["They came at 11 a.m.", "The bridge was closed.", "“It holds.”", "Boats came!"]


def test_goes_on_over_the_end_of_a_wrapped_line() -> None:
    text = (
        "The bridge at Lom, which had been built only a year before,\nwas closed. It\nrained.\n\nBoats came."
    )

    assert [s.text for s in sentences(text)] == [
        "The bridge at Lom, which had been built only a year before, was closed.",
        "It rained.",
        "Boats came.",
    ]


def test_the_same_article_has_the_same_fingerprint() -> None:
    again = f"{OPENING}{DAY}".replace(" ", "  ").replace("'", "’")
    other = ARTICLE.replace("helicopters", "boats")

    assert read(ARTICLE, FLOOD).fingerprint == read(again, FLOOD).fingerprint
    assert read(ARTICLE, FLOOD).fingerprint != read(other, FLOOD).fingerprint


@pytest.mark.parametrize("text", ["", " \n ", "\0", "PK\x03\x04\0\0", "\ud800 rain", "date 2030-03-12\n"])
def test_refuses_what_is_no_prose_in_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text, FLOOD)

    assert str(refused.value)[0].isupper() and str(refused.value).endswith(".")


def test_refuses_a_text_that_is_no_article_for_its_size() -> None:
    with pytest.raises(Unreadable, match="characters"):
        read("a" * (LONGEST_TEXT + 1), FLOOD)
    with pytest.raises(Unreadable, match="sentences"):
        read("It rained. " * 5000, FLOOD)


def test_reads_right_to_left_letters_and_takes_overrides_out() -> None:
    digest = read("date 2030-03-12\n\u202eأمطرت في برود. ثم توقف المطر؟ Boats came.", FLOOD)

    assert [p.text for p in digest.passages] == ["أمطرت في برود.", "ثم توقف المطر؟", "Boats came."]


@pytest.mark.parametrize(
    "seed",
    ["a", ". ", "“", "(", ". (", "On March 12, ", "twenty ", "the day before ", "…", "of ", "\n", "A\n"],
)
def test_a_megabyte_is_read_or_refused_in_words(seed: str) -> None:
    text = "date 2030-03-12\n" + seed * (1_000_000 // len(seed))

    try:
        read(text, FLOOD)
    except (Undecided, Unreadable) as refused:
        assert str(refused)


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


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=30))
def test_any_input_is_read_or_refused_in_words(pieces: list[str]) -> None:
    text = "".join(pieces)

    try:
        digest = read(text, FLOOD)
    except (Undecided, Unreadable) as refused:
        assert str(refused)
    else:
        for passage in digest.passages:
            assert passage.headline and len(passage.headline) <= 112
            assert passage.is_event == (not passage.why_not)


def test_a_cue_knows_where_it_stands() -> None:
    cue = opening_cue("Meanwhile, in the morning, it rained.", THE_TWELFTH)

    assert cue is not None and (cue.words, cue.begins, cue.elsewhere) == ("in the morning", 11, False)


THE_44_DAYS = Story(Clock(ZoneInfo("Asia/Baku")), Calendar(date(2020, 9, 27), last=date(2020, 11, 9)))


@pytest.mark.skipif(not GIVEN.exists(), reason="the shared data is not beside the project")
def test_reads_the_given_text() -> None:
    digest = read(GIVEN.read_text("utf-8"), THE_44_DAYS)
    found = events(digest)
    cues = [p.cue for p in found if not p.carried]

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

    digest = read(text, story)

    source, at = " ".join(text.split()), 0
    assert digest.day == day and digest.passages
    for passage in digest.passages:
        found = source.find(passage.text, at)
        assert found >= at, passage.text
        at = found + len(passage.text)
