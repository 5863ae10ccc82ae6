"""Headlines are cut from the sentence."""

import pytest

from events.importers.digest import read_digest
from tests.support.article import ARTICLE, FLOOD, events, only

pytestmark = pytest.mark.no_database


def test_cuts_the_headline_from_the_sentence() -> None:
    headlines = [p.headline for p in events(read_digest(ARTICLE, FLOOD))]

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
        "But at 07:20 ",
        "And then, ",
        "And then, at 07:20, ",
        "• (07:20) – ",
        "2. (07:20) ",
        "07:20 | ",
        "07:20. ",
        "07:20 (approx.): ",
        "At 07:20 (local time) ",
        "While the mayor spoke, ",
    ],
)
def test_a_headline_begins_with_what_happened(lead: str) -> None:
    assert only(f"{lead}the dam gave way.").headline == "The dam gave way"


def test_a_word_that_belongs_to_the_next_is_no_conjunction() -> None:
    assert only("So many boats came that the quay was shut.").headline.startswith("So many boats came")


@pytest.mark.parametrize(
    "line",
    ["BROD, March 12 (Coast Wire) - ", "LOM AND BROD (Coast Wire) — ", "📊 Poll/ ", "⚡️⚡️ ", "③ ", "❗️"],
)
def test_drops_the_dateline_of_an_agency_and_the_pictures_before_a_line(line: str) -> None:
    assert only(f"{line}The dam was closed.").headline == "The dam was closed"


def test_keeps_a_name_in_capitals_before_a_dash_within_its_word() -> None:
    assert only("NATO-led boats came.").headline == "NATO-led boats came"


@pytest.mark.parametrize("time", ["„17:00“", "« 17:00 »", "“17:00” –"])
def test_leaves_no_mark_of_the_quotation_that_held_the_time(time: str) -> None:
    assert only(f"{time} The mayor left.").headline == "The mayor left"
