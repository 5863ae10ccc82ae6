"""Words that the press copied out of what is taken down: they go with it, and what they did holds still."""

import pytest
from django.utils import timezone

from chronicle.models import Edition, EntryWords, Removal, Sheet, Term
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from events import press
from events.editorial import materials, moderation, publishing, stories, takedowns, writing
from events.editorial.going import going_with
from events.erasing.emptying import empty
from events.press import Taking
from tests.support.cast import entry_of, publish, term_of
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory, fresh
from tests.support.media import approve, change, make_material, use
from tests.support.taking import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]
CANARY = "Quillon"
"""A name that stands in nothing else."""
WHY = f"The paper found that {CANARY} was not there."


def sheets_with_it():
    return Sheet.objects.filter(document__icontains=CANARY).count()


def is_sound():
    return list(problems()) == []


def numbers_of(subject):
    """Which of its editions have a sheet, but takedowns."""
    printed = Edition.objects.filter(subject=subject).exclude(action="takedown").order_by("edition")
    gone = set(Removal.objects.values_list("commitment", flat=True))
    return [each.edition for each in printed if each.commitment not in gone]


@pytest.fixture
def told(editor, moderator):
    """An entry that cites a source which was taken back after it was printed, and was changed since."""
    event = EventFactory(headline="A canoe sank", published=True)
    source = event.citations.get().source
    moderation.retract_source(source, by=moderator, seen=fresh(source).version, reason=WHY)
    event = fresh(event)
    event.headline = "A canoe drifted"
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, "It did not sink.")
    return fresh(event)


def test_why_a_source_was_taken_back_goes_with_it_and_that_it_was_stays(told, client):
    assert sheets_with_it() == 3
    assert CANARY in entry_of(told).card

    take("source/1")

    assert sheets_with_it() == 0
    entry = entry_of(told)
    assert (entry.headline, entry.standing) == ("A canoe drifted", "retracted")
    assert CANARY not in entry.card
    assert "Source retracted. Why was taken down." in entry.card
    assert numbers_of("entry/1") == [1, entry.edition]
    assert [each["retracted"] for each in entry.document["citations"]] == ["taken-down"]
    assert Term.objects.get(facet="source").retracted
    page = client.get(entry.get_absolute_url())
    assert "Source retracted. Why was taken down." in page.content.decode()
    assert is_sound()
    rebuild()
    assert Term.objects.get(facet="source").retracted
    assert is_sound()


def test_what_is_printed_later_says_so_still(told, editor):
    take("source/1")
    empty_on_the_desk(told.citations.get().source)
    told.headline = "A canoe drifted off"
    writing.save_event(told, by=editor, seen=told.version)

    publish(told, editor, "Further than was said.")

    assert (entry_of(told).standing, sheets_with_it()) == ("retracted", 0)
    assert is_sound()


def empty_on_the_desk(row):
    """The row of the desk loses its words, as it does where a takedown is confirmed."""
    empty([fresh(row)], by=None, at=timezone.now())
    row = fresh(row)
    assert (row.retraction_reason, str(row)) == ("", "Taken down")
    assert row.retracted_at


def test_a_source_that_relays_it_was_printed_for_the_same_reason(editor, moderator):
    event = EventFactory(published=True)
    source = event.citations.get().source
    relay = SourceFactory(outlet=OutletFactory(name="Radio"), title="Bulletin", relays=source)
    citing = EventFactory(headline="A raft held", source=relay, decided="approved", fate="published")
    source.title = "Another title"
    moderation.retract_source(source, by=moderator, seen=fresh(source).version, reason=WHY)
    assert sheets_with_it() >= 2

    take("source/1")

    assert sheets_with_it() == 0
    assert entry_of(citing).headline == "A raft held"
    assert is_sound()


def test_an_entry_that_was_withdrawn_since_keeps_none_of_it(told, editor):
    publishing.withdraw(told, by=editor, seen=told.version, reason="It was no canoe.")
    last = Edition.objects.filter(subject="entry/1").latest("edition").edition

    take("source/1")

    assert sheets_with_it() == 0
    assert numbers_of("entry/1") == [1, last]
    assert entry_of(told).withdrawn_reason == "It was no canoe."
    assert is_sound()


def test_what_is_named_besides_goes_once(told):
    editions = take("source/1", ("entry/1", (1,)))

    assert sheets_with_it() == 0
    assert len(numbers_of("entry/1")) == 1
    assert sorted(each.subject for each in editions if each.action == "takedown") == ["entry/1", "source/1"]
    take("entry/1")
    assert is_sound()


def test_an_entry_that_goes_wholly_is_not_printed_anew(told):
    take("source/1", "entry/1")

    assert sheets_with_it() == 0
    assert numbers_of("entry/1") == []
    assert is_sound()


def test_of_a_source_that_was_never_taken_back_every_entry_stays_as_it_was(editor):
    event = EventFactory(published=True)
    before = entry_of(event).edition

    take("source/1")

    assert (entry_of(event).edition, numbers_of("entry/1")) == (before, [1])


