"""Taking words down by the command: what is shown, what is asked, and who confirms."""

import io

import pytest
from django.core.management import CommandError, call_command

from chronicle.models import Entry
from events.management.commands import take_down
from events.models import Takedown
from tests.support.factories import EventFactory, PersonFactory, fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    return EventFactory(published=True, headline="A name stands here")


@pytest.fixture
def boss():
    return PersonFactory(admin=True)


def run(*named, **options):
    said = io.StringIO()
    how = {"reason": "A court says so.", "by": "admin", "yes": True} | options
    call_command("take_down", "the-flood", *named, stdout=said, stderr=io.StringIO(), **how)
    return said.getvalue()


def test_alone_one_asks_and_confirms_and_all_of_it_is_erased(event, boss):
    said = run("entry/1", legal="4 O 12/26")

    taken, citation = Takedown.objects.get(), event.citations.get()
    assert said.splitlines() == [
        "To be taken down in “The flood”, for good:",
        "  entry/1: A name stands here",
        f"    citation/{citation.pk}: “The bridge was closed.”",
        f"{taken} is taken down. Readers see none of it.",
        f"{taken} in “The flood” is done: the words are in no row and no file of this server.",
    ]
    assert (taken.by_command, taken.asked_by, taken.confirmed_by) == (True, boss, boss)
    assert (taken.legal, taken.order_reference, taken.state) == (True, "4 O 12/26", "done")
    assert Entry.objects.get().taken_at
    assert fresh(event).headline == ""


def test_where_another_administers_it_is_asked_for(event, boss):
    PersonFactory(username="other-boss", is_superuser=True)

    assert "is asked for. On the desk somebody else confirms it: other-boss." in run("entry/1")
    assert (Takedown.objects.get().state, Takedown.objects.get().by_command) == ("asked", False)
    assert fresh(event).headline


def test_a_row_that_readers_never_saw(event, boss):
    draft = EventFactory(headline="Another name")

    assert "Another name" in run(row=[f"event/{draft.pk}"])
    assert (fresh(draft).headline, fresh(event).headline) == ("", "A name stands here")


@pytest.mark.parametrize(("typed", "is_done"), [("the-flood", True), ("the-fire", False), ("", False)])
def test_it_asks_to_type_the_address_of_the_story(event, boss, monkeypatch, typed, is_done):
    asked = []
    monkeypatch.setattr(take_down, "input", lambda words: asked.append(words) or typed, raising=False)
    if is_done:
        run("entry/1", yes=False)
    else:
        with pytest.raises(CommandError, match="Nothing was taken down"):
            run("entry/1", yes=False)

    assert asked == ["Type the-flood to go on: "]
    assert Takedown.objects.exists() == is_done


@pytest.mark.parametrize(
    ("named", "options", "sentence"),
    [
        (["entry/9"], {}, "is not in the record"),
        ([], {}, "Say what is to be taken down"),
        (["nothing at all"], {}, "names nothing"),
        (["entry/1"], {"by": "nobody"}, "There is no account “nobody”"),
        (["entry/1"], {"by": "editor"}, "You may not ask for a takedown"),
    ],
)
def test_what_is_refused_is_said(event, boss, named, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*named, **options)
    assert not Takedown.objects.exists()


def test_a_story_that_is_not_there(boss):
    with pytest.raises(CommandError, match="There is no chronicle “the-fire”"):
        call_command("take_down", "the-fire", "entry/1", reason="x", by="admin")


def test_where_nobody_is_there_to_be_asked_nothing_is_done(event, boss, monkeypatch):
    def nobody(_):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="say --yes"):
        run("entry/1", yes=False)

    assert not Takedown.objects.exists()


def test_who_may_not_ask_is_shown_nothing_of_it(event):
    PersonFactory(editor=True)
    said = io.StringIO()
    with pytest.raises(CommandError, match="You may not ask for a takedown"):
        call_command("take_down", "the-flood", "entry/1", reason="Why.", by="editor", yes=True, stdout=said)

    assert said.getvalue() == ""
