"""Takedowns: who asks, who confirms, what can be named, and what is left on the desk."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from chronicle.models import Edition, Sheet
from chronicle.record.verifying import problems
from events.editorial import (
    copying,
    keeping,
    materials,
    moderation,
    policy,
    publishing,
    scheduling,
    takable,
    takedowns,
    using,
    writing,
)
from events.editorial.going import going_with
from events.editorial.refused import NO_WORDS, Refused, Stale
from events.editorial.takedowns import Part, part_of
from events.erasing.wording import MAY_HAVE_NAMED
from events.models import Author, Decision, DeskText, Event, Place, PlaceName, Source, Takedown, Use, Words
from media.models import Custody
from tests.support.cast import approve_all, make_member, make_person, publish
from tests.support.desk import Desk
from tests.support.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    fresh,
)
from tests.support.media import make_material, use
from tests.support.pictures import upload
from tests.support.proposals import accept, propose

ENTRY = Part("entry/1")


@pytest.fixture
def boss(db):
    return PersonFactory(admin=True)


@pytest.fixture
def other_boss(db):
    return PersonFactory(username="other-boss", is_superuser=True)


def ask(story, *parts, by, **how):
    return takedowns.ask(story, list(parts), by=by, **{"reason": "A court says so."} | how)


def take(story, *parts, legal=False):
    """What one administrator asks for and another confirms."""
    asked = ask(story, *parts, by=PersonFactory(admin=True), legal=legal)
    other = PersonFactory(username="other-boss", is_superuser=True)
    return takedowns.confirm(asked, by=other, seen=asked.version)


def row(of):
    return Part(row=f"{of._meta.model_name}/{of.pk}")


def refused(sentence):
    return pytest.raises(Refused, match=sentence)


def test_one_asks_and_another_confirms(published, boss, other_boss):
    asked = ask(published.story, ENTRY, by=boss, legal=True, order_reference="4 O 12/26")

    assert Sheet.objects.filter(document__headline=published.headline).exists()
    with refused("another administrator confirms it"):
        takedowns.confirm(asked, by=boss, seen=1)
    done = takedowns.confirm(asked, by=other_boss, seen=1)

    assert (done.state, done.step, done.confirmed_by) == ("erasing", "files", other_boss)
    assert not Sheet.objects.filter(document__headline=published.headline).exists()
    assert Edition.objects.filter(subject="entry/1").latest("seq").action == "takedown"
    assert [(each.verb, each.by, each.note) for each in done.decisions.order_by("pk")] == [
        ("ask", boss, ""),
        ("confirm", other_boss, ""),
    ]


def test_who_administers_nothing_neither_asks_nor_confirms(published, boss, editor, moderator, manager):
    asked = ask(published.story, ENTRY, by=boss)
    for person in (editor, moderator, manager, make_member("member", published.story, "manager")):
        with refused("You may not ask for a takedown"):
            ask(published.story, ENTRY, by=person)
        with refused("You may not confirm this takedown"):
            takedowns.confirm(asked, by=person, seen=1)
        with refused("You may not take this takedown back"):
            takedowns.take_back(asked, by=person, seen=1)


def test_it_says_why_and_refers_to_an_order_only_by_law(published, boss):
    for how, sentence in (
        ({"reason": " "}, "Say why"),
        ({"reason": "x" * 2001}, "in at most 2,000"),
        ({"order_reference": "4 O 12/26"}, "Only a takedown by a legal order"),
    ):
        with refused(sentence):
            ask(published.story, ENTRY, by=boss, **how)
    assert not Takedown.objects.exists()


def test_it_is_taken_back_and_then_not_confirmed(published, boss, other_boss):
    asked = ask(published.story, ENTRY, by=boss)
    with pytest.raises(Stale):
        takedowns.take_back(asked, by=boss, seen=2)
    takedowns.take_back(asked, by=boss, seen=1)

    with refused("it is taken back"):
        takedowns.confirm(asked, by=other_boss, seen=2)
    assert fresh(published).headline


def test_its_own_reason_can_be_erased_and_the_job_runs_again(published, other_boss):
    taken = take(published.story, ENTRY, legal=True)
    Takedown.objects.update(state="done", step="", done_at=taken.confirmed_at)
    takedowns.erase_reason(taken, by=other_boss, seen=2)

    now = fresh(taken)
    assert (now.reason, now.order_reference, now.state, now.step) == ("", "", "erasing", "files")
    Takedown.objects.update(state="done", step="", done_at=taken.confirmed_at)
    with refused("erased already"):
        takedowns.erase_reason(now, by=other_boss, seen=3)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ([], "Say what is to be taken down"),
        ([ENTRY, Part("entry/1", (1,))], "entry/1 stands there twice"),
        ([Part("entry/9")], "entry/9.* is not in the record"),
        ([Part("chronicle")], "the chronicle itself"),
        ([Part("entry/1", (1,))], "Edition 1 of .*is its latest"),
        ([Part("place/x")], "is not in the record"),
        ([Part(row="event/99")], "This desk has no event/99"),
        ([Part(row="story/1")], "This desk has no story/1"),
        ([Part(row="event/x")], "This desk has no event/x"),
    ],
)
def test_what_cannot_be_taken_is_refused_when_it_is_asked_for(published, boss, named, sentence):
    with refused(sentence):
        ask(published.story, *named, by=boss)
    assert Edition.objects.filter(action="takedown").count() == 0


def test_what_readers_saw_is_named_by_its_subject(published, boss):
    citation = published.citations.get()
    for it, said in (
        (published, "as entry/1"),
        (citation, "as a citation of entry/1"),
        (citation.source, "as source/1"),
        (published.day, "as page/2021-03-03"),
    ):
        with refused(said):
            ask(published.story, row(it), by=boss)


def test_a_row_of_another_story_is_not_there(published, boss):
    theirs = KindFactory(story=StoryFactory(slug="the-fire", title="The fire"))
    with refused("has no kind"):
        ask(published.story, row(theirs), by=boss)


def test_a_kind_in_use_is_not_taken_from_under_its_events(draft, boss):
    with refused("is the kind of 1 events"):
        ask(draft.story, row(draft.kind), by=boss)


def test_what_was_published_in_the_meantime_is_not_confirmed_as_a_row(
    draft, boss, other_boss, moderator, editor
):
    asked = ask(draft.story, row(draft), by=boss)
    approve_all(draft, moderator)
    publish(draft, editor)

    with refused("Readers saw event/.* as entry/1"):
        takedowns.confirm(asked, by=other_boss, seen=1)


def test_parts_are_read_as_they_are_typed():
    assert part_of("entry/42@3,1") == Part("entry/42", (1, 3))
    assert part_of(" page/2020-11-08 ") == Part("page/2020-11-08")
    assert part_of("event/7", on_the_desk=True) == Part(row="event/7")
    assert str(part_of("entry/42@1,3")) == "entry/42@1,3"
    for wrong in ("", "entry/42@", "Entry 42", "entry/42@x"):
        with refused("names nothing"):
            part_of(wrong)


def test_what_would_go_is_shown_and_kept_nowhere(published, boss):
    CitationFactory(event=published, source=published.citations.get().source, quote="It stayed open.")

    [going] = going_with(published.story, [ENTRY])

    assert (going.name, going.said) == ("entry/1", published.headline)
    assert [line.partition(": ")[2] for line in going.along] == [
        "“The bridge was closed.”",
        "“It stayed open.”",
    ]


def test_an_event_is_emptied_with_its_citations_and_the_words_of_their_decisions(published, place, actor_of):
    CitationFactory(event=published, source=published.citations.get().source, quote="No.", rejected=True)
    before = fresh(published)
    authors, decisions = Author.objects.count(), Decision.objects.count()
    take(published.story, ENTRY)

    now = fresh(published)
    assert (now.state, str(now), now.text, now.wording) == ("erased", "Taken down", "", "")
    assert (now.earliest, now.happened_on) != (before.earliest, None)
    assert (now.hmac, now.version) == (before.hmac, before.version + 1)
    assert not now.places.exists() and not now.actors.exists()
    assert {each.state for each in now.citations.all()} == {"erased"}
    assert not Words.objects.filter(decision__citation__event=now).exclude(text="").exists()
    assert not Words.objects.filter(decision__event=now).exclude(text="").exists()
    assert (Author.objects.count(), Decision.objects.count()) == (authors, decisions + 2)


@pytest.fixture
def actor_of(published, editor):
    published.places.add(PlaceFactory(name="The dam"))
    published.actors.add(ActorFactory())
    return published


def test_nobody_gives_it_words_again(published, editor, moderator, admin_person):
    citation = published.citations.get()
    seen, said = fresh(published), fresh(citation)
    take(published.story, ENTRY)
    now = fresh(published)

    seen.version = now.version
    for deed in (
        lambda: writing.save_event(seen, by=editor, seen=now.version),
        lambda: writing.save_citation(said, by=editor, seen=citation.version + 1),
        lambda: CitationFactory(event=now, source=citation.source),
        lambda: using.show(now, [], by=editor, seen=now.version),
        lambda: publishing.publish(now, by=editor, seen=now.version, note="Again."),
        lambda: publishing.withdraw(now, by=editor, seen=now.version, reason="No."),
        lambda: keeping.bring_back(now, by=editor, seen=now.version),
        lambda: moderation.approve(citation, by=moderator, seen=citation.version + 1),
    ):
        with refused(NO_WORDS):
            deed()


def test_a_source_never_printed_takes_its_citations_and_proposals_along(draft, editor, moderator):
    citation = draft.citations.get()
    approve_all(draft, moderator)
    proposal = propose(citation.source, editor, title="The river falls", why="It fell.")
    relay = SourceFactory(outlet=OutletFactory(name="Radio"), title="Bulletin", relays=citation.source)
    relayed = str(citation.source)
    take(draft.story, row(citation.source))

    assert str(fresh(citation.source)) == "Taken down"
    assert fresh(citation).state == "erased"
    assert (fresh(proposal).state, fresh(proposal).fields, fresh(proposal).base) == ("erased", {}, {})
    assert (fresh(relay).relays, fresh(relay).origin) == (None, relay.outlet)
    assert not Words.objects.filter(text__contains=relayed).exists()
    assert not Words.objects.filter(text="It fell.").exists()


def test_an_outlet_never_printed_takes_its_sources_along(draft):
    outlet = draft.citations.get().source.outlet
    take(draft.story, row(outlet))

    assert str(fresh(outlet)) == "Taken down"
    assert fresh(draft.citations.get().source).erased_at
    assert fresh(draft.citations.get()).erased_at
    OutletFactory(name="Another")
    assert OutletFactory(name="The Harbour Post").pk != outlet.pk


def test_what_a_decision_on_something_else_tells_of_it_goes_too(published):
    """A printed source is taken: its citations stay with their quotation, and what was read of them does not
    name it any more."""
    citation = published.citations.get()
    named = f"Source: {citation.source}"
    assert Words.objects.filter(text__contains=named).exists()
    take(published.story, Part("source/1"), Part("outlet/1"))

    assert not Words.objects.filter(text__contains=named).exists()
    assert fresh(citation).quote == "The bridge was closed."
    assert Words.objects.filter(decision__citation=citation, hmac=citation.hmac).exists()


def test_a_place_loses_its_names_and_leaves_what_named_it(published, place, editor):
    other = PlaceFactory(name="The harbour", within=place)
    draft = EventFactory(headline="Not yet", places=[place])
    take(published.story, row(place))

    assert str(fresh(place)) == "Taken down"
    assert (fresh(place).latitude, fresh(other).within) == (None, None)
    assert not fresh(draft).places.exists()
    with refused("The place that you chose was taken down"):
        writing.save_event(fresh(draft), by=editor, seen=1, places=Place.objects.all())
    with refused(NO_WORDS):
        writing.save_named(fresh(place), by=editor, seen=fresh(place).version)
    with refused(NO_WORDS):
        copying.copy(fresh(place), into=StoryFactory(slug="the-fire"), by=editor)


def test_a_day_loses_its_words_and_goes_on_telling_events(published, editor, admin_person):
    day = fresh(published.day)
    day.headline = "The third day"
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(day, by=editor, seen=day.version)
    take(published.story, Part("page/2021-03-03"))

    assert fresh(day).headline == ""
    with refused(NO_WORDS):
        writing.save_day(fresh(day), by=editor, seen=fresh(day).version)
    assert EventFactory(day=fresh(day), headline="Another").pk


def test_the_log_of_the_desk_forgets_what_it_called_the_row(published, editor):
    LogEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(Event),
        object_id=str(published.pk),
        object_repr=published.headline,
        action_flag=2,
        change_message="Words.",
    )
    take(published.story, ENTRY)

    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.change_message) == (f"event {published.pk}", "")


def reworded(event, editor, moderator, headline):
    event = fresh(event)
    event.headline = headline
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, note="Told otherwise.")
    return fresh(event)


def test_of_single_editions_goes_what_was_decided_while_they_were_made(published, editor, moderator):
    first = published.headline
    gone = CitationFactory(
        event=published, source=published.citations.get().source, quote="A name.", approved=True
    )
    moderation.reopen(gone, by=moderator, seen=gone.version, words="Not that.")
    moderation.reject(gone, by=moderator, seen=gone.version, code="inexact", words="Not that name.")
    event = reworded(published, editor, moderator, "Somebody closes a bridge")
    take(event.story, Part("entry/1", (1, 2, 3)[: editions(event) - 1]))

    now = fresh(event)
    assert (now.headline, now.state) == ("Somebody closes a bridge", "published")
    assert fresh(gone).state == "erased"
    assert not Words.objects.filter(text__contains=first).exists()
    assert not Words.objects.filter(text__contains="name").exists()
    assert Words.objects.filter(text__contains="Somebody closes a bridge").exists()
    assert Words.objects.filter(text="Told otherwise.").exists()
    assert fresh(published.citations.exclude(pk=gone.pk).get()).state == "approved"


def editions(event):
    return Edition.objects.filter(chronicle__key=event.story.key, subject="entry/1").count()


def test_a_medium_loses_its_words_its_name_and_its_place_in_events(
    media_folder, published, editor, moderator
):
    made = materials.add(published.story, upload_of("bridge.txt"), by=editor)
    made = materials.change(made, by=editor, seen=1, credit="A", rights="own", caption="The bridge")
    using.show(fresh(published), [Use(material=made, caption="Here")], by=editor, seen=published.version)
    take(published.story, row(made))

    now = fresh(made)
    assert (now.state, str(now), now.asset.name) == ("erased", "Taken down", "")
    assert now.asset.erased_at and not now.asset.renditions.exists()
    assert not Use.objects.exists()
    with refused(NO_WORDS):
        materials.open_original(now, by=editor)
    with refused("taken down for good"):
        materials.add(published.story, upload_of("again.txt"), by=editor)


def upload_of(name):
    return upload(b"The bridge, told in a text.\n", name)


def test_where_nobody_else_administers_the_server_does(published, boss, admin_person):
    assert takedowns.others_who_confirm(boss) == []
    asked = ask(published.story, ENTRY, by=boss, by_command=True)
    with refused("You asked for this: another administrator confirms it."):
        takedowns.confirm(asked, by=boss, seen=1)
    assert takedowns.confirm(asked, by=boss, seen=1, by_command=True).by_command

    make_person("closed")
    assert takedowns.others_who_confirm(boss) == []
    assert takedowns.others_who_confirm(PersonFactory(username="x", is_superuser=True)) == [boss]


def told_in_decisions(text):
    return Words.objects.filter(text__contains=text).exists()


def test_a_decision_tells_no_more_of_a_source_that_had_another_name_and_another_citation(
    published, editor, moderator
):
    """A citation was decided on, is of another source now, and the first has been renamed since."""
    citation = published.citations.get()
    source, before = citation.source, str(citation.source)
    citation.source = SourceFactory(outlet=OutletFactory(name="Radio"), title="Bulletin")
    writing.save_citation(citation, by=editor, seen=citation.version)
    Source.objects.filter(pk=source.pk).update(title="Called otherwise since")
    assert told_in_decisions(f"Source: {before}")
    take(published.story, Part("source/1"))

    assert not told_in_decisions(before.partition(": ")[2])


def test_a_decision_on_a_medium_tells_no_more_of_an_event_that_dropped_it(
    media_folder, published, editor, moderator
):
    """Nor of a place that had another name then."""
    place = PlaceFactory(name="The old dam")
    made = materials.add(published.story, upload_of("bridge.txt"), by=editor)
    using.show(fresh(published), [Use(material=made, caption="Seen here")], by=editor, seen=published.version)
    made = materials.change(fresh(made), by=editor, seen=fresh(made).version, place=place)
    event = fresh(published)
    using.show(event, [], by=editor, seen=event.version)
    PlaceName.objects.filter(place=place).update(name="The new dam")
    assert told_in_decisions("Seen here") and told_in_decisions("The old dam")
    take(published.story, ENTRY, row(place))

    assert not told_in_decisions("Seen here")
    assert not told_in_decisions("The old dam")
    assert fresh(made).state == "pending"


def test_why_an_event_was_not_published_tells_no_more_of_a_medium_under_an_earlier_caption(
    media_folder, published, editor
):
    made = materials.add(published.story, upload_of("bridge.txt"), by=editor)
    said = "“Not yet” shows a picture that readers may not see. “An earlier caption”: it waits."
    other = held_back(EventFactory(headline="Not yet", approved=True), editor, said)
    mine = held_back(EventFactory(headline="Nor this", approved=True), editor, "It was changed since.")
    take(published.story, row(made))

    assert fresh(other).schedule_refusal == MAY_HAVE_NAMED
    assert fresh(mine).schedule_refusal == "It was changed since."


def held_back(event, by, why, **note):
    """``event``, of which something stood against its publication when it was due."""
    soon = timezone.now() + timedelta(hours=1)
    publishing.schedule(fresh(event), by=by, seen=fresh(event).version, at=soon, **note)
    Event.objects.filter(pk=event.pk).update(schedule_refusal=why)
    return fresh(event)


def test_why_it_was_not_published_goes_with_editions_of_an_event(published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="It was open.")
    publishing.reopen_event(fresh(published), by=editor, seen=fresh(published).version)
    event = held_back(published, editor, f"“{published.headline}” needs more.", note="It was closed.")
    take(event.story, Part("entry/1", (1,)))

    assert fresh(event).schedule_refusal == MAY_HAVE_NAMED


def test_why_a_medium_was_withdrawn_goes_with_the_edition_that_said_so(
    media_folder, published, editor, moderator
):
    """Its editions are its own; what was done with its file is written down beside them."""
    made = make_material()
    publish(use(fresh(published), made), editor, note="A picture.")
    materials.take_down(fresh(made), by=moderator, reason="A name asks for it.")
    made = materials.change(fresh(made), by=editor, seen=fresh(made).version, credit="Nobody")
    materials.approve(fresh(made), by=moderator, seen=fresh(made).version)
    publish(use(fresh(published), made), editor, note="Shown again.")
    assert Custody.objects.filter(note__contains="A name").exists()
    take(published.story, Part("asset/1", (2,)))

    assert not Custody.objects.filter(note__contains="A name").exists()
    assert not Sheet.objects.filter(document__icontains="A name").exists()
    assert fresh(made).credit == "Nobody"


def test_a_note_that_readers_were_given_goes_with_its_edition_and_not_with_its_decision(published, editor):
    """Or it was said to be gone, and stood in the history of the entry."""
    for note in ("Canarybird was named.", "Plain."):
        seen = fresh(published)
        seen.is_key = not seen.is_key
        writing.save_event(seen, by=editor, seen=seen.version)
        publish(published, editor, note)
    told = Decision.objects.get(words__text__contains="Canarybird")
    with refused(f"the note of decision/{told.pk} in the history of entry/1@2: name that instead"):
        take(published.story, row(told))

    take(published.story, Part("entry/1", (2,)))

    assert not Sheet.objects.filter(document__icontains="Canarybird").exists()
    assert not Words.objects.filter(text__contains="Canarybird").exists()
    assert Words.objects.filter(text="Plain.").exists()


def test_why_an_entry_was_once_withdrawn_is_with_readers_yet(published, editor):
    publishing.withdraw(published, by=editor, seen=fresh(published).version, reason="Canarybird asks for it.")
    publishing.reopen_event(published, by=editor, seen=fresh(published).version)
    publish(published, editor, "It holds.")
    told = Decision.objects.get(words__text__contains="Canarybird")
    assert fresh(published).withdrawal_reason == ""

    with refused("in the history of entry/1@2: name that instead"):
        take(published.story, row(told))


def test_the_note_of_what_was_accepted_is_with_readers_too(published, editor, moderator):
    source = published.citations.get().source
    accept(propose(source, editor, title="The river falls"), moderator, note="Canarybird said so.")
    told = Decision.objects.get(words__text__contains="Canarybird", verb="accept")

    with refused(f"The note of decision/{told.pk} is what proposal/[0-9]+ says still"):
        take(published.story, row(told))


def test_a_change_accepted_before_its_source_was_printed_goes_with_what_it_was_made_from(editor, moderator):
    """Its first title stands in no edition: there is nothing else to be named instead."""
    source = SourceFactory(title="Witness Canarybird speaks")
    event = EventFactory(source=source, decided="approved")
    proposal = propose(source, editor, title="A witness speaks", why="Canarybird is named.")
    accept(proposal, moderator, note="It was renamed.")
    publish(event, editor)
    assert not Sheet.objects.filter(document__icontains="Canarybird").exists()

    told = Decision.objects.filter(words__text__contains="Canarybird", proposal=None).distinct()
    take(event.story, row(proposal), *(row(each) for each in told))

    now = fresh(proposal)
    assert (now.state, now.fields, now.base, now.erased_at is None) == ("accepted", {}, {}, False)
    assert not Words.objects.filter(text__contains="Canarybird").exists()
    assert not DeskText.objects.filter(text__contains="canarybird").exists()
    assert fresh(source).title == "A witness speaks"
    assert list(problems()) == []


def test_a_proposal_that_readers_saw_is_no_row_that_they_never_did(published, editor, moderator):
    source = published.citations.get().source
    accepted = propose(source, editor, title="The river falls", why="It fell.")
    accept(accepted, moderator)
    accepted = fresh(accepted)
    with refused("Readers saw proposal/[0-9]+ as an edition of source/1: name that instead"):
        take(published.story, row(accepted))
    with refused("Readers saw it as an edition of source/1: take that down, or the editions"):
        takable.part_of_row(accepted)


NAMED_ONCE = "Witness Canarybird"


def named_and_changed_back(event, editor, moderator):
    """Have ``event`` name somebody, as readers never see it, be confirmed so, and say again what it said."""
    for headline in (f"{NAMED_ONCE} closes a bridge", event.headline):
        seen = fresh(event)
        seen.headline = headline
        writing.save_event(seen, by=editor, seen=seen.version)
        for citation in event.citations.all():
            moderation.confirm(citation, by=moderator, seen=citation.version)


def texts_with(words):
    return Words.objects.filter(text__contains=words)


def test_words_of_decisions_alone_go_and_what_they_decided_stands(published, editor, moderator):
    named_and_changed_back(published, editor, moderator)
    before = list(texts_with(NAMED_ONCE).values_list("decision", "about", "hmac"))
    assert before

    take(published.story, *(Part(row=f"decision/{pk}") for pk in sorted({pk for pk, *_ in before})))

    assert not texts_with(NAMED_ONCE).exists()
    kept = Words.objects.filter(decision__in=[pk for pk, *_ in before])
    assert set(before) <= set(kept.values_list("decision", "about", "hmac"))
    assert Edition.objects.filter(subject="entry/1").count() == 1
    publish(published, editor)
    assert fresh(published).state == "published"


def test_a_decision_without_words_or_of_another_story_is_refused(published, boss):
    decision = published.decisions.first()
    silent = Part(row=f"decision/{decision.pk}")
    with refused(rf"decision/{decision.pk} is taken down already, or never had words"):
        ask(published.story, silent, by=boss)
    with refused("This desk has no decision/"):
        ask(StoryFactory(slug="another"), silent, by=boss)


def test_what_was_noted_of_the_story_itself_goes_by_its_decision(published, manager):
    policy.set_policy(published.story, by=manager, seen=fresh(published.story).version, citations_needed=2)
    noted = published.story.decisions.get(verb="set policy")
    assert noted.note

    take(published.story, row(noted))

    assert Decision.objects.get(pk=noted.pk).note == ""


def test_a_note_that_a_row_says_still_does_not_go_by_its_decision(published, editor, boss):
    publishing.withdraw(published, by=editor, seen=fresh(published).version, reason="Canarybird asked.")
    publishing.reopen_event(fresh(published), by=editor, seen=fresh(published).version)
    at = timezone.now() + timedelta(days=1)
    note = f"{NAMED_ONCE} may be told."
    publishing.schedule(fresh(published), by=editor, seen=fresh(published).version, at=at, note=note)
    decision = row(published.decisions.get(verb="schedule"))

    with refused(rf"The note of {decision.row} is what event/{published.pk} says still: undo that"):
        ask(published.story, decision, by=boss)
    scheduling.unschedule(fresh(published), by=editor, seen=fresh(published).version)
    take(published.story, decision)

    assert not texts_with(NAMED_ONCE).exists()
    assert not Event.objects.filter(schedule_note__contains=NAMED_ONCE).exists()


def test_why_something_was_not_published_goes_with_words_of_decisions_on_it(published, editor):
    waiting = held_back(EventFactory(approved=True), editor, f"“{NAMED_ONCE}” needs a citation.")
    take(waiting.story, row(waiting.citations.get().decisions.first()))
    assert fresh(waiting).schedule_refusal == MAY_HAVE_NAMED


def test_what_another_takedown_has_taken_meanwhile_keeps_nothing_from_being_taken(
    published, boss, other_boss
):
    first, second, *_ = Words.objects.exclude(text="").order_by("pk")
    both = ask(published.story, row(first.decision), row(second.decision), by=boss)
    alone = ask(published.story, row(first.decision), by=boss)
    for asked in (alone, both):
        takedowns.confirm(asked, by=other_boss, seen=1)

    assert not Words.objects.filter(decision__in=[first.decision, second.decision]).exclude(text="").exists()
    assert fresh(both).state == "erasing"


def test_a_moderator_is_told_that_what_was_approved_was_taken_down(published, editor, moderator):
    approved = published.citations.get().decisions.get(verb="approve")
    seen = fresh(published)
    seen.headline = "Another bridge is closed"
    writing.save_event(seen, by=editor, seen=seen.version)
    take(published.story, row(approved))

    page = Desk(moderator).get("review").text
    assert "What it said then was taken down: read all of it." in page
