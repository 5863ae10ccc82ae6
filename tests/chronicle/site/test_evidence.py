"""Citations are put together by what they say, and what only repeats another report is told apart."""

import itertools
from types import SimpleNamespace

import pytest

from chronicle.site import evidence

pytestmark = pytest.mark.no_database
NUMBERS = itertools.count(100)


def citation(stance="supports", outlet="outlet/1", origin="outlet/1", source=""):
    source = source or f"source/{next(NUMBERS)}"
    return {"stance": stance, "source": source, "outlet": outlet, "origin": origin}


def groups(*citations):
    shown = [{"quote": f"Quotation {n}."} for n in range(len(citations))]
    return evidence.groups(list(citations), shown, {"outlet/1": SimpleNamespace(called="The Post")})


def told(found):
    return [(group.heading, group.stance, [words["quote"] for words, _ in group.cited]) for group in found]


def test_they_stand_by_stance_and_no_group_is_empty():
    found = groups(citation("disputes"), citation(), citation("mentions"), citation())

    assert told(found) == [
        ("Say so", "supports", ["Quotation 1.", "Quotation 3."]),
        ("Mention it", "mentions", ["Quotation 2."]),
        ("Say otherwise", "disputes", ["Quotation 0."]),
    ]
    assert evidence.counted(found) == "2 say so, 1 mentions it, 1 says otherwise"
    assert groups() == []


def test_two_passages_of_one_source_are_one_voice():
    found = groups(citation(source="source/1"), citation(source="source/1"), citation("mentions"))

    assert evidence.counted(found) == "1 says so in 2 passages, 1 mentions it"


def test_a_relay_is_told_apart_with_whom_it_repeats():
    found = groups(citation(), citation(outlet="outlet/2"), citation("disputes", outlet="outlet/3"))

    assert told(found)[1] == ("Repeat another’s report", "mentions", ["Quotation 1."])
    assert found[1].cited[0][1] == "The Post"
    assert told(found)[2][0] == "Say otherwise"
