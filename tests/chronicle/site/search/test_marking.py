"""What was asked for is marked where it stands, and nothing else of a page changes."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString, mark_safe
from hypothesis import assume, given
from hypothesis import strategies as st

from chronicle import folding, prose
from chronicle.site.search.asking import MOST, asked
from chronicle.site.search.marking import marked

pytestmark = pytest.mark.no_database


def safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - as if it came out of chronicle.prose


@pytest.mark.parametrize(
    ("said", "html", "shown"),
    [
        ("susa", "<p>In Şuşa.</p>", "<p>In [Şuşa].</p>"),
        ("ШУША", "<p>Шуша, шуша</p>", "<p>[Шуша], [шуша]</p>"),
        ("cafe", "<p>cafe\u0301s cafe\u0301</p>", "<p>cafe\u0301s [cafe\u0301]</p>"),
        ("R&D", "<p>R&amp;D, R D</p>", "<p>[R&amp;D], R D</p>"),
        ("a<b", "<p>a&lt;b &lt;b&gt;</p>", "<p>[a&lt;b] &lt;b&gt;</p>"),
        ("amp lt p class", '<p class="p">R&amp;D</p>', '<p class="p">R&amp;D</p>'),
        ("http", '<a href="http://a.b/?a>b">x http</a>', '<a href="http://a.b/?a>b">x [http]</a>'),
        ("boats", "<p><em>Boa</em>ts <b>boats</b>men</p>", "<p><em>[Boa]</em>[ts] <b>[boats]</b>men</p>"),
        ("one two", "<p>one<br>two</p><p>one</p>", "<p>[one]<br>[two]</p><p>[one]</p>"),
        ('"the river"', "<p>the <em>river</em>, the</p>", "<p>[the] <em>[river]</em>, the</p>"),
        ("Shusha's", "<p>Shusha’s, Shusha: s</p>", "<p>[Shusha]’[s], [Shusha]: [s]</p>"),
        ("riv*", "<p>rivers, river, drive</p>", "<p>[rivers], [river], drive</p>"),
        ("new-yor*", "<p>new yorkers, yorkers</p>", "<p>[new] [yorkers], yorkers</p>"),
        ("rain -river OR fire", "<p>rain river fire</p>", "<p>[rain] river [fire]</p>"),
        ("1 2", "<p>½ ½</p>", "<p>[½] [½]</p>"),
        ("x", "", ""),
        ("-x", "<p>x</p>", "<p>x</p>"),
        ("x", "&#120; &notone; &x; x", "[&#120;] &notone; &[x]; [x]"),
    ],
)
def test_each_word_is_marked_where_it_stands(said, html, shown):
    found = marked(safe(html), asked(said))

    assert found.replace("<mark>", "[").replace("</mark>", "]") == shown
    assert isinstance(found, SafeString)


def test_what_is_not_safe_is_escaped_first():
    assert marked("<b> rain", asked("rain")) == "&lt;b&gt; <mark>rain</mark>"


class Structure(HTMLParser):
    """The tags and the text of some HTML, and which of the text is outside every mark."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.outside: list[str] = []
        self.within = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "mark":
            assert not self.within
            self.within = True
        else:
            assert not self.within
            self.tags.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if tag == "mark":
            self.within = False
        else:
            assert not self.within
            self.tags.append(f"/{tag}")

    def handle_data(self, data):
        self.text += data
        if not self.within:
            self.outside.append(data)


WORDS = ["rain", "Şuşa", "R&D", "a<b", "½", "cafe\u0301", "amp", "p", "em", "'", '"', "İ", "ß"]
TEXT = (st.sampled_from(WORDS) | st.text(max_size=4)).map(escape)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<em>", "</em>", '<a href="http://a.b/?x=1&amp;p=2">', "</a>", "<br>", " "]
)
HTML = st.lists(TEXT | TAGS).map("".join).map(prose.clean)
SAID = st.sampled_from(["rain", "susa", '"rain susa"', "R&D", "a<b", "1", "ra*", "amp", "p em", "caf*", "ss"])


@given(html=HTML, said=SAID | st.text(max_size=5))
def test_nothing_but_marks_is_added_and_no_tag_or_reference_is_broken(html, said):
    found = marked(safe(html), asked(said))

    assert re.sub("</?mark>", "", found) == html
    before, after = Structure(html), Structure(found)
    assert (after.tags, after.text) == (before.tags, before.text)


@given(html=HTML)
def test_no_word_stands_outside_a_mark_where_each_is_asked_for(html):
    words = list(dict.fromkeys(folding.words(prose.words(html))))
    assume(len(words) <= MOST)

    outside = Structure(marked(safe(html), asked(" ".join(words)))).outside

    assert folding.words(" ".join(outside)) == []


def test_a_card_for_a_page_is_marked_after_it_is_cleaned():
    """A control: the cleaner of cards keeps no mark that was printed, or typed by an editor."""
    card = prose.as_printed("<h3>Rain</h3><div class='text'><p><mark>rain</mark></p></div>")

    assert "mark" not in card
    assert marked(card, asked("rain")).count("<mark>") == 2


def test_what_is_not_safe_is_escaped_after_the_same_was_marked_as_safe():
    question = asked("rain")
    html = "<b> rain </b> that was never seen"

    assert marked(safe(html), question) == "<b> <mark>rain</mark> </b> that was never seen"
    assert marked(html, question) == "&lt;b&gt; <mark>rain</mark> &lt;/b&gt; that was never seen"
