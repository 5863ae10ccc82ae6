"""What is no happening: openings, headings, totals and closing summaries."""

import pytest

from events.importers.digest import read_digest
from events.importers.digest.framing import FURNITURE
from tests.support.article import ARTICLE, FLOOD, THE_TWELFTH, only

pytestmark = pytest.mark.no_database


def test_keeps_what_is_no_happening_in_its_place_with_the_reason() -> None:
    reasons = [p.why_not for p in read_digest(ARTICLE, FLOOD).passages]

    assert reasons[:3] == ["opening that every article repeats"] * 3
    assert reasons[-2:] == ["closing summary"] * 2
    assert reasons[3:-2] == ["", "", "", "", "", "", "", "a total", "", ""]


@pytest.mark.parametrize(
    ("sentence", "is_event"),
    [
        ("In the first twelve days, 400 houses were damaged.", False),
        ("Since the beginning of the flood, 400 houses have been damaged.", False),
        ("The total number of houses damaged reached 400.", False),
        ("The river office said that since the beginning of the flood 400 houses were damaged.", True),
        ("It rained for the first time since Friday.", True),
        ("The confirmed death toll stands at 31.", False),
        ("The death toll at Lom rose to 31.", True),
        ("So far 400 houses have been cleared.", False),
        ("In the first week of the flood, 12 bridges were lost.", False),
        ("Forty boats were lost in total.", False),
        ("Number of injured: 120.", False),
        ("The number of dead is now 41.", False),
        ("The flood has so far killed 41 people.", False),
        ("Two more bodies are found, bringing the toll to 41.", True),
        ("A number of cattle were set free.", True),
        ("Figures in black coats came out of the mill.", True),
        ("A raft sinks, drowning 12 people in total.", True),
        ("The council lifts the ban in force since the beginning of the flood.", True),
        ("Prices rise by the most since the start of the flood.", True),
        ("The mayor extends the curfew, in force for the last ten days.", True),
        ("In total silence, the bells were carried out.", True),
    ],
)
def test_tells_totals_from_happenings(sentence: str, is_event: bool) -> None:
    assert only(sentence).is_event is is_event


@pytest.mark.parametrize(
    ("sentence", "why_not"),
    [
        ("What follows is a summary of the day.", "an introduction"),
        ("Here's what we know so far.", "an introduction"),
        ("These are taken to hospital by boat.", ""),
        ("That's all for today.", "closing summary"),
        ("This live blog is now closed.", "closing summary"),
        ("The inquiry continues on Thursday.", "an outlook"),
        ("On Thursday, the council will vote on the dam.", "an outlook"),
        ("The next morning, the boats sailed.", ""),
    ],
)
def test_what_leads_in_signs_off_or_is_to_come_is_no_happening(sentence: str, why_not: str) -> None:
    digest = read_digest(f"It rained in Brod.\n\n{sentence}\n\nBoats came.\n", FLOOD, day=THE_TWELFTH)

    assert [p.why_not for p in digest.passages] == ["", why_not, ""]


def test_a_sentence_like_a_summary_before_the_last_cue_is_none() -> None:
    text = "At noon, it rained. So, on the 12th day of the flood boats came. In the evening, it was dry."

    assert all(p.is_event for p in read_digest(text, FLOOD).passages)


def test_a_heading_may_end_with_a_colon_and_what_leads_to_words_is_none() -> None:
    text = "It rained.\n\nRoads and bridges:\n\nThe bridge was closed.\n\nThe mayor said:\n\nIt holds.\n"

    digest = read_digest(text, FLOOD, day=THE_TWELFTH)

    assert [p.why_not for p in digest.passages] == ["", "a heading", "", "", ""]


def test_lists_headings_as_no_happenings() -> None:
    text = "Weather\n\nIt rained in Brod.\n\nRoads and bridges\n\nThe bridge was closed. Boats came.\n"

    digest = read_digest(text, FLOOD, day=THE_TWELFTH)

    assert digest.title == "Weather"
    assert [p.why_not for p in digest.passages] == ["", "a heading", "", ""]


