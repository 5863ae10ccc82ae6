"""Two people at once: what they do, and what must be true when both have finished. Run by tests/race.py."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Barrier
from unittest.mock import patch

from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connections, transaction

from chronicle.models import Chronicle, Edition, Entry, Term
from events import press
from events.editorial import holding, moderation, publishing, writing
from events.editorial.refused import Refused
from events.models import Citation, Day, Decision, Event, Kind, Outlet, Source
from events.press import log
from events.roles import set_up

FIRST_WORDS, OTHER_WORDS = "The bridge was closed at noon.", "The bridge was closed at ten."
WINDOW = 0.004
"""Seconds for which the control, its guard off, leaves each gap open."""

Racer = Callable[[], object]


@dataclass
class People:
    """Those who race, and the rows they race for."""

    editor: User
    other_editor: User
    moderator: User
    other_moderator: User
    day: Day
    kind: Kind
    source: Source


@dataclass
class Tally:
    """What became of the rounds of one scenario."""

    name: str
    rounds: int = 0
    outcomes: Counter = field(default_factory=Counter)
    violations: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)
    seconds: float = 0

    @property
    def failures(self) -> int:
        return self.violations.total() + self.errors.total()


def gather() -> People:
    """The accounts, a chronicle of one day, and a source, in an empty database."""
    set_up()

    def person(name: str, group: str) -> User:
        account = User.objects.create(username=name)
        account.groups.add(Group.objects.get(name=group))
        return User.objects.get(pk=account.pk)

    story = Chronicle.objects.create(title="The race", slug="race", first_date=date(2021, 3, 1))
    outlet = Outlet.objects.create(name="The Harbour Post")
    return People(
        editor=person("editor", "Editors"),
        other_editor=person("other-editor", "Editors"),
        moderator=person("moderator", "Moderators"),
        other_moderator=person("other-moderator", "Moderators"),
        day=Day.objects.create(chronicle=story, date=story.first_date),
        kind=Kind.objects.create(name="Damage"),
        source=Source.objects.create(outlet=outlet, title="The river rises"),
    )


@transaction.atomic
def make_event(people: People, number: int, *, published: bool = False, pending: bool = False) -> Event:
    """An event with an approved citation, published where asked, or with a pending one, or both."""
    at = f"{number // 60 % 24:02}:{number % 60:02}"
    event = Event(day=people.day, kind=people.kind, headline=f"Round {number}", wording=at)
    writing.save_event(event, by=people.editor)
    if published or not pending:
        citation = cite(people, event)
        moderation.approve(citation, by=people.moderator, seen=1)
    if published:
        publishing.publish(event, by=people.editor, seen=1)
    if pending:
        cite(people, event)
    return event


def cite(people: People, event: Event) -> Citation:
    return writing.save_citation(
        Citation(event=event, source=people.source, quote=FIRST_WORDS), by=people.editor
    )


def edit(citation: Citation, by: User) -> Racer:
    def race() -> None:
        seen = Citation.objects.get(pk=citation.pk)
        seen.quote = OTHER_WORDS
        writing.save_citation(seen, by=by, seen=1)

    return race


def publish_and_edit(people: People, number: int) -> tuple[Event, list[Racer]]:
    """Every other round it is a second edition, with words that were staged before."""
    event, seen, note = make_event(people, number, published=number % 2 == 1), 1, ""
    if number % 2:
        event = Event.objects.get(pk=event.pk)
        event.headline = f"Round {number}, told otherwise"
        writing.save_event(event, by=people.editor, seen=1)
        seen, note = 2, "Told otherwise."
    return event, [
        lambda: publishing.publish(event, by=people.editor, seen=seen, note=note),
        edit(event.citations.get(), people.other_editor),
    ]


def approve_and_edit(people: People, number: int) -> tuple[Event, list[Racer]]:
    """Every other round the event is public already, so that what is approved is printed."""
    event = make_event(people, number, published=number % 2 == 1, pending=True)
    citation = event.citations.get(state="pending")
    return event, [
        lambda: moderation.approve(citation, by=people.moderator, seen=1),
        edit(citation, people.other_editor),
    ]


def two_approvals(people: People, number: int) -> tuple[Event, list[Racer]]:
    event = make_event(people, number, published=number % 2 == 1, pending=True)
    citation = event.citations.get(state="pending")
    return event, [
        lambda: moderation.approve(citation, by=people.moderator, seen=1),
        lambda: moderation.approve(citation, by=people.other_moderator, seen=1),
    ]


def two_publishes(people: People, number: int) -> tuple[Event, list[Racer]]:
    event = make_event(people, number)
    return event, [
        lambda: publishing.publish(event, by=people.editor, seen=1),
        lambda: publishing.publish(event, by=people.other_editor, seen=1),
    ]


SCENARIOS = {
    "publish ∥ edit a citation": publish_and_edit,
    "approve ∥ edit": approve_and_edit,
    "two approvals at once": two_approvals,
    "two publishes at once": two_publishes,
}


def run(
    name: str,
    people: People,
    *,
    rounds: int,
    numbers: Iterator[int],
    dice: random.Random,
    progress: Callable[[], object],
) -> Tally:
    """Race ``rounds`` rounds of one scenario. The racers keep their threads, and so their connections."""
    tally, began = Tally(name), time.monotonic()
    with ThreadPoolExecutor(2) as threads:
        for _ in range(rounds):
            event, racers = SCENARIOS[name](people, next(numbers))
            dice.shuffle(racers)
            barrier, delay = Barrier(2), dice.choice((0, 0, 0.001, 0.003))
            running = [
                threads.submit(attempt, racer, barrier, delay * place) for place, racer in enumerate(racers)
            ]
            ends = [future.result() for future in running]
            tally.rounds += 1
            tally.errors.update(end for end in ends if end not in ("done", "refused"))
            tally.outcomes[" + ".join(sorted(ends))] += 1
            tally.violations.update(set(violations(event, name, ends)))
            progress()
        leave(threads)
    tally.seconds = time.monotonic() - began
    return tally


def leave(threads: ThreadPoolExecutor) -> None:
    """Close the connection of both threads."""
    barrier = Barrier(2)

    def close() -> None:
        barrier.wait(10)
        connections.close_all()

    for closing in [threads.submit(close) for _ in range(2)]:
        closing.result()


def attempt(racer: Racer, barrier: Barrier, delay: float) -> str:
    """How it ended for the person: done, refused, or what they would be shown instead."""
    barrier.wait(10)
    time.sleep(delay)
    try:
        racer()
    except Refused:
        return "refused"
    except DatabaseError as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0][:60]}"
    return "done"


def violations(event: Event, scenario: str, ends: list[str]) -> Iterator[str]:
    """What is wrong with ``event`` after a round."""
    event = Event.objects.get(pk=event.pk)
    entry = Entry.objects.filter(key=event.key).first()
    editions = list(Edition.objects.filter(subject_kind="entry", subject_id=entry.pk)) if entry else []
    approvals = list(Decision.objects.filter(citation__event=event, verb="approve"))
    yield from unapproved_words(editions, approvals)
    yield from unseen_words(event, approvals)
    if (event.state == "published") != bool(entry):
        yield "published without an entry, or the other way round"
    if event.state == "published" and press.printed_citations(event) < 1:
        yield "public on no approved citation"
    edited = event.citations.filter(quote=OTHER_WORDS, version=2, state="pending").exists()
    if "edit" in scenario and ends == ["done", "done"] and not edited:
        yield "an edit that was accepted is lost"
    if scenario == "two approvals at once" and ends.count("done") != 1:
        yield f"{ends.count('done')} of two approvals went through"
    if scenario == "two publishes at once" and [edition.action for edition in editions] != ["first"]:
        yield "not exactly one first edition"


def unapproved_words(editions: list[Edition], approvals: list[Decision]) -> Iterator[str]:
    """Each citation ever printed was approved in exactly those words."""
    approved = {(decision.citation_id, decision.words_sha256) for decision in approvals}
    sources = dict(Source.objects.values_list("key", "pk"))
    keys = dict(Term.objects.filter(kind="source").values_list("pk", "key"))
    for edition in editions:
        for printed in edition.document["citations"]:
            words = Citation(
                source_id=sources[keys[printed["source"]]],
                **{name: printed[name] for name in ("quote", "locator", "stance", "credibility")},
            )
            if (printed["id"], words.words_sha256()) not in approved:
                yield "printed words that nobody approved"


def unseen_words(event: Event, approvals: list[Decision]) -> Iterator[str]:
    """Every approval is of the words of the version seen, by another, and one version is approved once."""
    for decision in approvals:
        citation = decision.citation
        seen = Citation(source_id=citation.source_id, quote=FIRST_WORDS, stance=citation.stance)
        if decision.version != 1 or decision.words_sha256 != seen.words_sha256():
            yield "approved words that the approver did not see"
    for citation in event.citations.filter(state="approved"):
        of_these = [d for d in approvals if d.citation_id == citation.pk]
        if not any(d.words_sha256 == citation.words_sha256() for d in of_these):
            yield "a citation stands approved in words that nobody approved"
    if any(count > 1 for count in Counter(decision.citation_id for decision in approvals).values()):
        yield "one citation approved twice"


@contextmanager
def without_guard(*, transaction_mode: str = "") -> Iterator[None]:
    """No row locks, no versions checked, and time enough in each gap for the other to come between.

    On SQLite every transaction is alone from its beginning; ``transaction_mode`` says otherwise.
    """

    def read(subject: object) -> object:
        return linger(type(subject).objects.get(pk=subject.pk))

    def linger(result: object) -> object:
        time.sleep(WINDOW)
        return result

    missing = publishing.what_is_missing
    with ExitStack() as stack:
        for module in (holding, writing):
            stack.enter_context(patch.object(module, "hold", read))
            stack.enter_context(patch.object(module, "check_seen", lambda row, seen: None))
        stack.enter_context(patch.object(writing, "hold_event", lambda pk: Event.objects.get(pk=pk)))
        stack.enter_context(patch.object(log, "locked", read))
        stack.enter_context(
            patch.object(publishing, "what_is_missing", lambda *given: linger(missing(*given)))
        )
        if transaction_mode:
            options = {**connections.settings["default"]["OPTIONS"], "transaction_mode": transaction_mode}
            stack.enter_context(patch.dict(connections.settings["default"], OPTIONS=options))
        yield
