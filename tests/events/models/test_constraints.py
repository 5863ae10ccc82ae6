"""Each constraint of the database, on the desk and in the record, against what tries to break it."""

import uuid
from datetime import UTC, date, datetime, time

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page, Term
from events.models import Actor, Citation, Day, Decision, Event, Outlet, Place, Source
from tests.support.emptying import editions_unguarded

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


updates("chronicle_ends_after_it_begins", Chronicle, last_date=date(2021, 2, 28))
updates("chronicle_parts_in_order", Chronicle, morning_begins=time(0))
updates("chronicle_parts_in_order", Chronicle, afternoon_begins=time(5))
updates("chronicle_parts_in_order", Chronicle, evening_begins=time(12))
updates("chronicle_in_years_1_to_3999", Chronicle, last_date=date(4000, 1, 1))
updates("chronicle_in_years_1_to_3999", Chronicle, first_date=date(4000, 1, 1), last_date=None)
updates("day_in_years_1_to_3999", Day, date=date(4000, 1, 1))
updates("event_in_years_1_to_3999", Event, happened_on=date(4000, 1, 1))
updates("event_in_years_1_to_3999", Event, latest=TOO_LATE)
updates("event_overruled_in_years_1_to_3999", Event, overruled_earliest=NOON, overruled_latest=TOO_LATE)
updates("source_in_years_1_to_3999", Source, published_on=date(4000, 1, 1))
updates("entry_begins_before_it_ends", Entry, earliest=F("latest"))
updates("entry_parts_of_the_day", Entry, parts=0)
updates("entry_parts_of_the_day", Entry, parts=16)
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_at=NOON, headline="", card="")
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_at=NOON, withdrawn_reason="x")
updates("entry_withdrawn_with_reason_and_without_words", Entry, withdrawn_reason="x")
updates("entry_standing_is_known", Entry, standing="certain")
updates("term_kind_is_known", Term, kind="mood")
updates("day_publishes_a_version_it_had", Day, published_version=2)
updates("event_begins_before_it_ends", Event, latest=F("earliest"))
updates("event_overruled_on_both_sides_in_order", Event, overruled_earliest=NOON)
updates("event_overruled_on_both_sides_in_order", Event, overruled_earliest=NOON, overruled_latest=NOON)
updates("event_state_is_known", Event, state="hidden", public_from=None)
updates("event_published_exactly_when_dated", Event, public_from=None)
updates("event_published_exactly_when_dated", Event, published_version=0)
updates("event_published_exactly_when_dated", Event, state="draft")
updates("event_withdrawn_exactly_with_reason", Event, state="withdrawn", public_from=None)
updates("event_withdrawn_exactly_with_reason", Event, withdrawal_reason="x")
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
updates("citation_quotes_something", Citation, quote="")
updates("decision_has_a_subject", Decision, event=None, citation=None)
updates("outlet_reliability_a_to_f", Outlet, reliability="G")
updates("outlet_has_a_name", Outlet, name="")
updates("source_retracted_exactly_with_reason", Source, retracted_at=NOON)
updates("source_retracted_exactly_with_reason", Source, retraction_reason="x")
updates("source_has_a_title", Source, title="")
updates("actor_nature_is_known", Actor, nature="ghost")
updates("place_has_both_coordinates_or_none", Place, longitude=None)
updates("place_has_both_coordinates_or_none", Place, latitude=91)
updates("place_has_both_coordinates_or_none", Place, longitude=-181)


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


sets_before_year_1("chronicle_in_years_1_to_3999", Chronicle, "first_date")
sets_before_year_1("day_in_years_1_to_3999", Day, "date")
sets_before_year_1("event_in_years_1_to_3999", Event, "happened_on")
sets_before_year_1("event_in_years_1_to_3999", Event, "earliest", instant=True)
sets_before_year_1("source_in_years_1_to_3999", Source, "published_on")


sets_before_year_1(
    "event_overruled_in_years_1_to_3999",
    Event,
    "overruled_earliest",
    instant=True,
    also=", overruled_latest = latest",
)


@breaks("page_one_a_date")
def _(event):
    again(Page.objects.get(), key=uuid.uuid4(), number=99)


@breaks("page_one_a_number")
def _(event):
    again(Page.objects.get(), key=uuid.uuid4(), date=date(2021, 3, 5))


@breaks("term_printed_once")
def _(event):
    again(Term.objects.first(), slug="another")


@breaks("term_one_a_slug")
def _(event):
    again(Term.objects.first(), key=uuid.uuid4())


@breaks("entry_term_once_a_role")
def _(event):
    again(EntryTerm.objects.first())


@breaks("edition_one_a_place")
def _(event):
    again(Edition.objects.first(), hash="x", previous_hash="x", number=9, note="x")


@breaks("edition_chain_never_forks")
def _(event):
    again(Edition.objects.first(), hash="x", seq=99, number=9, note="x")


@breaks("edition_one_a_number")
def _(event):
    again(Edition.objects.first(), hash="x", seq=99, previous_hash="x")


@breaks("edition_later_ones_give_a_note")
def _(event):
    again(Edition.objects.first(), hash="x", seq=99, previous_hash="x", number=2)


@breaks("edition_counts_from_one")
def _(event):
    again(Edition.objects.first(), hash="x", seq=0, previous_hash="x", number=2, note="x")


@breaks("edition_counts_from_one")
def _(event):
    again(Edition.objects.first(), hash="x", seq=99, previous_hash="x", number=0, note="x")


@breaks("day_one_a_date")
def _(event):
    again(Day.objects.get(), key=uuid.uuid4())


@breaks("source_imported_once")
def _(event):
    Source.objects.update(fingerprint="x")
    again(Source.objects.first(), key=uuid.uuid4())


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


@pytest.fixture
def story_told(published, place):
    """A published event, and a place and an actor with a name each."""
    Actor.objects.create(note="x").names.create(name="The mayor")
    return published


def test_every_constraint_has_something_that_tries_to_break_it():
    assert set(constraints()) == set(BREAKERS)


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, breakers in BREAKERS.items() for n in range(len(breakers))]
)
def test_the_database_refuses_what_breaks_it(story_told, name, number):
    with editions_unguarded(), pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKERS[name][number](story_told)

    assert told_by(name) in str(refusal.value)
