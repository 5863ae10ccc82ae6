"""What of an editor's HTML is kept, and that nothing of it runs."""

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import prose

pytestmark = pytest.mark.no_database

XSS = Path(__file__).resolve().parents[3] / "shared" / "data" / "g-hostile" / "xss"


class Inventory(HTMLParser):
    """Every tag and attribute that a browser would make of some HTML."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def assert_harmless(html):
    for tag, attributes in Inventory(html).found:
        assert tag in prose.TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        if "href" in attributes:
            assert re.match(r"https?://", attributes["href"])


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings_in(key)
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def test_keeps_the_small_set_as_it_was_written():
    html = (
        "<p>One <em>two</em> <strong>three</strong><br>four</p>"
        "<ul><li>five</li></ul><blockquote>six</blockquote>"
    )

    assert prose.clean(html) == html


def test_keeps_the_words_of_what_it_takes_out():
    assert prose.clean("<h1>Head</h1><p class=x onclick=go()>Text</p>") == "Head<p>Text</p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "/desk/", "data:text/html,x", "ftp://a.b"]
)
def test_a_link_to_anything_but_http_loses_its_address(address):
    cleaned = prose.clean(f'<a href="{address}">words</a>')

    assert "href" not in cleaned
    assert "words" in cleaned


def test_a_link_to_the_web_is_kept():
    assert 'href="https://example.org/a?b=1"' in prose.clean('<a href="https://example.org/a?b=1">x</a>')


def test_an_editor_left_empty_is_empty():
    assert prose.clean("<p></p>") == ""


def test_plain_text_shows_every_character_of_it():
    assert prose.from_plain("a < b & c\n\nd") == "<p>a &lt; b &amp; c</p>\n\n<p>d</p>"


def test_words_of_html_are_plain_text():
    assert prose.words("<p>a &lt; b</p><p><em>c</em> d</p>") == "a < b\nc d"


def test_no_word_runs_into_the_next_block():
    assert (
        prose.words('a<p dir="auto">b</p>c<ul><li>d</li></ul>e<blockquote>f</blockquote>')
        == "a\nb\nc\nd\ne\nf"
    )


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = prose.clean(text)

    assert prose.clean(once) == once


@pytest.mark.skipif(not XSS.exists(), reason="the shared data set lies beside the checkout, and is not there")
def test_nothing_of_the_hostile_collections_runs():
    hostile = [
        text for file in sorted(XSS.glob("*.json")) for text in strings_in(json.loads(file.read_text()))
    ]

    assert len(hostile) > 500
    for text in hostile:
        assert_harmless(prose.clean(text))


def test_the_inventory_would_notice_what_runs():
    """A control: the check above fails on HTML that was not cleaned."""
    with pytest.raises(AssertionError):
        assert_harmless("<img src=x onerror=alert(1)>")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>cafe\u0301</p>", "<p>caf\u00e9</p>"),
        ("<p>cafe&#769;</p>", "<p>caf\u00e9</p>"),
        ("<p>\u0338stroke</p>", "<p>stroke</p>"),
        ("<p>\u0323\u0338stroke</p>", "<p>\u0323stroke</p>"),
        ("<p>1 &lt;\u0338 2</p>", "<p>1 &lt;\u0338 2</p>"),
    ],
)
def test_letters_are_composed_and_no_tag_is_made_another_character_of(typed, kept):
    assert prose.clean(typed) == kept


PIECES = ["<p>", "</p>", "<em>", "e", "&#824;", "&#769;", "\u0338", "\u0323", ">", "<"]


@given(st.lists(st.sampled_from(PIECES)))
def test_composed_html_is_a_fixed_point(parts):
    kept = prose.clean("".join(parts))

    assert prose.clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize(
    "html",
    [
        '<p><a lang="en" href="//elsewhere.example/">there</a></p>',
        '<p><a dir="ltr" lang="en" href="elsewhere">there</a></p>',
        '<p><a href="/&#9;/elsewhere.example/">there</a></p>',
    ],
)
def test_no_link_without_a_scheme_is_kept_wherever_its_address_stands(html):
    cleaned = prose.clean(html)

    assert "elsewhere" not in cleaned
    assert "there" in prose.words(cleaned)
    assert prose.clean(cleaned) == cleaned


def test_a_card_is_cut_after_its_headline_and_loses_nothing():
    card = '<div class="body"><h3>One</h3><p>Two</p></div>'

    assert prose.halved(card) == ('<div class="body"><h3>One</h3>', "<p>Two</p></div>")
    assert "".join(prose.halved("<p>No headline</p><script>go()</script>")) == "<p>No headline</p>"


@given(st.text())
def test_no_word_ends_a_block_of_data_and_each_comes_back(words):
    block = prose.data_block({"headline": words, words: [words]})

    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == {"headline": words, words: [words]}
    assert not set("<>&\u2028\u2029") & set(inside)


def test_control_json_alone_lets_a_word_end_it():
    assert "</script>" in json.dumps("</script>")
    assert "</script>" not in prose.data_block("</script>")[:-9]


@pytest.mark.parametrize(
    "address",
    ["/a/kind/1-b/", "/a/place/3-%D1%88%D1%83%D1%88%D0%B0-shushi/", "/a/entry/8/", "/a/actor/2-%E6%9D%B1/"],
)
def test_a_card_leads_to_what_it_names_in_any_script(address):
    assert f'href="{address}"' in prose.as_printed(f'<a dir="auto" href="{address}">Named</a>')


@pytest.mark.parametrize(
    "address",
    [
        "/a/%2F%2Felsewhere.example/",
        "/%5Celsewhere.example/",
        "/a/%0A/",
        "/a/%d1%88/",
        "/a/%D/",
        "/a/%41/",
        "/a/ш/",
    ],
)
def test_and_to_nothing_that_is_written_in_another_way(address):
    assert "href" not in prose.as_printed(f'<a href="{address}">Named</a>')


def test_each_block_reads_from_the_side_of_its_own_words():
    html = '<p>In English.</p><p dir="ltr">As said.</p><blockquote><p>بالعربية</p></blockquote>'

    assert prose.printed(html) == (
        '<p dir="auto">In English.</p><p dir="ltr">As said.</p>'
        '<blockquote dir="auto"><p dir="auto">بالعربية</p></blockquote>'
    )
