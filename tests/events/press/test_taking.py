"""What is taken down: its sheets are gone, its rows have no words, and all the rest stands as before."""

import pytest
from django.db import transaction

from chronicle.models import (
    Bitmap,
    Edition,
    Entry,
    EntryTerm,
    EntryWords,
    Log,
    Page,
    Removal,
    Sheet,
    Spelling,
    Term,
    Text,
)
from chronicle.record import bitmaps
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from events import press
from events.editorial import mending, moderation, publishing, stories, texts, writing
from events.editorial.refused import Refused
from events.press import CannotTake, Taking
from tests.support.cast import entry_of, publish, term_of
from tests.support.factories import (
    ActorFactory,
    EventFactory,
    PlaceFactory,
    StoryFactory,
    TextFactory,
    fresh,
)
from tests.support.media import make_material, public_files, use
from tests.support.taking import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


def is_sound() -> bool:
    return list(problems()) == []


def rebuilt_alike() -> bool:
    before = [list(model.objects.order_by("pk").values()) for model in (Entry, Page, Term, Text, EntryWords)]
    links = set(EntryTerm.objects.values_list("entry", "term", "sk"))
    rebuild()
    after = [list(model.objects.order_by("pk").values()) for model in (Entry, Page, Term, Text, EntryWords)]
    return before == after and links == set(EntryTerm.objects.values_list("entry", "term", "sk"))


def under(name: str) -> set[int]:
    """The numbers of the entries that are found under a name of the index."""
    [ids] = bitmaps.read(Log.objects.get().chronicle_id, [name]).values()
    return set(Entry.objects.filter(pk__in=list(ids)).values_list("number", flat=True))


@pytest.fixture
def place():
    return PlaceFactory(name="The pontoon")


@pytest.fixture
def told(place, editor):
    """An entry that names a place, an actor and a source, and has been corrected."""
    event = EventFactory(
        headline="A canoe sank", wording="10:30", places=[place], actors=[ActorFactory()], published=True
    )
    event.headline = "A canoe drifted"
    writing.save_event(event, by=editor, seen=event.version, places=[place])
    publish(event, editor, "It did not sink.")
    return fresh(event)


def test_an_edition_that_is_not_the_latest_loses_its_sheet(told, editor):
    first = Edition.objects.get(subject="entry/1", edition=1)

    [takedown] = take(("entry/1", (1,)), by=editor)

    assert (takedown.action, takedown.edition, takedown.seq) == ("takedown", 3, Edition.objects.count())
    document = Edition.objects.with_document().get(pk=takedown.pk).document
    assert document == {
        "format": 1, "language": "en", "note": "", "removed": [first.seq], "whole": False, "legal": False,
        "told_on": "",
    }  # fmt: skip
    assert not Sheet.objects.filter(commitment=first.commitment).exists()
    assert Removal.objects.get().commitment == first.commitment
    assert (entry_of(told).headline, entry_of(told).edition) == ("A canoe drifted", 2)
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_what_is_printed_after_that_is_counted_on(told, editor):
    take(("entry/1", (1,)))
    told = fresh(told)
    told.headline = "A canoe drifted off"
    writing.save_event(told, by=editor, seen=told.version)

    edition = publish(told, editor, "It was off.")

    assert (edition.edition, entry_of(told).edition) == (4, 4)
    assert is_sound()


def test_an_entry_is_taken_with_all_its_words(told, place):
    EventFactory(headline="A raft held", wording="11:00", published=True)
    with_words = Sheet.objects.filter(document__icontains="canoe").count()

    [takedown] = take("entry/1", legal=True)

    entry = Entry.objects.get(number=1)
    assert with_words == 2
    assert not Sheet.objects.filter(document__icontains="canoe").exists()
    assert (entry.taken_at, entry.legal, entry.headline, entry.card) == (takedown.at, True, "", "")
    assert entry.told_on == told.day.date
    assert entry.sk > Entry.objects.get(number=2).sk
    assert entry not in Entry.objects.public()
    assert not EntryWords.objects.filter(entry=entry).exists()
    assert not EntryTerm.objects.filter(entry=entry).exists()
    assert (under("all"), under(f"day/{told.day.date}")) == ({2}, {2})
    assert under(f"taken/{told.day.date}") == {1}
    assert under(f"place/{fresh(place).printed.number}") == set()
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_a_withdrawn_entry_is_taken_with_its_reason(told, editor):
    publishing.withdraw(told, by=editor, seen=told.version, reason="It was no canoe.")

    take("entry/1")

    entry = Entry.objects.get()
    assert (entry.withdrawn_at, entry.withdrawn_reason) == (None, "")
    assert entry.taken_at
    assert not Sheet.objects.filter(document__icontains="canoe").exists()
    assert is_sound()


