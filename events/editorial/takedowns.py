"""Words taken down for good: asked for by one administrator, confirmed by another, then erased by the worker.

What readers saw is taken by its subject in the record, wholly or in single editions; what they never saw is a
row of the desk. Of a decision its words are taken, whatever it was on: what it decided stands. Withdrawal is
another thing: what is withdrawn stays in the record and on the desk.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from chronicle.models import Edition
from events import press
from events.editorial.holding import hold_story, insist, moving, note_of, record, story_of
from events.editorial.moves import ASK_TAKEDOWN, CONFIRM_TAKEDOWN, ERASE_REASON, TAKE_BACK_TAKEDOWN
from events.editorial.noted import check_note
from events.editorial.reach import who_may
from events.editorial.refused import Refused
from events.erasing.editions import forget_editions
from events.erasing.emptying import empty
from events.erasing.rows import has_words, is_printed, row_of
from events.erasing.wording import forget_said
from events.models import Citation, Decision, Kind, Proposal, Story, Takedown, TakedownPart
from events.models.takedown import DECISION, LONGEST_REASON, LONGEST_REFERENCE, ROWS, part_words

PART = re.compile(r"(?P<name>[a-z]+(?:/[0-9a-z-]+)?)(?:@(?P<editions>\d{1,9}(?:,\d{1,9})*))?", re.ASCII)
ASKING = "ask for a takedown"
ASKED = "ask"
"""The verb of asking, which is no move of a row."""

LONGEST_KEY = 18
"""Digits of a primary key."""
OWN = "You asked for this: another administrator confirms it."


@dataclass(frozen=True)
class Part:
    """What is to be taken down: a ``subject`` of the record, or some ``editions`` of it; or a ``row``."""

    subject: str = ""
    editions: tuple[int, ...] = ()
    row: str = ""
    """Of the desk, never printed, by its primary key: “event/42”; or the words of “decision/7”."""

    def __str__(self) -> str:
        return part_words(self.subject or self.row, self.editions)


def part_of(typed: str, *, on_the_desk: bool = False) -> Part:
    """The part that “entry/42” or “entry/42@1,3” means, or of a row of the desk “event/7”. Raises Refused."""
    found = PART.fullmatch(typed.strip())
    if found is None or (on_the_desk and found["editions"]):
        raise Refused(f"“{typed}” names nothing: write entry/42, or entry/42@1,3 for single editions.")
    if on_the_desk:
        return Part(row=found["name"])
    editions = tuple(sorted({int(number) for number in (found["editions"] or "").split(",") if number}))
    return Part(found["name"], editions)


def ask(
    story: Story,
    parts: Sequence[Part],
    *,
    by: Any,
    reason: str,
    legal: bool = False,
    order_reference: str = "",
    by_command: bool = False,
) -> Takedown:
    """Ask that ``parts`` of ``story`` be taken down, for a ``reason`` that stays on the desk.

    ``legal`` is by an order of a court, whose ``order_reference`` stays there too. Nothing is taken before
    somebody else confirms it; whoever runs a command on the server may do both. Refused is what could not be
    confirmed as things are.
    """
    reason, order_reference = note_of(reason), note_of(order_reference)
    _check_words(reason, order_reference, legal)
    with transaction.atomic():
        held = hold_story(story)
        insist(by, ASK_TAKEDOWN, held, ASKING)
        _check(held, parts, legal=legal, by=by)
        made = Takedown.objects.create(
            story=held,
            reason=reason,
            legal=legal,
            order_reference=order_reference,
            by_command=by_command,
            asked_by=by,
            part_count=len(parts),
        )
        TakedownPart.objects.bulk_create(
            TakedownPart(takedown=made, subject=part.subject, row=part.row, editions=list(part.editions))
            for part in parts
        )
        record(made, ASKED, by=by, version=made.version, moved=("", made.state))
    return made


def _check_words(reason: str, order_reference: str, legal: bool) -> None:
    if not reason:
        raise Refused("Say why, in a sentence for whoever confirms it. Readers are not told.")
    if len(reason) > LONGEST_REASON or len(order_reference) > LONGEST_REFERENCE:
        raise Refused(
            f"Say why in at most {LONGEST_REASON:,} characters, and name the order in {LONGEST_REFERENCE}."
        )
    if order_reference and not legal:
        raise Refused("Only a takedown by a legal order refers to one.")


def confirm(takedown: Takedown, *, by: Any, seen: int, by_command: bool = False) -> Takedown:
    """Take down what was asked for, at once and for good; the worker then erases what is left of the bytes.

    Refused to whoever asked, but ``by_command`` on the server what was asked for there; and where what was
    asked for can no longer be taken so.
    """
    with moving(takedown, CONFIRM_TAKEDOWN, by=by, seen=seen) as held:
        # Nobody takes words down alone, but whoever runs the server.
        if held.asked_by_id == by.pk and not (by_command and held.by_command):
            raise Refused(OWN)
        parts = [Part(part.subject, tuple(part.editions), part.row) for part in held.parts.all()]
        held.confirmed_by, held.confirmed_at = by, timezone.now()
        _take(held, parts, by=by, at=held.confirmed_at)
        held.step, held.version = Takedown.Step.FILES, held.version + 1
    return held


def _take(held: Takedown, parts: Sequence[Part], *, by: Any, at: datetime) -> None:
    story = held.story
    # Another takedown may have taken the words of a decision meanwhile; the rest is taken all the same.
    parts = [part for part in parts if not _is_silent(story, part)]
    if not parts:
        return
    check_parts(story, parts)
    for part in parts:
        if part.editions:
            forget_editions(story, part.subject, part.editions, by=by, at=at)
    _print(story, parts, legal=held.legal, by=by)
    rows = _rows(story, parts)
    forget_said([row for row in rows if isinstance(row, Decision)])
    empty([row for row in rows if not isinstance(row, Decision)], by=by, at=at)


def _is_silent(story: Story, part: Part) -> bool:
    row = desk_row(story, part.row) if part.row else None
    return isinstance(row, Decision) and not has_words(row)


def take_back(takedown: Takedown, *, by: Any, seen: int) -> None:
    """Ask for it no longer. What was asked, by whom and why, stays."""
    with moving(takedown, TAKE_BACK_TAKEDOWN, by=by, seen=seen) as held:
        held.taken_back_by, held.taken_back_at = by, timezone.now()
        held.version += 1


def erase_reason(takedown: Takedown, *, by: Any, seen: int) -> None:
    """Erase why something was taken down, and by which order: either may name what nobody may.

    The worker erases the bytes once more, of one that was confirmed.
    """
    with moving(takedown, ERASE_REASON, by=by, seen=seen) as held:
        if held.reason_erased_at:
            raise Refused("Why this was taken down is erased already.")
        held.reason = held.order_reference = ""
        held.reason_erased_at, held.version = timezone.now(), held.version + 1
        if held.state == Takedown.State.DONE:
            held.state, held.step, held.done_at = Takedown.State.ERASING, Takedown.Step.FILES, None


def others_who_confirm(by: Any) -> list[Any]:
    """The administrators, but for ``by``, who may confirm what that one asks for."""
    return list(who_may(CONFIRM_TAKEDOWN.permission).exclude(pk=by.pk).order_by("username"))


def _check(story: Story, parts: Sequence[Part], *, legal: bool, by: Any) -> None:
    """Refuses parts that could not be taken as things are now: it is tried, and undone."""
    check_parts(story, parts)
    with _undone():
        _print(story, parts, legal=legal, by=by)


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _print(story: Story, parts: Sequence[Part], *, legal: bool, by: Any) -> None:
    """Print that ``parts`` are taken down, where the record has them. Refuses what the press cannot take."""
    takings = [press.Taking(part.subject, part.editions) for part in parts if part.subject]
    try:
        if takings:
            press.print_takedown(story, takings, legal=legal, by=by)
    except press.CannotTake as cannot:
        raise Refused(str(cannot)) from None


def check_parts(story: Story, parts: Sequence[Part]) -> None:
    if not parts:
        raise Refused("Say what is to be taken down.")
    names = [part.subject or part.row for part in parts]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Refused(f"{twice} stands there twice: name it once, with all its editions or none.")
    for part in parts:
        if part.row:
            _check_row(story, part.row)


def _check_row(story: Story, name: str) -> None:
    row = desk_row(story, name)
    if row is None:
        raise Refused(f"This desk has no {name} in “{story}”.")
    if not has_words(row):
        raise Refused(f"{name} is taken down already, or never had words.")
    if isinstance(row, Decision):
        check_note(row, printed_as)
        return
    if printed := printed_as(row):
        raise Refused(f"Readers saw {name} as {printed}: name that instead.")
    if isinstance(row, Kind) and (used := row.events.filter(erased_at=None).count()):
        raise Refused(f"{name} is the kind of {used} events: give these another first.")


def printed_as(row: Any) -> str:
    """As what of the record ``row`` was ever printed; empty where it never was."""
    if isinstance(row, Proposal):
        return f"an edition of {row.subject.printed}" if _changed_what_was_printed(row) else ""
    if isinstance(row, Citation):
        return f"a citation of {row.event.printed}" if _was_cited(row) else ""
    if not is_printed(row):
        return ""
    return f"text/{row.name}" if not hasattr(row, "printed") else _subject_of(row)


def _subject_of(row: Any) -> str:
    return f"page/{row.date.isoformat()}" if row.printed.facet == "page" else str(row.printed)


def _changed_what_was_printed(proposal: Proposal) -> bool:
    """Whether readers had the source or outlet when the change was accepted: what it said before, and then.

    Of one that was printed later they had neither by this, and what it said before stands in no edition.
    """
    if proposal.state != Proposal.State.ACCEPTED or not is_printed(proposal.subject):
        return False
    printed = Edition.objects.filter(chronicle__key=proposal.story.key, subject=str(proposal.subject.printed))
    return printed.filter(at__lte=proposal.decided_at).exists()


def _was_cited(citation: Citation) -> bool:
    """Whether an edition of its event ever had it."""
    if not hasattr(citation.event, "printed"):
        return False
    editions = Edition.objects.filter(chronicle__key=citation.story.key, subject=str(citation.event.printed))
    documents = (edition.document or {} for edition in editions.with_document())
    return any(str(citation.key) == each["key"] for said in documents for each in said.get("citations", ()))


def desk_row(story: Story, name: str) -> Any:
    """The row of the desk of ``story`` that “event/42” names; None where there is none."""
    model, _, pk = name.partition("/")
    if model not in (*ROWS, DECISION) or not pk.isdecimal() or len(pk) > LONGEST_KEY:
        return None
    row = apps.get_model("events", model).objects.filter(pk=pk).first()
    return row if row is not None and story_of(row) == story else None


def _rows(story: Story, parts: Collection[Part]) -> list[Any]:
    """The rows of the desk that ``parts`` take wholly."""
    whole = [part for part in parts if not part.editions]
    rows = (desk_row(story, part.row) if part.row else row_of(story, part.subject) for part in whole)
    return [row for row in rows if row is not None]
