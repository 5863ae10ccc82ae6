"""Each constraint of the database, on the desk and in the record, against what tries to break it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from chronicle.models import Bitmap, Edition, Entry, EntryTerm, Page, Spelling, Term
from chronicle.models import Text as PrintedText
from events.editorial import people
from events.models import (
    Actor,
    Author,
    Citation,
    Claim,
    Day,
    Decision,
    Event,
    FactorChange,
    Host,
    HouseWord,
    Invitation,
    Kind,
    Material,
    Membership,
    Outlet,
    Place,
    Printed,
    Proposal,
    Pseudonym,
    Revision,
    SavedView,
    Source,
    Story,
    Takedown,
    TakedownPart,
    Text,
    Unsaved,
    Use,
    Words,
)
from events.models.emptied import EMPTIED
from tests.support.emptying import unguarded
from tests.support.factories import ActorFactory, EventFactory, PersonFactory, PlaceFactory, TextFactory
from tests.support.pictures import row as file_row
from tests.support.sampling import kept_for_a_module

NOON = datetime(2021, 3, 3, 12, tzinfo=UTC)
TOO_LATE = datetime(4000, 1, 1, 0, 0, 1, tzinfo=UTC)
BREAKERS = {}


def breaks(name):
    """Registers a function that tries to break the constraint ``name`` in a published story."""

    def register(function):
        BREAKERS.setdefault(name, []).append(function)
        return function

    return register


def updates(constraint, model, /, **values):
    """What an UPDATE of every row of ``model`` would break."""
    BREAKERS.setdefault(constraint, []).append(lambda row: model.objects.update(**values))


def again(row, **values):
    """Insert a copy of ``row``, otherwise unlike it where ``values`` say so."""
    row.pk, row._state.adding = None, True
    for field, value in values.items():
        setattr(row, field, value)
    models.Model.save_base(row, force_insert=True)


updates("story_ends_after_it_begins", Story, last_date=date(2021, 2, 28))
updates("story_parts_in_order", Story, morning_begins=time(0))
updates("story_parts_in_order", Story, afternoon_begins=time(5))
updates("story_parts_in_order", Story, evening_begins=time(12))
updates("story_in_years_1_to_3999", Story, last_date=date(4000, 1, 1))
updates("story_in_years_1_to_3999", Story, first_date=date(4000, 1, 1), last_date=None)
updates("story_recheck_is_known", Story, recheck="never")
updates("author_of_words", Author, hmac="")
breaks("author_once_of_the_same_words")(lambda event: again(Author.objects.first()))
updates("story_has_a_zone", Story, zone="")
updates("day_in_years_1_to_3999", Day, date=date(4000, 1, 1))
updates("event_in_years_1_to_3999", Event, happened_on=date(4000, 1, 1))
updates("event_in_years_1_to_3999", Event, latest=TOO_LATE)
updates("event_overruled_in_years_1_to_3999", Event, overruled_earliest=NOON, overruled_latest=TOO_LATE)
updates("event_position_0_to_511", Event, position=512)
updates("entry_begins_before_it_ends", Entry, earliest=F("latest"))
updates("entry_parts_of_the_day", Entry, parts=0)
updates("entry_parts_of_the_day", Entry, parts=16)
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_at=NOON, headline="", card="")
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_at=NOON, withdrawn_reason="x")
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_reason="x")
updates("entry_standing_is_known", Entry, standing="certain")
for model, taken in ((Entry, "entry"), (Page, "page"), (Term, "term"), (PrintedText, "printed_text")):
    updates(f"{taken}_taken_without_words", model, legal=True)
updates("entry_taken_without_words", Entry, taken_at=NOON)
updates("entry_taken_without_words", Entry, taken_at=NOON, card="")
updates("entry_taken_without_words", Entry, taken_at=NOON, headline="")
for word in ("headline", "sentence", "summary", "occasion"):
    updates("page_taken_without_words", Page, taken_at=NOON, **{word: "x"})
updates("term_taken_without_words", Term, taken_at=NOON, label="")
updates("term_taken_without_words", Term, taken_at=NOON, slug="")
updates("printed_text_taken_without_words", PrintedText, taken_at=NOON, title="")
updates("printed_text_taken_without_words", PrintedText, taken_at=NOON, text="")
updates("term_facet_is_known", Term, facet="mood")
updates("printed_text_name_is_known", PrintedText, name="mood")
updates("text_name_is_known", Text, name="mood")
updates("text_says_something", Text, title="")
updates("text_says_something", Text, text="")
updates("text_publishes_a_version_it_had", Text, published_version=2)
updates("edition_action_is_known", Edition, action="mood")
updates("edition_counts_from_one", Edition, seq=0)
updates("edition_counts_from_one", Edition, edition=0)
updates("day_publishes_a_version_it_had", Day, published_version=2)
ANYBODY = Decision.objects.order_by("pk").values("by")[:1]
for model, constraint in (
    (Day, "day_awaits_in_somebodys_name_and_a_version"),
    (Text, "text_awaits_in_somebodys_name_and_a_version"),
):
    updates(constraint, model, awaits_by=ANYBODY)
    updates(constraint, model, awaits_version=1)
    updates(constraint, model, awaits_refusal="x")
    updates(constraint, model, awaits_by=ANYBODY, awaits_version=2)
OPENS = "story_opens_once_at_a_time_by_somebody_from_somewhere"
updates(OPENS, Story, opened_at=None, open_at=NOON)
updates(OPENS, Story, opened_at=None, open_by=ANYBODY)
updates(OPENS, Story, opened_at=None, open_origin="chronicle.example")
updates(OPENS, Story, opened_at=None, open_refusal="x")
updates(OPENS, Story, open_at=NOON, open_by=ANYBODY, open_origin="chronicle.example")
updates("event_begins_before_it_ends", Event, latest=F("earliest"))
updates("event_overruled_on_both_sides_in_order", Event, overruled_earliest=NOON)
updates("event_overruled_on_both_sides_in_order", Event, overruled_earliest=NOON, overruled_latest=NOON)
updates("event_state_is_known", Event, state="hidden")
updates("event_published_in_a_version_it_had", Event, published_version=0)
updates("event_published_in_a_version_it_had", Event, published_version=2)
updates("event_published_by_a_kind", Event, published_kind=None)
SCHEDULED = "event_scheduled_exactly_by_whom_and_which_version"
WHEN, WHOM, WHICH = (
    {"publish_at": NOON},
    {"scheduled_by": F("created_by")},
    {"scheduled_version": F("version")},
)
updates(SCHEDULED, Event, state="scheduled", **WHEN, **WHICH)
updates(SCHEDULED, Event, state="scheduled", **WHEN, **WHOM)
updates(SCHEDULED, Event, state="scheduled", **WHEN, **WHOM, scheduled_version=2)
updates(SCHEDULED, Event, **WHEN, **WHOM, **WHICH)
updates(SCHEDULED, Event, schedule_note="x")
updates(SCHEDULED, Event, schedule_refusal="x")
updates("event_withdrawn_exactly_with_reason", Event, state="withdrawn")
updates("event_withdrawn_exactly_with_reason", Event, withdrawal_reason="x")
updates("event_discarded_was_never_published", Event, state="discarded")
updates("event_has_a_headline", Event, headline="")
UNDECIDED = {"approved_by": None, "approved_at": None, "approved_version": None}
updates("citation_state_is_known", Citation, state="liked", **UNDECIDED)
updates("citation_approved_exactly_with_by_whom_when_and_which_words", Citation, approved_by=None)
updates("citation_approved_exactly_with_by_whom_when_and_which_words", Citation, approved_at=None)
updates("citation_approved_exactly_with_by_whom_when_and_which_words", Citation, approved_version=None)
updates("citation_approved_exactly_with_by_whom_when_and_which_words", Citation, version=2)
updates("citation_approved_exactly_with_by_whom_when_and_which_words", Citation, state="pending")
updates("citation_nobody_approves_their_own", Citation, approved_by=F("submitted_by"))
updates("citation_nobody_approves_their_own", Citation, changed_by=F("approved_by"))
updates("citation_credibility_1_to_6", Citation, credibility=7)
updates("citation_credibility_1_to_6", Citation, credibility=0)
updates("citation_stance_is_known", Citation, stance="shrugs")
updates("citation_keeps_approved_words_only_while_it_waits", Citation, keeps_approved=True)
updates("citation_quotes_something", Citation, quote="")
updates("citation_translated_into_a_language_by_someone", Citation, translation="x")
updates("citation_translated_into_a_language_by_someone", Citation, translated_by="x")
updates("citation_translated_into_a_language_by_someone", Citation, translation="x", translated_by="x")
updates("membership_role_is_known", Membership, role="owner")
updates("membership_ended_exactly_with_by_whom", Membership, ended_at=NOON)
updates("membership_ended_exactly_with_by_whom", Membership, ended_by=F("added_by"))
updates("invitation_role_is_known", Invitation, role="owner")
updates("invitation_accepted_exactly_with_by_whom", Invitation, accepted_at=NOON)
updates("invitation_accepted_exactly_with_by_whom", Invitation, accepted_by=F("made_by"))
updates("invitation_ended_exactly_with_by_whom", Invitation, ended_at=NOON)
updates("invitation_ended_exactly_with_by_whom", Invitation, ended_by=F("made_by"))
updates(
    "invitation_is_accepted_or_ended_but_not_both",
    Invitation,
    accepted_at=NOON,
    accepted_by=F("made_by"),
    ended_at=NOON,
    ended_by=F("made_by"),
)


@breaks("membership_open_once")
def _(event):
    again(Membership.objects.get())


updates("material_state_is_known", Material, state="liked", **UNDECIDED)
MATERIAL_APPROVED = "material_approved_exactly_with_by_whom_when_and_which_words"
updates(MATERIAL_APPROVED, Material, approved_by=None)
updates(MATERIAL_APPROVED, Material, approved_at=None)
updates(MATERIAL_APPROVED, Material, approved_version=None)
updates(MATERIAL_APPROVED, Material, version=2)
updates(MATERIAL_APPROVED, Material, state="pending")
updates("material_nobody_approves_their_own", Material, approved_by=F("submitted_by"))
updates("material_nobody_approves_their_own", Material, changed_by=F("approved_by"))
updates("material_is_somewhere_exactly_or_nowhere", Material, latitude=38)
updates("material_is_somewhere_exactly_or_nowhere", Material, longitude=-9)
updates("material_taken_down_exactly_with_reason", Material, taken_down_at=NOON)
updates("material_taken_down_exactly_with_reason", Material, taken_down_reason="x")
updates("material_shows_another_file", Material, shown=F("asset"))
updates("decision_by_nobody_only_takes_down", Decision, by=None)
updates("decision_has_exactly_one_subject", Decision, event=None, citation=None)
updates("outlet_reliability_a_to_f", Outlet, reliability="G")
updates("outlet_has_a_name", Outlet, name="")
updates("kind_has_a_name", Kind, name="")
updates("source_retracted_exactly_with_reason", Source, retracted_at=NOON)
updates("source_retracted_exactly_with_reason", Source, retraction_reason="x")
updates("source_has_a_title", Source, title="")
updates("source_leads_to_the_web", Source, url="javascript:alert(1)")
updates("source_leads_to_the_web", Source, archived_url="httpx://example.org/")
updates("outlet_leads_to_the_web", Outlet, url=" https://example.org/")
updates("material_leads_to_the_web", Material, url="data:text/html,x")
updates("source_does_not_relay_itself", Source, relays=F("id"))
updates("actor_nature_is_known", Actor, nature="ghost")
updates("place_has_both_coordinates_or_none", Place, longitude=None)
updates("place_has_both_coordinates_or_none", Place, latitude=91)
updates("place_has_both_coordinates_or_none", Place, longitude=-181)
updates("place_has_both_coordinates_or_none", Place, latitude=None, longitude=None, precision=5)
updates("place_does_not_lie_in_itself", Place, within=F("id"))
updates("proposal_is_of_a_source_or_an_outlet", Proposal, source=None)
breaks("proposal_is_of_a_source_or_an_outlet")(lambda _: Proposal.objects.update(outlet=Outlet.objects.get()))
updates("proposal_state_is_known", Proposal, state="liked")
PROPOSAL_DECIDED = "proposal_decided_exactly_with_by_whom_and_when"
updates(PROPOSAL_DECIDED, Proposal, state="open")
updates(PROPOSAL_DECIDED, Proposal, decided_at=None)
updates(PROPOSAL_DECIDED, Proposal, decided_by=None)
PROPOSAL_OWN = "proposal_nobody_decides_on_their_own_but_takes_it_back"
updates(PROPOSAL_OWN, Proposal, decided_by=F("proposed_by"))
updates(PROPOSAL_OWN, Proposal, state="taken_back")
updates("proposal_accepted_with_a_note", Proposal, state="accepted")
updates("printed_is_the_row_of_its_facet", Printed, facet="place")
updates("printed_is_the_row_of_its_facet", Printed, kind=None)


def sets_before_year_1(constraint, model, field, instant=False, also=""):
    """What an UPDATE by somebody at the database would break, with a year that Python does not know."""
    on = {"postgresql": "0001-12-31 BC", "sqlite": "0000-12-31"}
    at = {"postgresql": "0001-12-31 23:00:00+00 BC", "sqlite": "0000-12-31 23:00:00"}

    @breaks(constraint)
    def update(row):
        table, column = model._meta.db_table, model._meta.get_field(field).column
        value = (at if instant else on)[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = %s{also}", [value])


sets_before_year_1("story_in_years_1_to_3999", Story, "first_date")
sets_before_year_1("day_in_years_1_to_3999", Day, "date")
sets_before_year_1("event_in_years_1_to_3999", Event, "happened_on")
sets_before_year_1("event_in_years_1_to_3999", Event, "earliest", instant=True)
sets_before_year_1(
    "event_overruled_in_years_1_to_3999",
    Event,
    "overruled_earliest",
    instant=True,
    also=", overruled_latest = latest",
)


@breaks("page_one_a_date")
def _(event):
    again(Page.objects.get(), number=99)


@breaks("page_one_a_number")
def _(event):
    again(Page.objects.get(), date=date(2021, 3, 5))


@breaks("term_one_a_number")
def _(event):
    again(Term.objects.first(), slug="another")


@breaks("entry_one_a_number")
def _(event):
    again(Entry.objects.get(), sk=1)


@breaks("entry_term_once")
def _(event):
    again(EntryTerm.objects.first())


@breaks("bitmap_one_a_chunk")
def _(event):
    again(Bitmap.objects.first(), total=7)


@breaks("bitmap_total_on_chunk_0")
def _(event):
    again(Bitmap.objects.first(), chunk=1)


@breaks("spelling_once")
def _(event):
    again(Spelling.objects.first(), facet="another")


@breaks("edition_one_a_place")
def _(event):
    again(Edition.objects.first(), commitment="x", edition=99)


@breaks("edition_one_a_number")
def _(event):
    again(Edition.objects.first(), commitment="x", seq=99)


@breaks("day_one_a_date")
def _(event):
    again(Day.objects.get())


@breaks("text_one_a_name")
def _(event):
    again(Text.objects.get())


@breaks("printed_text_one_a_name")
def _(event):
    again(PrintedText.objects.get())


@breaks("kind_one_a_name")
def _(event):
    again(Kind.objects.get())


@breaks("outlet_one_a_name")
def _(event):
    again(Outlet.objects.get())


@breaks("source_imported_once")
def _(event):
    Source.objects.update(fingerprint="x")
    again(Source.objects.get())


@breaks("source_one_an_address")
def _(event):
    Source.objects.update(canonical_url="https://post.example/river")
    again(Source.objects.get())


def open_twice(row):
    name = row._meta.model_name
    by = PersonFactory(editor=True)
    of = {"source": None, "outlet": None, name: row}
    for _ in range(2):
        Proposal.objects.create(story=row.story, fields={}, base={}, proposed_by=by, **of)


@breaks("proposal_one_open_a_source")
def _(event):
    open_twice(Source.objects.get())


@breaks("proposal_one_open_an_outlet")
def _(event):
    open_twice(Outlet.objects.get())


@breaks("place_name_once")
def _(event):
    again(Place.objects.get().names.get())


@breaks("place_name_not_empty")
def _(event):
    Place.objects.get().names.update(name="")


@breaks("actor_name_once")
def _(event):
    again(Actor.objects.get().names.get())


@breaks("actor_name_not_empty")
def _(event):
    Actor.objects.get().names.update(name="")


@breaks("decision_has_exactly_one_subject")
def _(event):
    Decision.objects.update(story=event.story)


@breaks("use_once_in_an_event")
def _(event):
    again(Use.objects.get())


@breaks("words_once_about")
def _(event):
    again(Words.objects.first())


@breaks("printed_one_a_number")
def _(event):
    again(Printed.objects.get(facet="kind"), kind=Kind.objects.create(story=event.story, name="Rescue"))


@breaks("pseudonym_one_a_person")
def _(event):
    again(Pseudonym.objects.first(), name="another")


@breaks("pseudonym_one_a_name")
def _(event):
    again(Pseudonym.objects.first(), person=PersonFactory())


def emptied_but(model, name, **said):
    """What leaves a word in a row that says it has none."""
    constraint = f"{name}_erased_exactly_without_words"
    updates(constraint, model, **{"erased_at": NOON, **EMPTIED[name], **said})


emptied_but(Event, "event", wording="x")
emptied_but(Citation, "citation", locator="x")
emptied_but(Day, "day", occasion="x")
emptied_but(Source, "source", url="x")
emptied_but(Outlet, "outlet", country="x")
emptied_but(Kind, "kind", description="x")
emptied_but(Text, "text", title="x")
emptied_but(Material, "material", people="x")
emptied_but(Proposal, "proposal", note="x")
updates("place_erased_exactly_without_words", Place, erased_at=NOON, note="x")
updates("actor_erased_exactly_without_words", Actor, erased_at=NOON, note="x")
updates("event_erased_exactly_without_words", Event, erased_at=NOON)
updates("event_erased_exactly_without_words", Event, state="erased")

updates("takedown_state_is_known", Takedown, state="lost")
updates("takedown_confirmed_exactly_with_by_whom_and_when", Takedown, state="done", done_at=NOON)
updates("takedown_confirmed_exactly_with_by_whom_and_when", Takedown, confirmed_at=NOON)
updates("takedown_taken_back_exactly_with_by_whom_and_when", Takedown, state="taken_back")
updates("takedown_taken_back_exactly_with_by_whom_and_when", Takedown, taken_back_at=NOON)
updates("takedown_done_exactly_when", Takedown, done_at=NOON)
updates("takedown_has_a_step_exactly_while_it_is_erased", Takedown, step="files")
updates("takedown_refers_to_an_order_only_if_legal", Takedown, order_reference="4 O 12/26")
updates("takedown_erased_exactly_without_reason", Takedown, reason="")
updates("takedown_erased_exactly_without_reason", Takedown, reason_erased_at=NOON)
updates("takedownpart_is_a_subject_or_a_row", TakedownPart, row="event/1")
updates("takedownpart_is_a_subject_or_a_row", TakedownPart, subject="")
updates("takedownpart_is_a_subject_or_a_row", TakedownPart, subject="", row="event/1", editions=[1])


@breaks("takedown_nobody_confirms_what_they_asked")
def _(event):
    asked_by = Takedown.objects.get().asked_by
    Takedown.objects.update(state="erasing", step="files", confirmed_by=asked_by, confirmed_at=NOON)


@breaks("takedownpart_once")
def _(event):
    again(TakedownPart.objects.get())


def constraints():
    return {
        constraint.name: (model, constraint)
        for label in ("chronicle", "events")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for constraint in model._meta.constraints
    }


def told_by(name):
    """What the database says when that constraint stops a write: its name, or on SQLite the columns."""
    model, constraint = constraints()[name]
    if connection.vendor == "postgresql" or not isinstance(constraint, models.UniqueConstraint):
        return name
    columns = (model._meta.get_field(field).column for field in constraint.fields)
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


@breaks("host_once_an_outlet")
def _(row):
    outlet = Outlet.objects.first()
    Host.objects.bulk_create([Host(outlet=outlet, host="post.example") for _ in range(2)])


@breaks("host_is_named")
def _(row):
    Host.objects.create(outlet=Outlet.objects.first(), host="")


@breaks("unsaved_typed_at_some_time")
def _(event):
    typed(event.created_by, typed_at=None)


@breaks("unsaved_once_a_page")
def _(event):
    for _ in range(2):
        typed(event.created_by)


def typed(person, **values):
    common = {"address": "/desk/events/event/1/change/", "tab": UUID(int=1), "typed": "headline=A+bridge"}
    Unsaved.objects.create(person=person, **{**common, "typed_at": NOON, "here_at": NOON, **values})


@breaks("claim_of_exactly_one_thing")
def _(event):
    claimed(event, material=Material.objects.get())


@breaks("claim_of_exactly_one_thing")
def _(event):
    claimed(event, citation=None)


@breaks("claim_handed_by_another_exactly_with_a_word")
def _(event):
    claimed(event, words="Yours?")


@breaks("claim_handed_by_another_exactly_with_a_word")
def _(event):
    claimed(event, handed_by=PersonFactory())


@breaks("claim_handed_by_another_exactly_with_a_word")
def _(event):
    claimed(event, handed_by=event.created_by, words="Mine.")


def claimed(event, **values):
    common = {"citation": event.citations.first(), "person": event.created_by, "until": NOON}
    Claim.objects.create(**common | values)


@breaks("house_word_once_in_a_story")
def _(event):
    for _ in range(2):
        HouseWord.objects.create(story=event.story, say="river", instead_of="stream")


@breaks("house_word_says_something_else")
def _(event):
    HouseWord.objects.create(story=event.story, say="river", instead_of="river")


@breaks("house_word_says_something_else")
def _(event):
    HouseWord.objects.create(story=event.story, say="river")


@breaks("saved_view_once")
def _(event):
    for _ in range(2):
        seen_as(event, name="Drafts")


@breaks("saved_view_is_named_and_narrows")
def _(event):
    seen_as(event, name="")


def seen_as(event, **values):
    SavedView.objects.create(person=event.created_by, model="events.event", query="state=draft", **values)


@breaks("revision_once_a_version")
def _(event):
    for _ in range(2):
        revised(event)


@breaks("revision_goes_on")
def _(event):
    revised(event, began=2)


def revised(event, **values):
    common = {"model": "event", "key": event.pk, "version": 2, "after": {}}
    Revision.objects.create(by=event.created_by, **{**common, **values})


@breaks("factor_change_by_another_only_resets")
def _(event):
    other = PersonFactory(username="somebody")
    FactorChange.objects.create(person=event.created_by, deed="app removed", by=other)


@pytest.fixture(scope="module")
def told_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            build()
        yield


@pytest.fixture
def story_told(told_once, db):
    """A published event with a medium, a place and an actor with names, a text, and a proposal; somebody with
    a role in its story, and an invitation."""
    return Event.objects.get()


def build() -> None:
    text = "<p>The city closed the bridge.</p>"
    published = EventFactory(published=True, text=text, wording="14:30")
    PlaceFactory()
    ActorFactory()
    TextFactory(published=True)
    approved = Material.objects.create(
        story=published.story,
        asset=file_row(published.story.key),
        state="approved",
        submitted_by=published.created_by,
        changed_by=published.created_by,
        approved_by=published.citations.get().approved_by,
        approved_at=NOON,
        approved_version=1,
    )
    Use.objects.create(event=published, material=approved)
    people.add(published.story, PersonFactory(), "editor", by=PersonFactory(admin=True))
    people.invite(published.story, "editor", by=PersonFactory(admin=True))
    Proposal.objects.create(
        story=published.story,
        source=published.citations.get().source,
        fields={},
        base={},
        state="rejected",
        proposed_by=published.created_by,
        decided_by=approved.approved_by,
        decided_at=NOON,
    )
    asked = Takedown.objects.create(
        story=published.story, reason="An order.", asked_by=PersonFactory(admin=True), part_count=1
    )
    TakedownPart.objects.create(takedown=asked, subject="entry/1")


def test_every_constraint_has_something_that_tries_to_break_it():
    assert set(constraints()) == set(BREAKERS)


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, breakers in BREAKERS.items() for n in range(len(breakers))]
)
def test_the_database_refuses_what_breaks_it(story_told, name, number):
    with unguarded(), pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKERS[name][number](story_told)

    assert told_by(name) in str(refusal.value)
