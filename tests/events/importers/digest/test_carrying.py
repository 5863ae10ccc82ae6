"""What of one sentence's time holds for the next, and what never does."""

import pytest

from events.importers.digest import Passage, Undecided, read_digest
from tests.support.article import FLOOD, THE_TWELFTH, only

pytestmark = pytest.mark.no_database


def read(text: str) -> tuple[Passage, ...]:
    return read_digest(text, FLOOD, day=THE_TWELFTH).passages


def when(text: str) -> list[tuple[str, bool]]:
    return [(passage.phrase, passage.carried) for passage in read(text)]


def test_an_exact_time_holds_on_as_after_it_and_is_marked() -> None:
    assert when("At 14:00, it rained. A boat came.") == [("14:00", False), ("after 14:00", True)]


def test_an_inner_time_never_holds_on() -> None:
    assert when("It rained at 14:00. A boat came.") == [("14:00", False), ("", False)]


@pytest.mark.parametrize("between", ["\n\n", "\n• ", "\n\nSport\n\n", "\n\n2. "])
def test_nothing_holds_on_past_an_item(between: str) -> None:
    assert when(f"In the morning, it rained.{between}A boat came.")[-1] == ("", False)


@pytest.mark.parametrize(
    "words",
    [
        "Soon after lunch",
        "Some minutes later",
        "At the end of the shift",
        "At 14:30 IST",
        "When the tide turned",
    ],
)
def test_time_words_that_are_not_understood_end_it_and_are_said(words: str) -> None:
    _, unread, after = read(f"At 14:00, it rained. {words}, a boat came. A dog barked.")

    assert (unread.phrase, after.phrase) == ("", "")
    assert "is not understood" in unread.note


def test_a_length_later_is_counted_from_a_known_time_only() -> None:
    assert when("At 10:00, it rained. Two hours later, it was dry.")[1] == ("about 12:00", False)
    assert when("After 10:00, it rained. Two hours later, it was dry.")[1] == ("after 12:00", False)
    assert when("It rained. Two hours later, it was dry.")[1] == ("", False)


def test_clocks_of_a_paragraph_pass_midnight() -> None:
    phrases = [
        phrase for phrase, _ in when("At 10 pm, it rained. At 11.30 pm, it poured. At 12.20 am, it ended.")
    ]

    assert phrases == ["10 pm", "11.30 pm", "the next day at 12.20 am"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n• "])
def test_lines_of_a_log_that_may_be_behind_midnight_are_left_open(between: str) -> None:
    lines = ["08:10 – It rained.", "At 23:40, it poured.", "00:30 – A dam broke.", "06:20 – It was dry."]

    *early, broke, dry = read(between.join(lines))

    assert [passage.phrase for passage in early] == ["08:10", "23:40"]
    assert (broke.phrase, broke.note) == ("", "“00:30” may be of the next day: it stands below “At 23:40”")
    assert (dry.phrase, dry.note) == ("", "“06:20” may be of the next day: it stands below “At 23:40”")


def test_so_is_what_such_a_line_tells_of_the_small_hours_and_no_more() -> None:
    log = "20:30 – It rained.\n23:40 – It poured.\n00:30 – A dam broke."
    phrases = [phrase for phrase, _ in when(f"{log} At 1 am, a boat came. It had begun at 22:10.")]

    assert phrases == ["20:30", "23:40", "", "", "22:10"]


@pytest.mark.parametrize(
    ("lines", "phrases"),
    [
        (["00:30 – A dam broke.", "00:25 – It was dry."], ["", ""]),
        (["00:30 – A dam broke.", "22:15 – It was dry."], ["", ""]),
        (["12 March, 00:30 – A dam broke.", "01:15 – It was dry."], ["12 March, 00:30", ""]),
    ],
    ids=["minutes back", "another list", "with its own day"],
)
def test_nothing_below_midnight_is_sure_of_its_day_but_what_names_it(
    lines: list[str], phrases: list[str]
) -> None:
    found = when("\n".join(["20:30 – It rained.", "23:40 – It poured.", *lines]))

    assert [phrase for phrase, _ in found[2:]] == phrases


def test_a_bound_and_a_guess_are_lines_of_a_log_too() -> None:
    rained = "By 20:30, it rained.\nAt about 23:40, it poured."
    broke = "At about 00:05, a dam broke.\nBy 01:00, it was dry.\n02:00 – A boat came."

    phrases = [phrase for phrase, _ in when(f"{rained}\n{broke}")]

    assert phrases == ["by 20:30", "about 23:40", "", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        "23:40 – It poured.\n22:10 – It rained.\n20:30 – A boat came.\n00:30 – A dam broke.",
        "23:40 – It poured.\n00:30 – A dam broke.",
        "08:10 – It rained.\n19:40 – It poured.\n00:30 – A dam broke.",
        "08:10 – It rained.\n23:40 – It poured.\n07:30 – A dam broke.",
        "08:10 – It rained.\n23:40 – It poured.\nA boat came.\n00:30 – A dam broke.",
        "08:10 – It rained.\n23:40 – It poured.\n00:30 – Earlier, a dam had broken.",
    ],
    ids=[
        "the last first",
        "of one line",
        "not in the evening",
        "not in the small hours",
        "cut",
        "looks back",
    ],
)
def test_lines_of_no_log_are_of_the_day_told(text: str) -> None:
    assert when(text)[-1][0] in ("00:30", "07:30")