def test_a_place_is_taken_from_the_cards_that_name_it_and_from_every_index(told, place):
    above = PlaceFactory(name="The river")
    below = PlaceFactory(name="Its ladder")
    place.within, below.within = above, fresh(place)
    for each in (place, below):
        each.save()
        with transaction.atomic():
            press.reprint_term(fresh(each), by=None, note="It lies there.")
    EventFactory(headline="A rung broke", places=[below], published=True)
    number = fresh(place).printed.number
    assert under(f"in/{fresh(above).printed.number}") == {1, 2}

    take(f"place/{number}")

    term = Term.objects.get(facet="place", number=number)
    assert (term.label, term.slug, term.lineage, term.under) == ("", "", [], None)
    assert term.taken_at
    assert not Spelling.objects.filter(term=term).exists()
    assert not Bitmap.objects.filter(name__in=[f"place/{number}", f"in/{number}"]).exists()
    assert under(f"in/{fresh(above).printed.number}") == set()
    assert term_of(below).lineage == []
    card = entry_of(told).card
    assert "pontoon" not in card
    assert "taken down" in card
    assert "pontoon" not in EntryWords.objects.get(entry__number=1).names
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


@pytest.mark.parametrize("facet", ["kind", "actor", "outlet", "source"])
def test_any_term_is_taken(told, facet):
    term = Term.objects.get(facet=facet)

    take(term.subject)

    assert term.label not in entry_of(told).card
    assert f"/{facet}/1/" in entry_of(told).card
    assert under(term.subject) == set()
    assert under("all") == {1}
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_a_medium_is_taken_with_its_files(editor):
    material, other = make_material(caption="The pontoon at dusk"), make_material(width=300)
    shows_both, shows_one = (
        use(EventFactory(approved=True), *media) for media in ((material, other), (material,))
    )
    for event in (shows_both, shows_one):
        publish(event, editor)
    subject = term_of(material).subject
    kept = {each["sha256"] for each in term_of(other).document["renditions"]}

    with transaction.atomic():
        take(subject)

    assert under("media") == {1}
    assert "pontoon" not in "".join(Entry.objects.values_list("card", flat=True))
    assert "pontoon" not in "".join(EntryWords.objects.values_list("body", flat=True))
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()
    assert kept


@pytest.mark.django_db(transaction=True)
def test_readers_get_no_file_of_a_medium_that_was_taken(editor):
    material, other = make_material(caption="The pontoon at dusk"), make_material(width=300)
    publish(use(EventFactory(approved=True), material, other), editor)
    kept = {each["sha256"] for each in term_of(other).document["renditions"]}
    assert {name.partition(".")[0] for name in public_files()} > kept

    take(term_of(material).subject)

    assert {name.partition(".")[0] for name in public_files()} == kept
    assert list(mending.mend_files()) == []
    assert {name.partition(".")[0] for name in public_files()} == kept


def test_the_words_of_a_day_are_taken_and_its_number_stays(told, editor):
    day = fresh(told.day)
    day.headline = "The pontoon day"
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(day, by=editor, seen=fresh(day).version)

    take(f"page/{day.date}")

    page = Page.objects.get()
    assert (page.headline, page.number) == ("", day.number)
    assert page.taken_at
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_a_text_is_taken(admin_person):
    TextFactory(published=True)

    take("text/about", legal=True)

    text = Text.objects.get()
    assert (text.title, text.text, text.legal) == ("", "", True)
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_many_are_taken_at_once_whatever_shows_what(told, place):
    source = told.citations.get().source
    EventFactory(headline="A raft held", places=[place], source=source, decided="approved", fate="published")
    term = term_of(place)

    editions = take(term.subject, "source/1", "outlet/1", "entry/1")

    assert [each.subject for each in editions] == [term.subject, "source/1", "outlet/1", "entry/1"]
    assert Entry.objects.get(number=2).card.count("taken down") == 3
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