def test_what_would_go_along_is_told_beforehand(told):
    assert press.copies(told.story, [Taking("source/1")]) == [Taking("entry/1", (2, 3))]
    assert press.copies(told.story, [Taking("kind/1")]) == []

    [going] = going_with(told.story, [takedowns.Part("source/1")])
    assert going.copies == ["entry/1@2,3"]


def test_what_an_entry_calls_a_medium_goes_with_it(editor):
    material = make_material()
    event = use(
        EventFactory(headline="A raft held", approved=True), material, caption=f"{CANARY} on the raft"
    )
    publish(event, editor)
    assert sheets_with_it() == 1

    take("asset/1")

    assert (sheets_with_it(), numbers_of("entry/1")) == (0, [2])
    entry = entry_of(event)
    assert entry.document["media"] == [{"subject": "asset/1", "caption": ""}]
    assert CANARY not in entry.card
    assert not EntryWords.objects.filter(body__icontains=CANARY).exists()
    assert is_sound()
    rebuild()
    assert is_sound()


def test_a_caption_that_an_entry_had_once_goes_too(editor):
    material = make_material()
    event = use(EventFactory(approved=True), material, caption=f"{CANARY} on the raft")
    publish(event, editor)
    publish(use(fresh(event)), editor, "Another day.")

    take("asset/1")

    assert (sheets_with_it(), numbers_of("entry/1")) == (0, [2])
    assert is_sound()


def test_why_a_medium_was_withdrawn_goes_with_it(editor, moderator):
    material = make_material()
    event = use(EventFactory(headline="A raft held", approved=True), material)
    publish(event, editor)
    materials.take_down(material, by=moderator, reason=f"{CANARY} asks for it.")
    assert sheets_with_it() == 2

    take("asset/1")

    assert sheets_with_it() == 0
    assert entry_of(event).headline == "A raft held"
    assert is_sound()


def test_of_single_editions_goes_what_they_alone_said(editor, moderator):
    """A medium that was withdrawn for a reason and let in again."""
    material = make_material()
    event = use(EventFactory(headline="A raft held", approved=True), material, caption="On the raft")
    publish(event, editor)
    materials.take_down(material, by=moderator, reason=f"{CANARY} asks for it.")
    material = approve(fresh(material))
    material.taken_down_at, material.taken_down_reason = None, ""
    material.save()
    press.print_material(fresh(material), by=None, note="It may be shown.")
    assert numbers_of("asset/1") == [1, 2, 3]

    take(("asset/1", (2,)))

    assert sheets_with_it() == 0
    assert numbers_of("asset/1") == [1, 3]
    assert Sheet.objects.filter(document__icontains="On the raft").exists()
    assert is_sound()


def test_what_was_copied_goes_though_the_edition_it_began_with_went_before(editor, moderator):
    material = make_material()
    event = use(EventFactory(approved=True), material, caption=f"{CANARY} on the raft")
    publish(event, editor)
    change(fresh(material), credit="Nobody")
    press.print_material(fresh(material), by=None, note="She asks for it.")
    publish(use(fresh(event)), editor, "Another day.")
    take(("asset/1", (1,)))
    assert sheets_with_it() == 1

    take("asset/1")

    assert sheets_with_it() == 0
    assert is_sound()


def test_the_first_edition_of_the_chronicle_is_taken_and_the_rest_rebuilt(told, admin_person):
    story = fresh(told.story)
    story.title = "The great flood"
    stories.save_story(story, by=admin_person, seen=story.version)

    take(("chronicle", (1,)))

    assert numbers_of("chronicle") == [2]
    rebuild()
    assert is_sound()


def test_single_editions_of_the_chronicle_are_taken(told, admin_person, client):
    story = fresh(told.story)
    story.description = f"What {CANARY} did."
    stories.save_story(story, by=admin_person, seen=story.version)
    story = fresh(story)
    story.description = "What was done."
    stories.save_story(story, by=admin_person, seen=story.version)
    said = Edition.objects.filter(subject="chronicle").order_by("edition").with_document()
    [number] = [each.edition for each in said if CANARY in each.document["description"]]

    take(("chronicle", (number,)))

    assert not Sheet.objects.filter(document__description=f"What {CANARY} did.").exists()
    with pytest.raises(press.CannotTake, match="is its latest"):
        take(("chronicle", (number + 1,)))
    assert client.get(f"/{story.slug}/").status_code == 200
    assert is_sound()
    rebuild()
    assert is_sound()


def test_a_citation_of_something_else_keeps_its_mark_and_its_words(told, editor, moderator):
    """Two sources were taken back: only of the one that is taken down the reason goes."""
    other = SourceFactory(outlet=OutletFactory(name="Radio"), title="Bulletin")
    CitationFactory(event=told, source=other, quote="It sank.", approved=True)
    publish(fresh(told), editor, "Another source.")
    moderation.retract_source(other, by=moderator, seen=fresh(other).version, reason="It was another river.")

    take("source/1")

    assert sheets_with_it() == 0
    whys = {each["source"]: each["retracted"] for each in entry_of(told).document["citations"]}
    assert whys == {"source/1": "taken-down", term_of(other).subject: "It was another river."}
    assert is_sound()