@pytest.mark.parametrize(
    "credit",
    ["— Perth Echo", "– Bank of Brod", "Photo by Anna Lind/Coast Wire", "Source: the Coast Wire."],
)
def test_a_line_that_only_names_whose_words_they_are_is_a_credit(credit: str) -> None:
    digest = read_digest(f"It rained in Brod.\n\n{credit}\n\nBoats came.\n", FLOOD, day=THE_TWELFTH)

    assert [p.why_not for p in digest.passages] == ["", "a credit", ""]


@pytest.mark.parametrize(
    "sentence",
    ["Sources in Brod said that the dam fell.", "Photos showed the dam.", "Reporting by radio was banned."],
)
def test_a_sentence_that_begins_as_a_credit_does_is_none(sentence: str) -> None:
    assert only(sentence).is_event


@pytest.mark.parametrize(
    "text", ["- Parliament Adopts Budget\n- Ministers Resign\n", "At noon:\n— Parliament Adopts Budget\n"]
)
def test_an_item_of_a_list_with_dashes_is_no_credit(text: str) -> None:
    assert "a credit" not in [p.why_not for p in read_digest(text, FLOOD, day=THE_TWELFTH).passages]


@pytest.mark.parametrize(
    ("line", "why_not"),
    [
        ("[1] Coast Wire, 12 March.", "a credit"),
        ("¹ Coast Wire.", "a credit"),
        ("[2] https://wire.example/a", "a credit"),
        ("https://wire.example/a", "a credit"),
        ("Read more: Mayor resigns after the dam burst", FURNITURE),
        ("Read the full story here.", FURNITURE),
        ("Related: Mayor resigns", FURNITURE),
        ("Sign up for our newsletter.", FURNITURE),
        ("Advertisement", FURNITURE),
        ("Comments (14)", FURNITURE),
        ("© 2030 Coast Wire", FURNITURE),
        ("All rights reserved.", FURNITURE),
        ("Correction: An earlier version misstated the day.", FURNITURE),
        ("| Brod | 12 |", FURNITURE),
        ("Injured | 30", FURNITURE),
        ("#brod #flood", FURNITURE),
        ("Figure 1.", FURNITURE),
        ("Updated at 17.20 BST", FURNITURE),
        ("Unsubscribe | Privacy policy", FURNITURE),
        ("Please enable JavaScript to go on.", FURNITURE),
        ("Photograph: Jane Doe/Coast Wire", "a credit"),
        ("Posted on the door was a list of 40 names.", ""),
        ("Share prices fell.", ""),
        ("Corrections officers went on strike.", ""),
        ("Comments by the mayor angered the town.", ""),
        ("[1] The council voted for the dam.", ""),
        ("BREAKING | The dam burst in the night.", ""),
    ],
)
def test_what_a_page_says_of_itself_is_no_happening(line: str, why_not: str) -> None:
    digest = read_digest(f"It rained in Brod.\n\n{line}\n\nBoats came.\n", FLOOD, day=THE_TWELFTH)

    assert [p.why_not for p in digest.passages] == ["", why_not, ""]


def test_the_marks_of_markdown_are_no_words() -> None:
    text = (
        "It rained in Brod.\n\n## The dam\n\n1/ **[The dam](https://wire.example/a) burst.** Boats came."
        " ([Coast Wire](https://wire.example/b) / [Dawn](https://dawn.example))\n\n![A boat](https://wire.example/c)\n"
    )

    digest = read_digest(text, FLOOD, day=THE_TWELFTH)

    assert [(p.headline, p.why_not) for p in digest.passages] == [
        ("It rained in Brod", ""),
        ("The dam", "a heading"),
        ("The dam burst", ""),
        ("Boats came", ""),
    ]
    assert digest.passages[-1].text == "Boats came. (Coast Wire / Dawn)"