@pytest.mark.parametrize(
    ("taking", "said"),
    [
        (Taking("entry/1", (2,)), "Edition 2 of “entry/1” is its latest"),
        (Taking("entry/1", (1, 9)), "“entry/1” has no edition 9"),
        (Taking("chronicle"), "the chronicle itself"),
        (Taking("entry/9"), "“entry/9” is not in the record."),
        (Taking("page/2021-02-31"), "“page/2021-02-31” is not in the record."),
        (Taking("anything"), "“anything” is not in the record."),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_done(told, taking, said):
    before = Edition.objects.count()

    with pytest.raises(CannotTake, match=said):
        press.print_takedown(told.story, [Taking("kind/1"), taking], legal=False, by=None)

    assert Edition.objects.count() == before
    assert is_sound()


def test_nothing_is_taken_twice(told):
    take(("entry/1", (1,)))
    with pytest.raises(CannotTake, match="has no edition 1"):
        take(("entry/1", (1,)))
    with pytest.raises(CannotTake, match="no edition 3"):
        take(("entry/1", (3,)))
    with pytest.raises(CannotTake, match="named twice"):
        take(("entry/1", (1,)), "entry/1")
    take("entry/1")
    with pytest.raises(CannotTake, match="“entry/1” was taken down already"):
        take("entry/1")

    assert Removal.objects.count() == 2


def test_of_a_story_that_was_never_printed_nothing_is_taken(db):
    StoryFactory(unopened=True)

    with pytest.raises(CannotTake, match="Nothing of this story"):
        take("entry/1")


def again(row, **values):
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def test_what_was_taken_is_never_printed_again(told, place, editor, moderator, admin_person):
    about = TextFactory(published=True)
    citation = told.citations.get()
    take("entry/1", "text/about", "source/1", term_of(place).subject, f"page/{told.day.date}")
    event = again(told, headline="A canoe, again")
    writing.save_event(event, by=editor, seen=event.version)
    for act in (
        lambda: publish(fresh(told), editor, "Again."),
        lambda: publishing.withdraw(fresh(told), by=editor, seen=fresh(told).version, reason="Gone."),
        lambda: publishing.publish_day(fresh(told.day), by=editor, seen=fresh(told.day).version, note="x"),
        lambda: texts.publish_text(fresh(about), by=admin_person, seen=1, note="Again."),
        lambda: moderation.retract_source(citation.source, by=moderator, seen=1, reason="It was wrong."),
        lambda: writing.print_again(again(place), by=editor),
    ):
        with pytest.raises(Refused, match="was taken down: it is never printed again"):
            act()

    assert is_sound()


def test_what_names_what_was_taken_is_printed_without_it(told, place):
    take(term_of(place).subject, "source/1")
    source = told.citations.get().source
    EventFactory(headline="A raft held", places=[place], source=source, decided="approved", fate="published")
    lying = PlaceFactory(name="Its ladder", within=place)
    EventFactory(headline="A rung broke", places=[lying], published=True)

    card = Entry.objects.get(number=2).card
    assert card.count("taken down") == 2
    assert "pontoon" not in card
    assert term_of(lying).lineage == []
    assert under(term_of(place).subject) == set()
    assert is_sound()
    assert rebuilt_alike()
    assert is_sound()


def test_another_style_of_names_brings_no_name_back(told, place, admin_person):
    taken = term_of(place)
    take(taken.subject)
    story = fresh(told.story)
    story.name_style = "first"

    stories.save_story(story, by=admin_person, seen=story.version)

    assert term_of(place).label == ""
    assert "pontoon" not in entry_of(told).card
    assert is_sound()


def test_the_day_of_what_was_taken_is_told_on(told):
    """A day whose words were taken goes on telling its entries."""
    take(f"page/{told.day.date}")

    EventFactory(headline="A raft held", day=told.day, published=True)

    assert Page.objects.get().taken_at
    assert Entry.objects.get(number=2).headline == "A raft held"
    assert is_sound()
