"""How the desk's rows are saved: held, checked against the version the person saw, counted up."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import transaction

from events import moments, press
from events.editorial import hosts
from events.editorial.authorship import wrote
from events.editorial.awaiting import keep_awaiting
from events.editorial.checking import check_no_circle, check_unique, check_values
from events.editorial.guarding import waits
from events.editorial.holding import (
    check_seen,
    hold,
    hold_story,
    hold_story_of,
    insist_on_kept,
    insist_on_saving,
    may,
    note_of,
    printed_or_refused,
    record,
)
from events.editorial.moves import SET_POLICY
from events.editorial.refused import Refused
from events.editorial.scheduling import keep_schedule, save_read_anew
from events.models import Actor, Citation, Day, Event, Kind, Outlet, Place, Source, Story
from events.models.addresses import canonical

Row = TypeVar("Row", Kind, Place, Actor, Outlet, Source)
CITED_WORDS = (
    *("source_id", "quote", "language", "translation", "translation_language", "translated_by"),
    *("locator", "stance", "credibility"),
)


@transaction.atomic
def save_event(
    event: Event,
    *,
    by: Any,
    seen: int | None = None,
    places: Collection[Place] | None = None,
    actors: Collection[Actor] | None = None,
) -> Event:
    """Save a new draft, or the changed words of one that was at version ``seen``.

    ``places`` and ``actors`` become all of its own; None leaves them as they are. What is published
    stays as readers see it until it is published again; what is scheduled is scheduled in its new words
    where whoever saves may publish. Raises Refused and Stale.
    """
    story = hold_story(event.story)
    insist_on_saving(by, event)
    event.day = _as_it_is_now(event.day, story)
    check_values(event)
    keep_to_story(story, event.kind, *(places or ()), *(actors or ()))
    saved = hold(event) if event.pk else None
    if saved is None:
        event.created_by = by
    else:
        _count_up(event, saved, seen)
    if saved is None or event.is_read_otherwise(saved):
        _read_moment(event)
    event.save()
    wrote(event, by=by, was=saved.hmac if saved else "")
    _link(event, places, actors)
    if event.state == Event.State.SCHEDULED:
        keep_schedule(event, by=by)
        event.save()
    return event


def _as_it_is_now(day: Day, story: Story) -> Day:
    """``day`` of ``story``, which is held: it may have moved, or gone, since the caller read it."""
    now = Day.objects.filter(pk=day.pk).first()
    if now is None:
        raise Refused(f"Somebody has deleted “{day}” in the meantime. Choose another day.")
    if now.story_id == story.pk:
        now.story = story
    return now


def _link(event: Event, places: Collection[Place] | None, actors: Collection[Actor] | None) -> None:
    if places is not None:
        event.places.set(places)
    if actors is not None:
        event.actors.set(actors)


def _count_up(event: Event, saved: Event, seen: int | None) -> None:
    """Give ``event`` the next version after ``saved``; what verbs own stays as saved."""
    check_seen(saved, seen)
    insist_on_kept(saved)
    if event.story.pk != saved.story.pk:
        raise Refused(f"This belongs to “{saved.story}”: it cannot move to another story.")
    for field in Event._meta.concrete_fields:
        if not field.editable:
            setattr(event, field.attname, getattr(saved, field.attname))
    event.version = saved.version + 1
    # What somebody typed anew was carried on from nowhere.
    event.carried = saved.carried and event.wording == saved.wording


def _read_moment(event: Event) -> None:
    try:
        event.read_moment()
    except moments.Unreadable as unreadable:
        raise Refused(str(unreadable)) from unreadable


def keep_to_story(story: Story, *rows: Any) -> None:
    """Refuses rows of another story, as nothing is shared between two, and rows that are gone."""
    if elsewhere := next((row for row in rows if row.story_id != story.pk), None):
        raise Refused(f"“{elsewhere}” belongs to another story. Choose one of “{story}”, or add it there.")
    for model in {type(row) for row in rows}:
        _keep_to_what_is_there(model, [row for row in rows if isinstance(row, model)])


def _keep_to_what_is_there(model: Any, rows: list[Any]) -> None:
    erased = dict(model.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "erased_at"))
    for row in rows:
        if row.pk not in erased:
            raise Refused(f"Somebody has deleted “{row}” in the meantime. Choose another.")
        if erased[row.pk]:
            raise Refused(f"The {model._meta.verbose_name} that you chose was taken down. Choose another.")


@transaction.atomic
def save_citation(citation: Citation, *, by: Any, seen: int | None = None) -> Citation:
    """Save a new citation as pending, or the changed words of one that was at version ``seen``.

    A change sends an approved or rejected citation back to review, under the name of who changed it;
    readers keep the words that were approved. One that was taken back its author alone changes. Saving it
    unchanged changes nothing.
    """
    story = hold_story_of(citation.event)
    insist_on_saving(by, citation)
    check_values(citation)
    keep_to_story(story, citation.source)
    insist_on_kept(Event.objects.only("state").get(pk=citation.event_id))
    if citation.pk is None:
        citation.state, citation.submitted_by, citation.changed_by = Citation.State.PENDING, by, by
        citation.save()
        wrote(citation, by=by)
        record(citation, "submit", by=by, version=citation.version, moved=("", citation.state))
        return citation
    saved = hold(citation)
    check_seen(saved, seen)
    if all(getattr(saved, name) == getattr(citation, name) for name in CITED_WORDS):
        return saved
    was, hmac = saved.state, saved.hmac
    if was == Citation.State.TAKEN_BACK:
        insist_on_author(saved, by, "change this")
    saved.keeps_approved = saved.keeps_approved or was == Citation.State.APPROVED
    for name in CITED_WORDS:
        setattr(saved, name, getattr(citation, name))
    saved.state, saved.version, saved.changed_by = Citation.State.PENDING, saved.version + 1, by
    saved.approved_by = saved.approved_at = saved.approved_version = None
    saved.save()
    wrote(saved, by=by, was=hmac, ever=True)
    record(saved, "change", by=by, version=saved.version, moved=(was, saved.state))
    return saved


def insist_on_author(citation: Citation, by: Any, doing: str) -> None:
    """Refuses whoever did not submit ``citation``."""
    if by.pk != citation.submitted_by_id:
        raise Refused(f"You may not {doing}: only {citation.submitted_by}, who submitted it, may.")


@transaction.atomic
def save_day(day: Day, *, by: Any, seen: int | None = None) -> Day:
    """Save a new day, or the changed words of one that was at version ``seen``.

    A day that is moved to another date is read anew by all its events.
    """
    day.story = hold_story(day.story)
    insist_on_saving(by, day)
    check_values(day)
    if day.pk is None:
        check_unique(day)
        day.save()
        return day
    saved = hold(day)
    check_seen(saved, seen)
    if day.story_id != saved.story_id:
        raise Refused(f"This belongs to “{saved.story}”: it cannot move to another story.")
    moved = day.date != saved.date
    if moved and hasattr(saved, "printed"):
        raise Refused("This day has a page that readers know: its date cannot change.")
    check_unique(day)
    day.version, day.published_version = saved.version + 1, saved.published_version
    keep_awaiting(day, saved, by=by)
    day.save()
    if moved:
        _read_events_again(day, by)
    return day


def _read_events_again(day: Day, by: Any) -> None:
    for event in day.events.select_related("kind"):
        event.day = day
        _read_moment(event)
        save_read_anew(event, by=by)


@transaction.atomic
def save_named(row: Row, *, by: Any, seen: int | None = None, note: str = "", why: str = "") -> Row:
    """Save a kind, place, actor, outlet or source. Raises Refused and Stale.

    ``print_again`` must follow, in the same transaction, once its names are saved. A change of a source or
    an outlet in use is not saved: it waits as ``row.proposed``, with ``note`` for readers and ``why`` for
    who decides, and ``row`` is as before.
    """
    story = hold_story(row.story)
    insist_on_saving(by, row)
    check_values(row)
    keep_to_story(story, *_named_by(row))
    if isinstance(row, Kind):
        _keep_policy(row, by)
    was, saved = "", hold(row) if row.pk else None
    if saved is not None:
        check_seen(saved, seen)
        if row.story_id != saved.story_id:
            raise Refused(f"This belongs to “{saved.story}”: it cannot move to another story.")
        row.version = saved.version + 1
        was = getattr(saved, "hmac", "")
    _keep_apart(row)
    if isinstance(row, Source | Outlet) and saved and waits(row, saved, by=by, note=note, why=why):
        return row
    row.save()
    if isinstance(row, Source | Outlet):
        wrote(row, by=by, was=was)
        hosts.learn(row)
    return row


def _keep_policy(kind: Kind, by: Any) -> None:
    """How many citations a kind needs is its story's policy: the managers', who change it in one place."""
    saved = Kind.objects.filter(pk=kind.pk).first() if kind.pk else None
    same = kind.citations_needed == (saved.citations_needed if saved else None)
    may_begin = saved is None and may(by, SET_POLICY.permission, kind.story)
    # guard: the policy is the managers'.
    if not (same or may_begin):
        raise Refused("How many citations a kind needs is the policy of its story. A manager changes it.")


def check_named(row: Any, story: Story) -> None:
    """Refuses what no form of ``row`` would take, what it names of another story than ``story``, which is
    held, and what ``_keep_apart`` refuses."""
    check_values(row)
    keep_to_story(story, *_named_by(row))
    _keep_apart(row)


def _keep_apart(row: Any) -> None:
    """Refuses a second row of one name or address, and one that leads back to itself."""
    if isinstance(row, Source):
        row.canonical_url = canonical(row.url)
        check_no_circle(row, "relays", "The source that this one relays passes on this one itself.")
        # What it relays may have moved to another outlet since the form was made.
        if row.relays_id:
            row.relays = Source.objects.select_related("origin").get(pk=row.relays_id)
    if isinstance(row, Place):
        check_no_circle(row, "within", "The place that this one lies in lies in this one itself.")
    check_unique(row)


def _named_by(row: Any) -> list[Any]:
    """The rows that ``row`` itself names."""
    named = (getattr(row, name, None) for name in ("outlet", "relays", "within"))
    return [other for other in named if other is not None]


@transaction.atomic
def print_again(row: Row, *, by: Any, note: str = "") -> None:
    """Print ``row`` as it is now, where the record shows it, with ``note`` for readers."""
    hold_story(row.story)
    fresh = type(row).objects.select_related("story", "printed").get(pk=row.pk)
    note = note_of(note) or "Its entry in the index was changed."
    with printed_or_refused():
        if isinstance(fresh, Source):
            _move_origins(fresh)
            press.print_source(fresh, by=by, note=note)
        else:
            press.reprint_term(fresh, by=by, note=note)


def _move_origins(source: Source) -> None:
    """Whose report the sources are that relay ``source``, once it has another origin."""
    for relaying in source.relaying():
        fresh = Source.objects.select_related("relays__origin").get(pk=relaying.pk)
        fresh.save()
