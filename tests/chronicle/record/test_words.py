"""Which words an entry is found by: of what is told, in every spelling, and of nothing else."""

import pytest

from chronicle.models import Term
from chronicle.record import words
from chronicle.record.words import FILLER, words_of

pytestmark = pytest.mark.no_database


def term(facet: str, **document) -> Term:
    term = Term(facet=facet, number=1, label="what is shown")
    term.document = document
    return term


def names(*spellings: str) -> list[dict]:
    return [{"name": name, "language": "", "used_by": "", "preferred": False} for name in spellings]


TERMS = {
    "kind/1": term("kind", name="Rescue & relief"),
    "place/1": term("place", names=names("Şuşa", "Шуша", "Շուշի")),
    "actor/1": term("actor", names=names("The Fire Brigade")),
    "outlet/1": term("outlet", name="R&D Post"),
    "source/1": term("source", title="The river rises", url="https://post.example/river"),
}


def citation(quote: str = "The water stood.", translation: str = "") -> dict:
    translated = {"text": translation, "language": "en", "by": "Nobody"} if translation else None
    return {"source": "source/1", "outlet": "outlet/1", "quote": quote, "translation": translated}


def entry(**fields) -> dict:
    usual = {"headline": "Boats!", "text": "<p>They went.</p>", "kind": "kind/1", "citations": []}
    indexed = {"places": [{"subject": "place/1"}], "actors": [{"subject": "actor/1"}]}
    return usual | indexed | fields


def test_an_entry_is_found_by_its_words_and_all_names_that_it_is_indexed_under():
    cited = [citation("“La rivière…”", "The river"), citation()]

    found = words_of(entry(citations=cited), TERMS)

    assert found == {
        "headline": "boats",
        "names": f" {FILLER} ".join(
            ["rescue relief", "susa", "шуша", "շուշի", "the fire brigade", "r&d post", "the river rises"]
        ),
        "body": f" {FILLER} ".join(["they went", "la riviere", "the water stood", "the river"]),
    }


def test_nothing_of_the_html_is_a_word_and_no_tag_parts_one():
    text = "<p>R&amp;D, <strong>Boa</strong>ts a&lt;b</p><ul><li>one</li><li>two<br>three</li></ul>"

    assert words_of(entry(text=text), TERMS)["body"] == "r&d boats a<b one two three"


def test_a_text_without_words_leaves_no_gap():
    assert words_of(entry(text="<p>…</p>", citations=[citation("")]), TERMS)["body"] == ""


def test_a_withdrawn_entry_has_no_words():
    assert words_of({"withdrawn": "It was not so.", "moment": {}, "position": 0}, {}) is None


def test_an_entry_is_cut_after_its_names_where_there_is_no_more_room():
    long = " ".join(f"w{n}" for n in range(20_000))

    found = words_of(entry(headline="one two", text=long), TERMS)

    kept = {column: len(text.split()) for column, text in found.items()}
    assert kept["headline"] == 2
    assert kept["body"] == words.MOST_WORDS - kept["headline"] - kept["names"]


def test_an_entry_is_cut_before_a_megabyte_of_words():
    found = words_of(entry(text=" ".join(f"{n}{'𐓘' * 60}" for n in range(11_000))), TERMS)

    assert (
        words.MOST_BYTES - 500
        < sum(len(text.encode()) for text in found.values())
        < words.MOST_BYTES + 12_000
    )


def test_a_word_told_too_often_keeps_its_places_but_is_no_word_there():
    found = words_of(entry(headline="boats", text="Boats! " * 300 + "end"), TERMS)["body"].split()

    assert found == ["boats"] * 248 + [FILLER] * 52 + ["end"]
