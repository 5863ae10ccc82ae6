"""The word list of a story: where prose strays from it, and who writes it."""

import pytest

from events.editorial import word_list
from events.editorial.refused import Refused
from events.models import HouseWord
from tests.support.cast import make_member
from tests.support.desk import Desk, told

RIVER = HouseWord(say="river", instead_of="stream", because="it is one")
TERROR = HouseWord(say="attackers", instead_of="terror group")


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>The Stream rose.</p>", [RIVER]),
        ("<p>Streams rose, streaming.</p>", []),
        ("<p>A terror\n group by the stream.</p>", [RIVER, TERROR]),
        ("<p>She said “the stream rose”.</p>", []),
        ('<p>«stream», „stream“, "stream"</p>', []),
        ("<p>He said “the stream rose. It did.</p><p>The stream fell.</p>", [RIVER]),
        ("<blockquote><p>The stream.</p></blockquote><p>It rose.</p>", []),
        ("<p>It said <q>stream</q>.</p>", []),
        ("", []),
    ],
)
def test_prose_strays_outside_of_quotations_alone(html, found):
    assert word_list.strays("", html, [RIVER, TERROR]) == found


@pytest.mark.parametrize(
    ("headline", "html", "found"),
    [
        ("The stream rises", "<p>It rose.</p>", [RIVER]),
        ("The “stream” rises", "<p>It rose.</p>", []),
        ("Below <2 m the stream is shallow, above > 3 m it is not", "<p>It rose.</p>", [RIVER]),
        ("“It fell", "<p>The stream rose.</p>", [RIVER]),
    ],
)
def test_a_headline_is_plain_words_and_no_quotation_of_it_reaches_the_text(headline, html, found):
    assert word_list.strays(headline, html, [RIVER]) == found


def lines(*words):
    sent = {"word-TOTAL_FORMS": len(words), "word-INITIAL_FORMS": 0}
    for at, (say, instead_of, because) in enumerate(words):
        sent |= {f"word-{at}-say": say, f"word-{at}-instead_of": instead_of, f"word-{at}-because": because}
    return sent


def save(desk, story, *words, seen=None):
    version = seen or desk.get("words", story.pk).context["version"]
    return desk.post("words", story.pk, data={**lines(*words), "seen": version})


def test_a_manager_writes_it_and_editors_and_moderators_are_told_where_prose_strays(
    story, draft, editor, moderator
):
    manager = Desk(make_member("manager-here", story, "manager"))
    began = manager.get("words", story.pk).context["version"]
    sent = ("shut", "closed", "the city says so"), ("", "", ""), ("stream", "river", "")

    assert save(manager, story, *sent).status_code == 302
    sentence = "Say “shut”, not “closed”, because the city says so."
    assert sentence in Desk(editor).get("words", story.pk).content.decode()

    assert sentence in Desk(editor).open(draft).content.decode()
    assert sentence in Desk(moderator).get("review").content.decode()
    again = save(manager, story, ("shut", "shut", ""))
    assert "Give a word, and another" in again.content.decode() or "Give another word" in told(again)
    twice = save(manager, story, ("shut", "closed", ""), ("locked", "closed", ""))
    assert told(twice) == "This is in the word list already."
    late = save(manager, story, ("boat", "ship", ""), seen=began)
    assert told(late) == word_list.CHANGED
    assert 'value="boat"' in late.text
    assert "As it is now" in late.text
    assert "Say “stream”, not “river”." in late.text
    assert story.house_words.count() == 2
    assert Desk(editor).post("words", story.pk, data=lines()).status_code == 403


def test_it_has_an_end(story, editor):
    with pytest.raises(Refused, match="at most 500"):
        word_list.set_words(story, [RIVER] * 501, by=editor, seen="")