@pytest.mark.parametrize(
    ("ends", "phrase"),
    [
        ("By 11.30 pm", "by 11.30 pm"),
        ("Until 23:40", "until 23:40"),
        ("Before midnight", "before midnight"),
        ("By 2 am", "the next day by 2 am"),
        ("By 7 am", "the next day by 7 am"),
    ],
)
def test_an_open_beginning_passes_midnight_only_by_the_hour_that_closes_it(ends: str, phrase: str) -> None:
    assert when(f"At 10 pm, it rained. {ends}, it was dry.")[1] == (phrase, False)


@pytest.mark.parametrize(
    ("first", "second", "phrase"),
    [
        ("At 10 pm", "In the small hours", "the next day in the small hours"),
        ("At 10 pm", "Before dawn", "the next day before dawn"),
        ("At 10 pm", "Overnight", "the next day overnight"),
        ("In the evening", "By morning", "the next day by morning"),
        ("Late in the evening", "At 00:30", "the next day at 00:30"),
        ("In the afternoon", "At 00:30", "00:30"),
        ("At 10 pm", "In the small hours of 12 March", "in the small hours of 12 March"),
        ("At 10 pm", "All day", "all day"),
    ],
)
def test_the_small_hours_after_the_evening_are_those_of_the_next_day(
    first: str, second: str, phrase: str
) -> None:
    assert when(f"{first}, it rained. {second}, a boat came.")[1] == (phrase, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Earlier, a boat came.",
        "A boat had come an hour earlier.",
        "By then, a boat was there.",
        "Before that, a boat came.",
        "On the same day, a boat came.",
        "Throughout the day, boats came.",
        "For hours, boats came.",
        "It had been dry.",
    ],
)
def test_nothing_holds_on_in_what_looks_back(sentence: str) -> None:
    assert when(f"At 14:00, it rained. {sentence} A dog barked.")[1:] == [("", False), ("", False)]


@pytest.mark.parametrize(
    "sentence", ["The mayor said that it had been dry.", "The town had boats.", "The ferry came a day early."]
)
def test_what_does_not_look_back_is_carried_on(sentence: str) -> None:
    assert when(f"At 14:00, it rained. {sentence}")[1] == ("after 14:00", True)


@pytest.mark.parametrize(
    "words", ["This morning at 3 p.m.", "On Friday 12 March", "Last night at noon", "On 31 February"]
)
def test_words_that_contradict_each_other_leave_the_time_open_and_stop_it(words: str) -> None:
    first, contradicts, last = read(f"At 10:00, it rained. {words}, boats came. The bridge was closed.")

    assert (contradicts.phrase, contradicts.note) == ("", f"“{words}” is not understood")
    assert (first.phrase, last.phrase) == ("10:00", "")


def test_two_times_in_one_sentence_are_pointed_out() -> None:
    (passage,) = read("At 14:00, the boat left and came back at 15:30.")

    assert "14:00" in passage.note and "15:30" in passage.note


@pytest.mark.parametrize(
    "head",
    ["9:05 a.m.: ", "• 08:10 – ", "(08:10) ", "1. 08:10 ", "08:10\n", "[08:10] ", "2) 08:10: ", "- 08:10 – "],
)
def test_a_time_heads_its_item(head: str) -> None:
    passages = read(f"Rain fell.\n\n{head}A boat came.\n")

    assert passages[-1].phrase.startswith(("08:10", "9:05"))
    assert not passages[-1].carried
    assert passages[-1].headline == "A boat came"


def test_credits_totals_intros_and_outlooks_are_kept_beside_item_by_item() -> None:
    text = (
        "These are the main events.\n\nA shed burns. (Coast Wire)\n\n(Harbour Post)\n\n"
        "The total number of sheds lost reached 40.\n\nA tug sinks.\n\n"
        "Tomorrow, the pilots will vote.\n\nA crane falls."
    )

    assert [passage.headline for passage in read(text) if passage.is_event] == [
        "A shed burns",
        "A tug sinks",
        "A crane falls",
    ]


def test_several_date_headings_ask_and_each_day_is_read_alone() -> None:
    text = "Chronology\n\n6 March 2030\n\nThe first boat left.\n\n12 March 2030\n\nThe second boat left.\n"

    with pytest.raises(Undecided, match=r"6 March 2030.*12 March 2030"):
        read_digest(text, FLOOD)

    events = [passage.text for passage in read(text) if passage.is_event]
    assert events == ["The second boat left."]


@pytest.mark.parametrize(
    "text",
    [
        "Day 12\n\n13 March 2030\n\nIt rained.",
        "The dam inquiry - Day 4\n\n12 March 2030\n\nIt rained.",
    ],
)
def test_a_number_and_a_date_that_disagree_ask_with_both_named(text: str) -> None:
    with pytest.raises(Undecided, match=r"March 2030.*March"):
        read_digest(text, FLOOD)


def test_a_number_in_running_text_decides_nothing() -> None:
    text = "12 March 2030\n\nIt rained. As told on Day 5, a mayor was elected."

    assert read_digest(text, FLOOD).day == THE_TWELFTH


def test_a_weekday_that_is_not_that_of_the_date_asks() -> None:
    with pytest.raises(Undecided, match="is no Friday"):
        read_digest("Flood\n\nFriday, 12 March 2030\n\nIt rained.", FLOOD)

    assert read_digest("Flood\n\nTuesday, 12 March 2030\n\nIt rained.", FLOOD).day == THE_TWELFTH


def test_a_clock_time_of_something_else_is_left_open_and_said() -> None:
    passage = only("The governor announces a curfew from 10 p.m.")

    assert passage.phrase == ""
    assert passage.note == "“from 10 p.m.” is not taken for its time"
