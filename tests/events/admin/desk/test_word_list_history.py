"""The history of the word list of a story: one line a save, word by word, and a way back to each."""

import pytest

from events.editorial import word_list
from events.editorial.takedowns import Part
from events.erasing import editions
from events.models import Revision
from tests.events.admin.test_unsaved import take_parts
from tests.events.editorial.test_word_list import lines
from tests.support.cast import make_member
from tests.support.choosing import choose
from tests.support.desk import Desk, told

CLOSED = ("shut", "closed", "the city says so")


@pytest.fixture
def manager(story):
    return Desk(make_member("manager-here", story, "manager"))


def save(desk, story, *words, why="", seen=None):
    version = seen or desk.get("words", story.pk).context["version"]
    return desk.post("words", story.pk, data={**lines(*words), "seen": version, "saying": why})


def history(desk, story, **query):
    return desk.get("words_history", story.pk, **query)


def test_each_save_leaves_one_line_with_who_and_why(manager, story):
    save(manager, story, CLOSED, why="As agreed.")
    save(manager, story, CLOSED)
    save(manager, story, ("shut", "closed", "the mayor says so"), ("<b>stream", "river", ""))

    page = history(manager, story)

    found = [
        (str(each["revision"]), [change.label for change in each["changes"]])
        for each in page.context["revisions"]
    ]
    assert found == [
        ("Version 2", ["instead of “closed”", "instead of “river”"]),
        ("Version 1", ["instead of “closed”"]),
    ]
    assert "As agreed." in page.text and "manager-here" in page.text
    assert '<del><span class="visually-hidden">taken out: </span>city</del>' in page.text
    assert "<b>stream" not in page.text


def test_a_version_is_restored_as_an_ordinary_save(manager, story):
    save(manager, story, CLOSED)
    save(manager, story, ("boat", "ship", ""))
    first = Revision.objects.get(version=1)

    shown = history(manager, story, restore=first.pk)
    assert [word.say for word in story.house_words.all()] == ["boat"]
    answer = choose(manager, shown)

    assert answer.status_code == 302
    assert word_list.said_in(story) == first.after
    last = word_list.revisions_of(story)[0]
    assert (last.version, last.why) == (3, "Restored: version 1.")
    assert "nothing to restore" in history(manager, story, restore=first.pk).text


def test_a_restoration_over_a_newer_list_is_refused_with_both(manager, story):
    save(manager, story, CLOSED)
    shown = history(manager, story, restore=Revision.objects.get().pk)
    save(manager, story, ("boat", "ship", ""))
    shown = history(manager, story, restore=Revision.objects.earliest("pk").pk)
    save(manager, story, ("pier", "quay", ""))

    late = choose(manager, shown)

    assert told(late) == word_list.CHANGED
    assert 'value="closed"' in late.text and "Say “pier”, not “quay”." in late.text
    assert "Restored: version 1." in late.text


def test_a_line_that_is_emptied_is_taken_out_and_one_that_is_as_it_was_stays(manager, story):
    save(manager, story, CLOSED, ("boat", "ship", ""))
    version = manager.get("words", story.pk).context["version"]

    as_shown = lines(("", "", ""), ("boat", "ship", "")) | {"word-INITIAL_FORMS": 2}
    answer = manager.post("words", story.pk, data={**as_shown, "seen": version})

    assert answer.status_code == 302
    assert [word.say for word in story.house_words.all()] == ["boat"]


def test_a_list_that_is_older_than_its_history_stands_in_it(manager, story):
    story.house_words.create(say="boat", instead_of="ship")

    save(manager, story, CLOSED)

    revision = Revision.objects.get()
    assert (revision.began, revision.version) == (1, 2)
    assert revision.before[word_list.LINES][0]["say"] == "boat"


def test_editors_see_it_and_restore_nothing(manager, editor, story):
    save(manager, story, CLOSED)
    desk, first = Desk(editor), Revision.objects.get()

    assert "the city says so" in history(desk, story).text
    assert "Restore this version" not in history(desk, story).text
    assert history(desk, story, restore=first.pk).status_code == 403
    assert history(manager, story, restore=0).status_code == 404


def test_a_reason_that_is_too_long_is_refused_with_the_rest_typed(manager, story):
    late = save(manager, story, CLOSED, why="x" * 501)

    assert told(late) == "Say why in at most 500 characters."
    assert 'value="closed"' in late.text
    assert not story.house_words.exists()


@pytest.fixture
def named_once(manager, admin_person, published):
    """A story whose first edition is to go, and which had a name in its word list until the second."""
    save(manager, published.story, ("the minister", "Named", ""))
    save(manager, published.story, CLOSED)
    desk = Desk(admin_person)
    assert desk.save(desk.open(published.story), title="The great flood").status_code == 302
    save(manager, published.story, ("boat", "ship", ""))
    return published.story


def names_in_histories():
    return [
        row.version
        for row in Revision.objects.filter(model=word_list.LIST)
        if "Named" in str((row.before, row.after))
    ]


def test_a_takedown_of_editions_of_the_story_forgets_what_its_list_said_then(named_once):
    take_parts(named_once, Part("chronicle", (1,)))

    assert names_in_histories() == []
    assert not Revision.objects.filter(model="story").exists()
    assert [row.version for row in word_list.revisions_of(named_once)] == [3]


def test_control_histories_that_nobody_forgets_hold_the_words(named_once, monkeypatch):
    monkeypatch.setattr(editions, "_forget_history", lambda *_: None)

    take_parts(named_once, Part("chronicle", (1,)))

    assert names_in_histories() == [2, 1]
    assert Revision.objects.filter(model="story").exists()
