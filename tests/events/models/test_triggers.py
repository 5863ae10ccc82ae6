"""What the database itself refuses of the desk's tables, whoever asks: each refusal against who would try."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from chronicle.documents import TERM_FACETS
from chronicle.triggers import Refusal
from events.editorial import people
from events.models import (
    Actor,
    Author,
    Citation,
    Day,
    Decision,
    Event,
    Invitation,
    Kind,
    Material,
    Membership,
    Outlet,
    Place,
    Printed,
    Proposal,
    Source,
    Story,
    Takedown,
    TakedownPart,
    Text,
    Use,
    Words,
)
from events.models.emptied import EMPTIED
from events.triggers import REFUSALS
from tests.support.emptying import unguarded
from tests.support.factories import (
    FIRST,
    ActorFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
    TextFactory,
)
from tests.support.pictures import row
from tests.support.sampling import kept_for_a_module

ATTEMPTS = {}
NOON = datetime(2021, 3, 3, 12, tzinfo=UTC)


def attempts(*names):
    """Registers what tries to do what the triggers of those ``names`` refuse."""

    def register(function):
        ATTEMPTS.update(dict.fromkeys(names, function))
        return function

    return register


@pytest.fixture(scope="module")
def built_once(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            build()
        yield


@pytest.fixture
def two(built_once, db):
    """A story with an event that is published, and rows of the same kinds in another."""
    return Story.objects.get(slug="the-flood"), Story.objects.get(slug="the-fire")


def build() -> None:
    PlaceFactory()
    ActorFactory()
    EventFactory(published=True, places=Place.objects.all(), actors=Actor.objects.all())
    other = StoryFactory(slug="the-fire", title="The fire")
    for factory in (KindFactory, PlaceFactory, ActorFactory, OutletFactory):
        factory(story=other, name="Of the fire")
    SourceFactory(outlet=Outlet.objects.get(story=other))
    DayFactory(story=other, date=FIRST)
    for story, name in ((Story.objects.get(slug="the-flood"), "about"), (other, "policy")):
        TextFactory(story=story, name=name)
        medium(story)
    for model in (Source, Outlet):
        proposed(model.objects.get(story__slug="the-flood"))
    Use.objects.create(event=Event.objects.get(), material=Material.objects.get(story__slug="the-flood"))
    boss = PersonFactory(admin=True)
    people.add(other, PersonFactory(editor=True), "editor", by=boss)
    people.invite(other, "editor", by=boss)
    asked = Takedown.objects.create(story=other, reason="An order.", asked_by=boss, part_count=1)
    TakedownPart.objects.create(takedown=asked, subject="entry/1")


def medium(story):
    by = PersonFactory(editor=True)
    return Material.objects.create(story=story, asset=row(story.key), submitted_by=by, changed_by=by)


def proposed(row):
    by = PersonFactory(editor=True)
    of = {row._meta.model_name: row}
    return Proposal.objects.create(story=row.story, fields={}, base={}, proposed_by=by, **of)


def ours(model, two):
    return model.objects.get(story=two[0])


def theirs(model, two):
    return model.objects.get(story=two[1])


attempts("events_decision_update_refused")(lambda two: Decision.objects.update(verb="other"))
attempts("events_decision_delete_refused")(lambda two: Decision.objects.all()._raw_delete("default"))
attempts("events_story_update_opened_at_refused")(
    lambda two: Story.objects.filter(pk=two[0].pk).update(opened_at=None)
)
attempts("events_author_update_refused")(
    lambda two: Author.objects.filter(pk=Author.objects.first().pk).update(hmac="other")
)
attempts("events_author_delete_refused")(lambda two: Author.objects.all()._raw_delete("default"))
attempts("events_words_update_refused")(lambda two: Words.objects.update(text="other"))
attempts("events_printed_update_refused")(lambda two: Printed.objects.filter(facet="kind").update(number=9))
attempts("events_printed_delete_refused")(lambda two: Printed.objects.all().delete())


def truncates(table):
    def truncate(two):
        with connection.cursor() as cursor:
            # It refuses by itself where foreign keys are still to be checked at the commit.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {table} CASCADE")

    attempts(f"{table}_truncate_refused")(truncate)


truncates("events_decision")
truncates("events_printed")
truncates("events_author")
truncates("events_membership")
truncates("events_invitation")
attempts("events_membership_update_refused")(lambda two: Membership.objects.update(role="manager"))
attempts("events_membership_delete_refused")(lambda two: Membership.objects.all().delete())
attempts("events_invitation_update_refused")(lambda two: Invitation.objects.update(token_hash="0" * 64))
attempts("events_invitation_delete_refused")(lambda two: Invitation.objects.all().delete())
truncates("events_proposal")
attempts("events_proposal_delete_refused")(lambda two: Proposal.objects.all()._raw_delete("default"))


@attempts("events_proposal_update_decided_refused")
def _(two):
    rejected = {"state": "rejected", "decided_by": PersonFactory(moderator=True), "decided_at": NOON}
    Proposal.objects.update(**rejected)
    Proposal.objects.update(state="accepted", note="x")


@attempts("events_proposal_update_proposed_by_id_refused")
def _(two):
    Proposal.objects.update(proposed_by=PersonFactory(moderator=True))


@attempts("events_proposal_update_story_id_refused")
def _(two):
    Proposal.objects.filter(outlet=None).update(story=two[1], source=theirs(Source, two))


@attempts("events_proposal_update_source_id_refused")
def _(two):
    Proposal.objects.filter(outlet=None).update(source=theirs(Source, two))


@attempts("events_proposal_update_outlet_id_refused")
def _(two):
    Proposal.objects.filter(source=None).update(outlet=theirs(Outlet, two))


@attempts("events_proposal_insert_source_id_refused")
def _(two):
    Proposal.objects.create(
        story=two[0], source=theirs(Source, two), fields={}, base={}, proposed_by=PersonFactory(editor=True)
    )


@attempts("events_proposal_insert_outlet_id_refused")
def _(two):
    Proposal.objects.create(
        story=two[0], outlet=theirs(Outlet, two), fields={}, base={}, proposed_by=PersonFactory(editor=True)
    )


def moves_to_another_story(model):
    @attempts(f"{model._meta.db_table}_update_story_id_refused")
    def move(two):
        outlet = theirs(Outlet, two)
        along = {"outlet": outlet, "origin": outlet} if model is Source else {}
        model.objects.filter(pk=ours(model, two).pk).update(story=two[1], **along)


for model in (Day, Kind, Place, Actor, Outlet, Source, Text, Material):
    moves_to_another_story(model)


@attempts("events_event_update_day_id_refused")
def _(two):
    Event.objects.update(day=theirs(Day, two), kind=theirs(Kind, two))


@attempts("events_event_insert_kind_id_refused")
def _(two):
    event = Event.objects.get()
    event.pk, event.kind = None, theirs(Kind, two)
    event.save(force_insert=True)


@attempts("events_event_update_kind_id_refused")
def _(two):
    Event.objects.update(kind=theirs(Kind, two))


def links(model, name):
    through = getattr(Event, name).through
    column = model._meta.model_name

    @attempts(f"{through._meta.db_table}_insert_{column}_id_refused")
    def add(two):
        getattr(Event.objects.get(), name).add(theirs(model, two))

    @attempts(f"{through._meta.db_table}_update_{column}_id_refused")
    def change(two):
        through.objects.update(**{column: theirs(model, two)})


links(Place, "places")
links(Actor, "actors")


@attempts("events_citation_insert_source_id_refused")
def _(two):
    event = Event.objects.get()
    by = event.created_by
    Citation.objects.create(
        event=event, source=theirs(Source, two), quote="x", submitted_by=by, changed_by=by
    )


@attempts("events_citation_update_source_id_refused")
def _(two):
    Citation.objects.update(source=theirs(Source, two))


def names(model, column, named):
    """Attempts to have a row of ``model`` in one story lead, in ``column``, to a row of the other."""
    table, field = model._meta.db_table, column.removesuffix("_id")

    @attempts(f"{table}_insert_{column}_refused")
    def add(two):
        row = ours(model, two)
        row.pk, row.canonical_url = None, ""
        setattr(row, field, theirs(named, two))
        row.save_base(force_insert=True, raw=True)

    @attempts(f"{table}_update_{column}_refused")
    def change(two):
        model.objects.filter(pk=ours(model, two).pk).update(**{field: theirs(named, two)})


names(Source, "outlet_id", Outlet)
names(Source, "origin_id", Outlet)
names(Source, "relays_id", Source)
names(Place, "within_id", Place)


def names_of_a_medium(column, named):
    field = column.removesuffix("_id")

    @attempts(f"events_material_insert_{column}_refused")
    def add(two):
        by = PersonFactory(editor=True)
        about = {"story": two[0], "asset": row(two[0].key), "submitted_by": by, "changed_by": by}
        Material.objects.create(**about, **{field: theirs(named, two)})

    @attempts(f"events_material_update_{column}_refused")
    def change(two):
        Material.objects.filter(story=two[0]).update(**{field: theirs(named, two)})


names_of_a_medium("source_id", Source)
names_of_a_medium("place_id", Place)


@attempts("events_material_insert_asset_id_refused")
def _(two):
    by = PersonFactory(editor=True)
    Material.objects.create(story=two[0], asset=row(two[1].key), submitted_by=by, changed_by=by)


@attempts("events_material_update_asset_id_refused")
def _(two):
    Material.objects.filter(story=two[0]).update(asset=row(two[0].key))


@attempts("events_material_insert_shown_id_refused")
def _(two):
    by, (one, other) = PersonFactory(editor=True), (row(two[0].key) for _ in range(2))
    Material.objects.create(story=two[0], asset=one, shown=other, submitted_by=by, changed_by=by)


@attempts("events_material_update_shown_id_refused")
def _(two):
    Material.objects.filter(story=two[0]).update(shown=row(two[0].key))


@attempts("events_use_insert_material_id_refused")
def _(two):
    Use.objects.create(event=Event.objects.get(), material=theirs(Material, two))


@attempts("events_use_update_material_id_refused")
def _(two):
    Use.objects.update(material=theirs(Material, two))


ROWS = {"page": Day, "kind": Kind, "place": Place, "actor": Actor, "outlet": Outlet, "source": Source}
ROWS |= {"asset": Material}


def prints(facet):
    @attempts(f"events_printed_insert_{facet}_id_refused")
    def add(two):
        Printed.objects.create(story=two[0], facet=facet, number=99, **{facet: theirs(ROWS[facet], two)})


for facet in ("page", *TERM_FACETS):
    prints(facet)


@attempts("events_printed_insert_entry_id_refused")
def _(two):
    draft = EventFactory(headline="Not printed yet")
    Printed.objects.create(story=two[1], facet="entry", number=99, entry=draft)


def wrote(hmac):
    person = PersonFactory(username="author")
    Author.objects.create(person=person, hmac=hmac)
    return person


@attempts("events_decision_insert_own_refused")
def _(two):
    citation = Citation.objects.get()
    Decision.objects.create(citation=citation, verb="approve", by=wrote(citation.hmac), version=1)


@attempts("events_decision_insert_alone_refused")
def _(two):
    event = Event.objects.get()
    Story.objects.update(second_person=True)
    Decision.objects.create(event=event, verb="publish", by=wrote(event.hmac), version=1)


@attempts("events_decision_insert_story_refused")
def _(two):
    Decision.objects.create(
        event=Event.objects.get(), told_in=two[1], verb="submit", by=PersonFactory(), version=1
    )


AGAIN = {
    Event: {"headline": "x", "state": "draft"},
    Citation: {"quote": "x", "state": "pending"},
    Material: {"state": "pending"},
    Source: {"title": "x"},
    Outlet: {"name": "x"},
    Kind: {"name": "x"},
    Text: {"title": "x", "text": "x"},
}
"""What a row of each model needs to have at least, once it is not empty any more."""


def gets_words_again(model):
    @attempts(f"{model._meta.db_table}_update_erased_refused")
    def fill(two):
        one = model.objects.filter(pk=model.objects.first().pk)
        one.update(erased_at=NOON, **EMPTIED[model._meta.model_name])
        one.update(erased_at=None, **AGAIN.get(model, {}))


ERASABLE = (Event, Citation, Day, Source, Outlet, Place, Actor, Kind, Text, Material, Proposal)
for model in ERASABLE:
    gets_words_again(model)

truncates("events_takedown")
truncates("events_takedownpart")
attempts("events_takedown_delete_refused")(lambda two: Takedown.objects.all()._raw_delete("default"))
attempts("events_takedown_update_said_refused")(lambda two: Takedown.objects.update(reason="Another."))
attempts("events_takedownpart_delete_refused")(lambda two: TakedownPart.objects.all()._raw_delete("default"))
attempts("events_takedownpart_update_refused")(lambda two: TakedownPart.objects.update(subject="entry/2"))


@attempts("events_takedown_update_asked_refused")
def _(two):
    Takedown.objects.update(asked_by=PersonFactory(editor=True))


def confirmed(**others):
    by = PersonFactory(moderator=True)
    Takedown.objects.update(
        **{"state": "erasing", "step": "files", "confirmed_by": by, "confirmed_at": NOON} | others
    )


@attempts("events_takedown_update_confirmed_refused")
def _(two):
    confirmed()
    confirmed(confirmed_by=PersonFactory(editor=True))


@attempts("events_takedown_update_state_refused")
def _(two):
    confirmed()
    Takedown.objects.update(state="asked", step="", confirmed_by=None, confirmed_at=None)


@attempts("events_takedownpart_insert_refused")
def _(two):
    confirmed()
    TakedownPart.objects.create(takedown=Takedown.objects.get(), subject="entry/2")


HERE = [refusal for refusal in REFUSALS if connection.vendor == "postgresql" or refusal.event != "TRUNCATE"]


def test_every_refusal_has_somebody_who_tries():
    assert {refusal.name for refusal in REFUSALS} == set(ATTEMPTS)


@pytest.mark.parametrize("refusal", HERE, ids=lambda refusal: refusal.name)
def test_the_database_refuses(two, refusal: Refusal):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ATTEMPTS[refusal.name](two)

    assert refusal.sentence in str(refused.value)


def test_a_role_that_ended_does_not_begin_again(two):
    boss = PersonFactory(admin=True)
    people.end(Membership.objects.get(), by=boss)
    people.end_invitation(Invitation.objects.get(), by=boss)

    for rows in (Membership.objects, Invitation.objects):
        with pytest.raises(IntegrityError, match="It ends once"), transaction.atomic():
            rows.update(ended_at=None, ended_by=None)


class Undone(Exception):
    """Takes back what was done."""


@pytest.mark.parametrize("refusal", HERE, ids=lambda refusal: refusal.name)
def test_control_with_the_triggers_lifted_it_is_done(two, refusal: Refusal):
    with unguarded(), pytest.raises(Undone), transaction.atomic():
        ATTEMPTS[refusal.name](two)
        raise Undone
