"""Text as it is typed and as it is kept: composed on its way in, and refused where it cannot be kept."""

import unicodedata

import pytest

from chronicle import seal
from chronicle.record.verifying import problems
from events.editorial import moderation, publishing, stories, texts, writing
from events.editorial.refused import Refused
from events.models import Citation, Event, Place
from tests.support.cast import (
    approve_all,
    chronicle_of,
    confirm_all,
    editions_of,
    entry_of,
    fresh,
    publish,
    term_of,
)
from tests.support.desk import Desk, errors

TYPED = unicodedata.normalize("NFD", "Ağdərə için Şuşa, Ереван й, 각")
KEPT = unicodedata.normalize("NFC", TYPED)
assert TYPED != KEPT


@pytest.mark.parametrize("field", ["headline", "text"])
def test_text_in_decomposed_letters_is_composed_by_the_verb(draft, editor, moderator, field):
    setattr(draft, field, TYPED)
    writing.save_event(draft, by=editor, seen=1)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert getattr(fresh(draft), field) == entry_of(draft).document[field] == KEPT
    assert list(problems()) == []


def test_so_is_it_by_the_form_with_the_names_and_citations_below_it(draft, place, admin_person):
    desk = Desk(admin_person)

    desk.save(desk.open(draft), headline=TYPED, **{"citations-0-quote": TYPED})
    desk.save(desk.open(place), **{"names-0-name": TYPED})

    assert fresh(draft).headline == draft.citations.get().quote == fresh(place).names.get().name == KEPT


def test_words_that_differ_only_in_how_letters_are_composed_are_no_change(published, editor, admin_person):
    Event.objects.update(headline=KEPT)
    publish(published, editor, note="Put otherwise.")
    event = fresh(published)
    event.headline = TYPED
    writing.save_event(event, by=editor, seen=event.version)

    assert publish(event, editor) is None


@pytest.mark.parametrize("verb", ["publish", "withdraw", "day", "retract", "story", "term"])
def test_so_is_what_is_said_of_a_change(published, place, editor, moderator, admin_person, story, verb):
    published.headline, story.title = "Told otherwise", "Otherwise"
    writing.save_event(published, by=editor, seen=1, places=[place])
    publish(published, editor, note="Told otherwise.")
    day, source = published.day, published.citations.get().source
    published.headline = "Told otherwise again"
    writing.save_event(published, by=editor, seen=2)
    confirm_all(published)
    place.names.update(name="Otherwise")

    said_of = {
        "publish": lambda: publishing.publish(published, by=editor, seen=3, note=TYPED),
        "withdraw": lambda: publishing.withdraw(published, by=editor, seen=3, reason=TYPED),
        "day": lambda: publishing.publish_day(day, by=editor, seen=1, note=TYPED),
        "retract": lambda: moderation.retract_source(source, by=moderator, seen=1, reason=TYPED),
        "story": lambda: stories.save_story(story, by=admin_person, seen=1, note=TYPED),
        "term": lambda: writing.print_again(place, by=editor, note=TYPED),
    }
    day.headline = "The water rises"
    type(day).objects.update(headline=day.headline)
    said_of[verb]()

    documents = [edition.document for row in (published, day, source, place) for edition in editions_of(row)]
    notes = [document["note"] for document in (*documents, chronicle_of(story).document)]
    assert any(KEPT in note for note in notes)
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [("NUL \0 here", "NUL character"), ("half \ud83d here", "half of a character")],
    ids=["NUL", "surrogate"],
)
@pytest.mark.parametrize("row", ["draft", "citation", "day", "kind", "source", "text", "story"])
def test_what_cannot_be_kept_is_refused_beside_its_field(request, admin_person, row, typed, said):
    field = {"draft": "headline", "citation": "quote", "day": "headline", "kind": "name"}.get(row, "title")
    row = request.getfixturevalue(row)
    label = row._meta.get_field(field).verbose_name
    save = {
        "event": writing.save_event,
        "citation": writing.save_citation,
        "day": writing.save_day,
        "story": stories.save_story,
        "text": texts.save_text,
    }.get(row._meta.model_name, writing.save_named)
    setattr(row, field, typed)

    with pytest.raises(Refused, match=rf"{label}: The text holds .*{said}.* Take it out, then try again"):
        save(row, by=admin_person, seen=1)

    assert getattr(fresh(row), field) != typed


@pytest.mark.parametrize("typed", ["NUL \0 here", "half \ud83d here"], ids=["NUL", "surrogate"])
@pytest.mark.parametrize("verb", ["publish", "withdraw", "reject", "reopen", "retract"])
def test_so_is_a_note_or_reason(published, citation, moderator, editor, other_source, typed, verb):
    waiting = Citation(event=published, source=other_source, quote="It was shut.")
    writing.save_citation(waiting, by=editor)
    verbs = {
        "publish": lambda: publishing.publish(published, by=editor, seen=1, note=typed),
        "withdraw": lambda: publishing.withdraw(published, by=editor, seen=1, reason=typed),
        "reject": lambda: moderation.reject(waiting, by=moderator, seen=1, code="other", words=typed),
        "reopen": lambda: moderation.reopen(citation, by=moderator, seen=1, words=typed),
        "retract": lambda: moderation.retract_source(other_source, by=moderator, seen=1, reason=typed),
    }

    with pytest.raises(Refused, match="Take it out, then try again"):
        verbs[verb]()


def test_the_form_says_so_and_gives_back_the_rest(draft, admin_person):
    desk = Desk(admin_person)

    response = desk.save(desk.open(draft), headline="NUL \0 here", wording="15:30")

    assert "Null characters are not allowed" in errors(response)
    assert 'value="15:30"' in response.content.decode()


def test_what_came_past_every_form_is_refused_by_the_press(draft, editor, moderator):
    approve_all(draft, moderator)
    Event.objects.update(headline=TYPED)

    with pytest.raises(Refused, match=r"not in the composed form of Unicode .* Take it out"):
        publish(draft, editor)

    assert not hasattr(fresh(draft), "printed")


def test_without_the_rule_decomposed_text_would_be_kept(draft, editor, monkeypatch):
    """The control: what the tests above would not notice if they proved nothing."""
    monkeypatch.setattr("events.models.typed.composed", lambda text: text)
    draft.headline = TYPED

    writing.save_event(draft, by=editor, seen=1)

    assert fresh(draft).headline == TYPED
    with pytest.raises(seal.Unsealable):
        seal.canonical(fresh(draft).headline)


def test_names_are_composed_before_they_are_compared(place, editor, admin_person):
    place.names.create(name=KEPT, language="az")
    desk = Desk(admin_person)

    response = desk.save(desk.open(place), **{"names-0-name": TYPED, "names-0-language": "az"})

    assert response.status_code == 200
    assert Place.objects.get().names.filter(name=KEPT).count() == 1


def test_a_term_is_printed_in_composed_letters(draft, place, editor, moderator, admin_person):
    desk = Desk(admin_person)
    desk.save(desk.open(place), **{"names-0-name": TYPED})
    draft.places.add(place)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert term_of(place).label == KEPT
