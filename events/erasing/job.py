"""What is still to do once a takedown is confirmed: the bytes go from files, index and database.

The worker does it, step by step, each of which may be done twice: one that was killed is gone on with.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.models import F

from events import press
from events.erasing.rows import row_of
from events.models import Decision, Material, Session, Story, Takedown, TakedownPart
from events.signing.sessions import SessionStore
from media import erasing

Step = Takedown.Step
TYPED = "typed"
"""Under which name a session keeps what somebody sent whose session had ended."""
LEFT_OVER = "left over"
"""Under which name it keeps what was typed on the page of a day and is not done."""
NAME_OF_VIEW = "name of a view"
"""Likewise, for a view of a list that was refused."""
IN_WORDS = ("_messages", TYPED, LEFT_OVER, NAME_OF_VIEW)
"""Under which names a session keeps words. Django keeps messages there that are too long for a cookie."""


@dataclass(frozen=True)
class Stage:
    """One step, as a page shows how far a takedown is."""

    label: str
    done: bool
    at_work: bool


def erasing_now(*, but: Collection[int] = ()) -> list[int]:
    """The takedowns (primary keys) that are confirmed and not done, the first confirmed first."""
    waiting = Takedown.objects.filter(state=Takedown.State.ERASING).exclude(pk__in=but)
    return list(waiting.order_by("confirmed_at", "pk").values_list("pk", flat=True))


def stages_of(takedown: Takedown) -> list[Stage]:
    """How far the erasing of ``takedown`` is: every step in its order; none before it is confirmed."""
    if takedown.confirmed_at is None:
        return []
    order = list(STEPS)
    reached = order.index(Step(takedown.step)) if takedown.step else len(order)
    return [Stage(step.label, place < reached, place == reached) for place, step in enumerate(order)]


def erase(pk: int, now: datetime, progress: Callable[[], object] = lambda: None) -> str:
    """Do what is left of one takedown, as far as it can be done now; what was done, once all of it is.

    Outside of a transaction. What cannot be done yet, because somebody reads or uploads, stays for the next
    call, from the step on at which it stands.
    """
    takedown = Takedown.objects.select_related("story").get(pk=pk)
    while takedown.state == Takedown.State.ERASING:
        step = Step(takedown.step)
        if not STEPS[step](takedown):
            return ""
        _go_on(takedown, step, now)
        progress()
        takedown.refresh_from_db()
    return f"{takedown} in “{takedown.story}” is done: the words are in no row and no file of this server."


def _go_on(takedown: Takedown, step: Step, now: datetime) -> None:
    """Note that ``step`` is done. Another worker may have been here before."""
    order = list(STEPS)
    at = Takedown.objects.filter(pk=takedown.pk, state=Takedown.State.ERASING, step=step)
    if step == order[-1]:
        at.update(state=Takedown.State.DONE, step="", done_at=now, version=F("version") + 1)
    else:
        at.update(step=order[order.index(step) + 1])


def _remove_files(takedown: Takedown) -> bool:
    """Every file of what is taken wholly; of what lost single editions, or words of decisions, the copies
    that nobody is told of any more: each says whose it is in the words that it was made with."""
    left: list[Path] = []
    for part in takedown.parts.all():
        row = _row_of(takedown.story, part)
        medium = row.material if isinstance(row, Decision) else row
        if not isinstance(medium, Material):
            continue
        if part.editions or medium != row:
            left += erasing.remove_copies([medium.asset], but=_copies_told(medium))
        else:
            left += erasing.remove([medium.asset])
    return not left


def _copies_told(medium: Material) -> set[str]:
    """The files, by their hashes, that readers are told of."""
    return press.copies_told(medium.story, str(medium.printed)) if hasattr(medium, "printed") else set()


def _row_of(story: Story, part: TakedownPart) -> object:
    if part.subject:
        return row_of(story, part.subject)
    model, _, pk = part.row.partition("/")
    return apps.get_model("events", model).objects.filter(pk=pk).first()


def _forget_messages(takedown: Takedown) -> bool:
    """Drop what waits in sessions for the next page: messages, and what was sent by who was signed out."""
    for session in Session.objects.order_by("pk").iterator():
        said = session.get_decoded()
        words = [said.pop(name, None) for name in IN_WORDS]
        if any(words):
            Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(said))
    return True


def _merge_index(takedown: Takedown) -> bool:
    """On SQLite an index keeps the words of deleted rows until its parts are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for index in ("chronicle_entrywords_fts", "events_desktext_fts"):
                cursor.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")  # noqa: S608 - one of two
    return True


def _rewrite(takedown: Takedown) -> bool:
    """Write the database anew without what was deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            return True
        # It takes as long as it takes.
        cursor.execute("SET statement_timeout = 0")
        try:
            for table in _tables():
                # What is known of its values by sampling holds some of them.
                cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(table)}")
        finally:
            cursor.execute("RESET statement_timeout")
    return True


def _tables() -> list[str]:
    """Every table of ours and of Django's: words may have stood in any."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def _cut_log(takedown: Takedown) -> bool:
    """Empty the write-ahead log of SQLite; not while somebody still reads what stood before."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


STEPS: dict[Step, Callable[[Takedown], bool]] = {
    Step.FILES: _remove_files,
    Step.SESSIONS: _forget_messages,
    Step.WORDS: _merge_index,
    Step.DATABASE: _rewrite,
    Step.LOG: _cut_log,
}
"""What is done in each step, in their order, and whether it is done."""
