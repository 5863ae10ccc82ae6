"""Two edits of one text are put together: what one alone changed is taken, of the rest both stay."""

import pytest

from events.admin.threeway import blocks_together, together

pytestmark = pytest.mark.no_database

LOCK = "Keepers open the lock by night. The water rises by 20 cm."


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        (LOCK, LOCK, LOCK),
        (LOCK, "Another.", "Another."),
        ("Another.", LOCK, "Another."),
        ("The same.", "The same.", "The same."),
        (
            "Keepers open the lock by hand. The water rises by 25 cm.",
            "Keepers open the lock by night. The water rises by 20 cm, the River Authority says.",
            "Keepers open the lock by hand. The water rises by 25 cm, the River Authority says.",
        ),
        (
            "Keepers open the lock by hand. The water rises by 20 cm.",
            "Keepers open the lock by force. The water rises by 20 cm.",
            "Keepers open the lock by hand force. The water rises by 20 cm.",
        ),
    ],
)
def test_plain_words_are_put_together_word_by_word(theirs, mine, both):
    assert together(LOCK, theirs, mine) == both
    assert blocks_together(f"<p>{LOCK}</p>", f"<p>{theirs}</p>", f"<p>{mine}</p>") == f"<p>{both}</p>"


def test_where_nobody_knows_what_they_began_from_both_stand_there():
    assert together("", "One", "Other") == "One Other"
    assert blocks_together("", "<p>One.</p>", "<p>Other.</p>") == "<p>One.</p><p>Other.</p>"


def test_blocks_that_one_alone_changed_are_taken_and_of_others_both():
    base = "<p>First.</p><p>Second <strong>word</strong>.</p><ul><li>Third</li></ul>"
    theirs = "<p>First, changed.</p><p>Second <em>word</em>.</p><ul><li>Third</li></ul>"
    mine = "<p>First.</p><p>Second.</p><ul><li>Third</li></ul><p>Fourth.</p>"

    second = "<p>Second <em>word</em>.</p><p>Second.</p>"
    assert blocks_together(base, theirs, mine) == (
        f"<p>First, changed.</p>{second}<ul><li>Third</li></ul><p>Fourth.</p>"
    )


def test_what_is_not_made_of_blocks_is_compared_whole():
    assert blocks_together("odd", "odd &lt;b&gt;", "odder") == "odd &lt;b&gt;odder"


def test_long_texts_follow_one_another():
    long = "word " * 3000
    assert together(long, f"{long}one", f"{long}other") == f"{long}one\n{long}other"
