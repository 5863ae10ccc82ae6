"""How a row is held while it changes: who may, the version seen, the decision recorded, what the press says.

The lock of a story is its one lock: whatever is written in it, or printed of it, happens one after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from chronicle.seal import Unsealable
from events import press
from events.editorial.moves import Move, state_of
from events.editorial.refused import ANOTHER_DESK, LOST_FILE, NO_RECORD, NO_WORDS, Refused, Stale
from events.finding import keeping
from events.models import (
    Actor,
    Citation,
    Day,
    Decision,
    Event,
    Kind,
    Material,
    Outlet,
    Place,
    Proposal,
    Source,
    Story,
    Takedown,
    Text,
    Use,
    Words,
)
from events.models.decided import words_of
from events.models.decision import LONGEST_NOTE
from events.models.hmac import HmacField
from events.models.typed import composed
from events.permitting import Held, held_by
from events.roles import granting

STORY_OF = {
    Story: "pk",
    Day: "days",
    Event: "days__events",
    Citation: "days__events__citations",
    Kind: "kinds",
    Place: "places",
    Actor: "actors",
    Outlet: "outlets",
    Source: "sources",
    Text: "texts",
    Material: "materials",
    Proposal: "proposals",
    Takedown: "takedowns",
}
"""How a story is found from a row of it, in one query."""

OWNED = {
    model: [
        field.name
        for field in model._meta.concrete_fields
        if not (field.editable or field.primary_key or isinstance(field, HmacField))
    ]
    for model in (Event, Citation, Day, Source, Text, Material, Proposal, Takedown)
}
"""The columns that verbs own: no form saves them, and a move, which changes no words, saves nothing else."""

READ_WITH: dict[type, tuple[str, ...]] = {
    Story: (),
    Day: ("story", "printed"),
    Event: ("kind__printed", "day__story", "day__printed", "printed"),
    Citation: (
        *("event__kind", "event__published_kind", "event__day__story", "event__day__printed"),
        *("event__printed", "source__outlet"),
    ),
    Source: ("story", "printed", "outlet__printed", "origin__printed", "relays"),
    Material: ("story", "printed", "asset", "shown", "place__printed", "source__printed", "source__outlet"),
    Proposal: ("story", "source__outlet", "outlet", "proposed_by"),
}
"""What is read with a row that is held."""


READ_BESIDE = {Event: {"shows_media": Exists(Use.objects.filter(event=OuterRef("pk")))}}
"""What is told of it in the same query, under these names."""


NOTE_NEEDED = "Readers have seen this already: say in a note what you changed."


def may(by: Any, verb: str, story: Story | None, held: Held | None = None) -> bool:
    """Whether ``by`` may carry out ``verb`` in ``story``; None is the desk as a whole.

    ``verb`` is the name of a permission, such as ``events.publish_event``. Who has it as such, or by a group,
    has it in every story; else by a role in this one. A verb asks under the lock of the story and leaves out
    ``held``, so that a role that has just ended allows nothing; a screen, which only shows, may ask once.
    """
    if by.has_perm(verb):
        return True
    if story is None or not by.is_active:
        return False
    held = held_by(by) if held is None else held
    return any((story.pk, role) in held for role in granting(verb))


def may_at_all(by: Any, *verbs: str, held: Held | None = None) -> bool:
    """Whether a screen of ``verbs`` is of any use to ``by``: whether one of them is allowed somewhere."""
    if any(may(by, verb, None) for verb in verbs):
        return True
    if not by.is_active:
        return False
    roles = {role for _, role in (held_by(by) if held is None else held)}
    return any(roles & granting(verb) for verb in verbs)


def is_everywhere(by: Any, *verbs: str) -> bool:
    """Whether ``by`` may do one of ``verbs`` in every story; where none is named, anything at the desk."""
    if verbs:
        return any(may(by, verb, None) for verb in verbs)
    return bool(by.has_module_perms(Story._meta.app_label))


def insist(by: Any, verb: str, row: Any, doing: str) -> None:
    """Raises Refused, naming what ``by`` was ``doing`` ("publish this"), unless they may in its story."""
    if not may(by, verb, story_of(row)):
        raise Refused(f"You may not {doing}. Ask somebody whose role allows it.")


def insist_on_saving(by: Any, row: Any) -> None:
    """Raises Refused unless ``by`` may add ``row``, or change it where it was saved before."""
    verb = verb_on("change" if row.pk else "add", type(row))
    doing = f"change this {row._meta.verbose_name}" if row.pk else f"add a new {row._meta.verbose_name}"
    insist(by, verb, row, doing)


def verb_on(action: str, model: Any) -> str:
    """The permission to view, add, change or delete rows of ``model``."""
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def insist_on_kept(event: Event) -> None:
    """Refuses what is done in an event that was discarded, or taken down."""
    if event.state == Event.State.ERASED:
        raise Refused(NO_WORDS)
    if event.state == Event.State.DISCARDED:
        raise Refused("This event was discarded: bring it back first.")


def story_of(row: Any) -> Any:
    """The story that ``row`` belongs to; None for the desk as a whole."""
    if isinstance(row, Decision):
        return row.told_in
    return row if row is None or isinstance(row, Story) else row.story


@contextmanager
def printed_or_refused() -> Iterator[None]:
    """What the press cannot print is refused in a sentence, and leaves nothing behind."""
    try:
        with transaction.atomic():
            yield
    except press.NoteNeeded:
        raise Refused(NOTE_NEEDED) from None
    except press.TakenDown as taken:
        raise Refused(str(taken)) from None
    except press.NoRecord:
        raise Refused(NO_RECORD) from None
    except FileNotFoundError:
        raise Refused(LOST_FILE) from None
    except Unsealable as unsealable:
        raise Refused(f"{unsealable} Take it out, then try again.") from None
    except IntegrityError as clash:
        if press.is_without_desk():
            raise Refused(ANOTHER_DESK) from clash
        raise


def note_of(typed: str) -> str:
    """A note or reason as it is kept. Raises Refused for what no document may hold."""
    try:
        return composed(typed).strip()
    except Unsealable as unsealable:
        raise Refused(f"{unsealable} Take it out, then try again.") from None


@contextmanager
def moving(
    subject: Any, move: Move, *, by: Any, seen: int, code: str = "", note: str = "", saves: bool = True
) -> Iterator[Any]:
    """Hold one row while it makes one move; record the move if nothing refuses.

    The row is saved afterwards, unless it ``saves`` nothing because it was saved to be printed as it then is.

    Yields the row as it is now, not the caller's copy, which is stale afterwards.
    Raises Refused: no permission, wrong state, a newer version than the one ``seen``, a note too long.
    """
    if len(note) > LONGEST_NOTE:
        raise Refused(f"Say it in at most {LONGEST_NOTE:,} characters.")
    deed = move.deed or f"{move.verb} this"
    with printed_or_refused():
        row = hold(subject)
        if move.unopened and story_of(row).opened_at is None:
            move = move.unopened
        insist(by, move.permission, row, deed)
        check_seen(row, seen)
        if isinstance(row, Citation):
            insist_on_kept(row.event)
        was = getattr(row, "state", "")
        if move.sources and was not in move.sources:
            raise Refused(f"You cannot {deed}: it is {state_of(row, move)}.")
        yield row
        if move.target:
            row.state = move.target
        if saves:
            row.save(update_fields=OWNED[type(row)])
        record(row, move.verb, by=by, version=seen, moved=(was, move.target), code=code, note=note)


def hold(subject: Any) -> Any:
    """Lock the story of ``subject`` and return the row as it is now."""
    hold_story_of(subject)
    rows = type(subject).objects.select_related(*READ_WITH.get(type(subject), ("story",)))
    rows = rows.annotate(**READ_BESIDE.get(type(subject), {})).filter(pk=subject.pk)
    # No order and no limit, or PostgreSQL may read a large desk from its beginning to be there sooner.
    found = next(iter(rows.order_by()), None)
    if found is None:
        raise Refused("Somebody has deleted this in the meantime.")
    if getattr(found, "erased_at", None):
        raise Refused(NO_WORDS)
    return found


def hold_story_of(row: Any) -> Story:
    """Lock the story that ``row`` is saved in, until the transaction ends."""
    stories = Story.objects.select_for_update(of=("self",), no_key=True)
    try:
        return stories.get(**{STORY_OF[type(row)]: row.pk})
    except Story.DoesNotExist:
        raise Refused("Somebody has deleted this in the meantime.") from None


def hold_story(story: Story) -> Story:
    """Lock ``story`` until the transaction ends."""
    return hold_story_of(story)


def check_seen(row: Any, seen: int | None) -> None:
    """Refuses when ``row`` is not the version that the person saw."""
    if seen != row.version:
        raise Stale(
            f"Somebody has changed this since you opened it (you saw version {seen}, it is now version "
            f"{row.version}). Look at the new version, then decide."
        )


def record(
    row: Any,
    verb: str,
    *,
    by: Any,
    version: int,
    moved: tuple[str, str] = ("", ""),
    code: str = "",
    note: str = "",
) -> Decision:
    """Add a Decision on ``row``, which ``moved`` from one state to another.

    The note stands in words of its own; so do, of a citation, a medium or a proposal, what was decided on
    and the fingerprints of what was read beside. What its event said goes with an approval, to be compared
    with what it says later.
    """
    was, becomes = moved
    told = {"verb": verb, "by": by, "version": version, "reason_code": code}
    decision = Decision.objects.create(
        **{row._meta.model_name: row}, **told, from_state=was, to_state=becomes
    )
    words = list(words_of(decision, row, note))
    if words:
        Words.objects.bulk_create(words)
    if any(each.text for each in words):
        keeping.keep_words(decision, words, story_of(row))
    return decision
