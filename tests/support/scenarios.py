"""What people race for in tests/race.py, and what must be true when all of them have finished."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from chronicle.models import Edition, Entry
from events.editorial import moderation, opening, publishing, scheduling, writing
from events.editorial import people as roles
from events.editorial.refused import Refused
from events.models import Citation, Day, Decision, Event, Kind, Outlet, Printed, Source, Story
from events.models.hmac import hmac_of
from events.roles import set_up
from tests.support import approval_races, media_races, taking_races

FIRST_WORDS, OTHER_WORDS = "The bridge was closed at noon.", "The bridge was closed at ten."
ONE_MINUTE = "12:00"
READING = 0.04
"""Seconds that somebody reads who is late."""
PASSES = 40
"""After how many passes a worker that races comes no more."""

Racer = Callable[[], object]


@dataclass
class Desk:
    """What an event of one story is made of."""

    day: Day
    kind: Kind
    source: Source


@dataclass
class People:
    """Those who race, and the stories they race for."""

    editor: User
    other_editor: User
    moderator: User
    other_moderator: User
    manager: User
    member: User
    """Has a role in one story alone, and in some rounds only."""
    boss: User
    other_boss: User
    """Both administer the desk."""
    desks: list[Desk]


def gather() -> People:
    """The accounts, and four stories of one day with a source each, in an empty database."""
    set_up()
    manager = _person("manager", "Managers")
    return People(
        editor=_person("editor", "Editors"),
        other_editor=_person("other-editor", "Editors"),
        moderator=_person("moderator", "Moderators"),
        other_moderator=_person("other-moderator", "Moderators"),
        manager=manager,
        member=User.objects.create(username="member"),
        boss=User.objects.create(username="boss", is_superuser=True),
        other_boss=User.objects.create(username="other-boss", is_superuser=True),
        desks=[_open(_desk(str(number)), manager) for number in range(4)],
    )


def _person(name: str, group: str) -> User:
    account = User.objects.create(username=name)
    account.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=account.pk)


def _open(desk: Desk, manager: User) -> Desk:
    opening.open_story(desk.day.story, by=manager, seen=1)
    return desk


def _desk(name: str) -> Desk:
    first = date(2021, 3, 1)
    story = Story.objects.create(title=f"Race {name}", slug=f"race-{name}", first_date=first, zone="UTC")
    outlet = Outlet.objects.create(story=story, name="The Harbour Post")
    return Desk(
        day=Day.objects.create(story=story, date=first),
        kind=Kind.objects.create(story=story, name="Damage"),
        source=Source.objects.create(story=story, outlet=outlet, title="The river rises"),
    )


@transaction.atomic
def make_event(
    people: People,
    number: int,
    *,
    published: bool = False,
    pending: bool = False,
    desk: int = 0,
    wording: str = "",
    kind: Kind | None = None,
) -> Event:
    """An event with an approved citation, published where asked, or with a pending one, or both."""
    rows = people.desks[desk]
    at = wording or f"{number // 60 % 24:02}:{number % 60:02}"
    event = Event(day=rows.day, kind=kind or rows.kind, headline=f"Round {number}", wording=at)
    writing.save_event(event, by=people.editor)
    if published or not pending:
        moderation.approve(cite(people, event, rows.source), by=people.moderator, seen=1)
    if published:
        publishing.publish(event, by=people.editor, seen=1)
    if pending:
        cite(people, event, rows.source)
    return event


def make_due(people: People, number: int) -> Event:
    """An event whose time to be published has come."""
    event, now = make_event(people, number), timezone.now()
    publishing.schedule(event, by=people.editor, seen=1, at=now + timedelta(hours=1))
    Event.objects.filter(pk=event.pk).update(publish_at=now - timedelta(minutes=1))
    return event


def cite(people: People, event: Event, source: Source) -> Citation:
    return writing.save_citation(Citation(event=event, source=source, quote=FIRST_WORDS), by=people.editor)


def edit(citation: Citation, by: User) -> Racer:
    def race() -> None:
        seen = Citation.objects.get(pk=citation.pk)
        seen.quote = OTHER_WORDS
        writing.save_citation(seen, by=by, seen=1)

    return race


def retell(event: Event, by: User) -> Racer:
    def race() -> None:
        seen = Event.objects.get(pk=event.pk)
        seen.headline = f"{seen.headline}, told otherwise"
        writing.save_event(seen, by=by, seen=1)

    return race


def due(event: Event) -> Racer:
    """The worker, for whom what it does not publish was refused."""

    def race() -> None:
        if not scheduling.publish_due(event.pk, timezone.now()):
            raise Refused("It was not published.")

    return race


def publish_and_edit(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Every other round it is a second edition, with words that were staged before."""
    event, seen, note = make_event(people, number, published=number % 2 == 1), 1, ""
    if number % 2:
        event = Event.objects.get(pk=event.pk)
        event.headline = f"Round {number}, told otherwise"
        writing.save_event(event, by=people.editor, seen=1)
        moderation.confirm(event.citations.get(), by=people.moderator, seen=1)
        seen, note = 2, "Told otherwise."
    return [event], [
        lambda: publishing.publish(event, by=people.editor, seen=seen, note=note),
        edit(event.citations.get(), people.other_editor),
    ]


def approve_and_edit(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Every other round the event is public already, so that what is approved is printed."""
    event = make_event(people, number, published=number % 2 == 1, pending=True)
    citation = event.citations.get(state="pending")
    return [event], [
        lambda: moderation.approve(citation, by=people.moderator, seen=1),
        edit(citation, people.other_editor),
    ]


def two_approvals(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_event(people, number, published=number % 2 == 1, pending=True)
    citation = event.citations.get(state="pending")
    return [event], [
        lambda: moderation.approve(citation, by=people.moderator, seen=1),
        lambda: moderation.approve(citation, by=people.other_moderator, seen=1),
    ]


def two_publishes(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_event(people, number)
    return [event], [
        lambda: publishing.publish(event, by=people.editor, seen=1),
        lambda: publishing.publish(event, by=people.other_editor, seen=1),
    ]


def due_and_edit(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Every other round it is a citation that is edited, without which the event may not be public."""
    event = make_due(people, number)
    if number % 2:
        return [event], [due(event), edit(event.citations.get(), people.other_editor)]
    return [event], [due(event), retell(event, people.other_editor)]


def due_and_reject(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """A moderator thinks again of the citation that carries the event."""
    event = make_due(people, number)
    citation = event.citations.get()

    def reject() -> None:
        moderation.reopen(citation, by=people.moderator, seen=1)
        moderation.reject(citation, by=people.moderator, seen=1, code="inexact", words="It says otherwise.")

    return [event], [due(event), reject]


def due_and_cancel(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_due(people, number)
    return [event], [due(event), lambda: scheduling.unschedule(event, by=people.other_editor, seen=1)]


def due_and_due(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_due(people, number)
    return [event], [due(event), due(event)]


def four_chronicles(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Four stories publish an event of one minute each, always the same minute."""
    events = [make_event(people, number, desk=desk, wording=ONE_MINUTE) for desk in range(4)]
    return events, [publisher(event, people.editor) for event in events]


def end_role_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Somebody is taken off a story while they publish in it."""
    event = make_event(people, number)
    membership = roles.add(event.story, people.member, "editor", by=people.manager)
    return [event], [
        lambda: roles.end(membership, by=people.manager),
        publisher(event, User.objects.get(pk=people.member.pk)),
    ]


def publisher(event: Event, by: User) -> Racer:
    return lambda: publishing.publish(event, by=by, seen=1)


def approve_and_cover(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """An editor takes away what covers a picture while a moderator approves it covered."""
    event = make_event(people, number)
    material = media_races.covered(event, people.editor)
    return [event], [
        media_races.approve(material, people.moderator),
        media_races.uncover(material, people.other_editor),
    ]


def end_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_event(people, number)
    material = media_races.licensed(event, number, people.editor, people.moderator)
    return [event], [media_races.end(material), media_races.publish(event, people.other_editor)]


def same_bytes_twice(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_event(people, number)
    stories = zip(media_races.stories_of(event), (people.editor, people.other_editor), strict=True)
    return [event], [media_races.send(story, event, by) for story, by in stories]


def words_and_approve(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """An event is told otherwise while a moderator reads what it said. Every other round it is public."""
    event = make_event(people, number, published=number % 2 == 1, pending=True)
    citation = event.citations.get(state="pending")
    approve = approval_races.approve_as_shown(citation, people.moderator)
    return [event], [
        late(approve) if number // 2 % 2 else approve,
        approval_races.retell(event, people.other_editor),
    ]


def late(racer: Racer) -> Racer:
    """Who reads a little longer before the button is pressed."""

    def race() -> None:
        time.sleep(READING)
        racer()

    return race


def policy_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    kind = Kind.objects.create(story=people.desks[0].day.story, name=f"Kind {number}")
    event = make_event(people, number, kind=kind)
    return [event], [
        approval_races.ask_for_two(kind, people.manager),
        approval_races.publish(event, people.editor),
    ]


def reopen_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    event = make_event(people, number)
    return [event], [
        approval_races.reopen(event, people.other_moderator),
        approval_races.publish(event, people.editor),
    ]


def accept_and_approve(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """A source is called otherwise while a moderator reads a citation; every other round that is public."""
    of_its_own = with_a_source_in_use(people, number)
    event = make_event(of_its_own, number, published=number % 2 == 1, pending=True)
    proposal = approval_races.propose(of_its_own.desks[0].source, people.other_editor)
    return [event], [
        approval_races.accept(proposal, people.other_moderator),
        approval_races.approve_as_shown(event.citations.get(state="pending"), people.moderator),
    ]


def accept_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """The outlet that an event is the first to print is called otherwise while it is published."""
    of_its_own = with_a_source_in_use(people, number)
    event = make_event(of_its_own, number)
    proposal = approval_races.propose(of_its_own.desks[0].source.outlet, people.other_editor)
    return [event], [
        approval_races.accept(proposal, people.other_moderator),
        approval_races.publish(event, people.editor),
    ]


def with_a_source_in_use(people: People, number: int) -> People:
    """The same who race, at a desk whose source is in use and nobody else's."""
    desk = people.desks[0]
    source = approval_races.in_use(desk.day, desk.kind, number, people.editor, people.moderator)
    return replace(people, desks=[replace(desk, source=source)])


def take_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Every other round readers see the event already, and other words of it are published."""
    event = make_event(people, number, published=number % 2 == 1)
    take = taking_races.confirm(event, taking_races.part_of(event), people.boss, people.other_boss)
    if number % 2 == 0:
        return [event], [take, publisher(event, people.editor)]
    writing.save_event(_told_otherwise(event), by=people.editor, seen=1)
    moderation.confirm(event.citations.get(), by=people.moderator, seen=1)
    return [event], [
        take,
        lambda: publishing.publish(event, by=people.editor, seen=2, note="Told otherwise."),
    ]


def _told_otherwise(event: Event) -> Event:
    seen = Event.objects.get(pk=event.pk)
    seen.headline = f"{seen.headline}, told otherwise"
    return seen


def take_and_edit(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Every other round it is a citation of the event that is edited, and the event is public."""
    event = make_event(people, number, published=number % 2 == 1)
    edit = taking_races.cite_otherwise if number % 2 else taking_races.tell_otherwise
    take = taking_races.confirm(event, taking_races.part_of(event), people.boss, people.other_boss)
    return [event], [take, edit(event, people.other_editor)]


def take_and_upload(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Somebody uploads the bytes that are taken down, into the same story or another."""
    event = make_event(people, number)
    paper = taking_races.paper(event, people.editor)
    story = media_races.stories_of(event)[1]
    return [event], [
        taking_races.confirm(event, taking_races.row(paper), people.boss, people.other_boss),
        taking_races.send_again(story, event, people.other_editor),
    ]


def open_and_publish(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """Of a story that is opened at that moment, once with what waits for it."""
    of_its_own = replace(people, desks=[_desk(f"opening-{number}")])
    event = make_event(of_its_own, number)
    return [event], [open_it(event, people.manager), approval_races.publish(event, people.editor)]


def open_and_due(people: People, number: int) -> tuple[list[Event], list[Racer]]:
    """The worker comes for an event whose time is past, while its story is opened."""
    of_its_own = replace(people, desks=[_desk(f"opening-{number}")])
    event = make_due(of_its_own, number)
    return [event], [open_it(event, people.manager), due_again_and_again(event)]


def due_again_and_again(event: Event) -> Racer:
    """The worker, pass after pass, until the event is published by whomever."""

    def race() -> None:
        for _ in range(PASSES):
            if scheduling.publish_due(event.pk, timezone.now()):
                return
            if Event.objects.get(pk=event.pk).state == Event.State.PUBLISHED:
                break
        raise Refused("It was not published by the worker.")

    return race


def open_it(event: Event, by: User) -> Racer:
    """A manager opens the story of ``event``, and waits until all that waited for it is printed."""

    def race() -> None:
        story = Story.objects.get(days__events=event)
        opening.open_story(story, by=by, seen=1)
        while opening.print_waiting(story.pk, timezone.now()):
            pass

    return race


FOUR = "four chronicles, one minute"
OPEN_AND_PUBLISH, OPEN_AND_DUE = "opening ∥ publish", "opening ∥ due"
END_ROLE = "membership ended ∥ publish"
SCENARIOS = {
    "publish ∥ edit a citation": publish_and_edit,
    "approve ∥ edit": approve_and_edit,
    "two approvals at once": two_approvals,
    "two publishes at once": two_publishes,
    "due ∥ edit": due_and_edit,
    "due ∥ reject": due_and_reject,
    "due ∥ cancel": due_and_cancel,
    "due ∥ due": due_and_due,
    approval_races.WORDS_AND_APPROVE: words_and_approve,
    approval_races.ACCEPT_AND_APPROVE: accept_and_approve,
    approval_races.ACCEPT_AND_PUBLISH: accept_and_publish,
    approval_races.POLICY_AND_PUBLISH: policy_and_publish,
    approval_races.REOPEN_AND_PUBLISH: reopen_and_publish,
    END_ROLE: end_role_and_publish,
    media_races.APPROVE_AND_COVER: approve_and_cover,
    media_races.END_AND_PUBLISH: end_and_publish,
    media_races.SAME_BYTES: same_bytes_twice,
    taking_races.TAKE_AND_PUBLISH: take_and_publish,
    taking_races.TAKE_AND_EDIT: take_and_edit,
    taking_races.TAKE_AND_UPLOAD: take_and_upload,
    OPEN_AND_PUBLISH: open_and_publish,
    OPEN_AND_DUE: open_and_due,
    FOUR: four_chronicles,
}
ONE_OF_TWO = {"two approvals at once", "due ∥ cancel", "due ∥ due"}
"""Where exactly one may go through."""
PRINTED_ONCE = {"two publishes at once", "due ∥ due", OPEN_AND_PUBLISH, OPEN_AND_DUE, FOUR}
"""After which there is exactly one edition of the event."""


def violations(event: Event, scenario: str, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong with ``event`` after a round that ended in ``ends`` for those who raced."""
    if scenario in taking_races.ALL:
        yield from taking_races.violations(event, scenario, event.headline, ends)
        return
    event = Event.objects.get(pk=event.pk)
    editions = editions_of(event)
    approvals = list(Decision.objects.filter(citation__event=event, verb="approve").prefetch_related("words"))
    yield from unapproved_words(event, editions, approvals)
    yield from unseen_words(event, approvals)
    yield from half_printed(event, editions)
    yield from rejected_words(event, editions[-1:])
    yield from media_races.violations(event, scenario, ends)
    yield from approval_races.violations(event, scenario, ends)
    yield from published_without_a_role(event)
    if scenario in ONE_OF_TWO and ends.count("done") != 1:
        yield f"{ends.count('done')} of two went through"
    if scenario == FOUR and set(ends) != {"done"}:
        yield "one of four was refused"
    if scenario in PRINTED_ONCE and len(editions) != 1:
        yield "not exactly one first edition"
    if "edit" in scenario and list(ends) == ["done", "done"] and not is_edited(event):
        yield "an edit that was accepted is lost"


def published_without_a_role(event: Event) -> Iterator[str]:
    """Who published it had a permission everywhere, or a role that had not ended yet."""
    for decision in Decision.objects.filter(event=event, verb="publish", by__groups=None):
        before = Decision.objects.filter(story=event.story, pk__lt=decision.pk).latest("pk")
        if before.verb == "end member":
            yield "published by somebody whose role had ended"


def editions_of(event: Event) -> list[Edition]:
    printed = Printed.objects.filter(entry=event).first()
    if printed is None:
        return []
    editions = Edition.objects.with_document().filter(chronicle__key=event.story.key)
    return list(editions.filter(subject=str(printed)).order_by("seq"))


def half_printed(event: Event, editions: list[Edition]) -> Iterator[str]:
    """What the desk says of itself that is not so in the record."""
    if (event.state == "published") != bool(editions):
        yield "published without an entry, or the other way round"
    if event.state == "published" and not _supporting(editions[-1:]):
        yield "public on no approved citation"
    if event.state == "scheduled" and not event.schedule_refusal:
        yield "neither published at its time nor told why not"
    if event.state == "published" and not event.staged and not _says(editions[-1:], event.headline):
        yield "readers see other words than the desk says, with nothing staged"


def rejected_words(event: Event, last: list[Edition]) -> Iterator[str]:
    """What was rejected is not shown any more; the rejection of what must stay is refused."""
    printed = {citation["key"] for edition in last for citation in edition.document["citations"]}
    if any(str(citation.key) in printed for citation in event.citations.filter(state="rejected")):
        yield "readers see a citation that was rejected"


def _supporting(editions: list[Edition]) -> int:
    cited = (citation for edition in editions for citation in edition.document["citations"])
    return sum(citation["stance"] == "supports" for citation in cited)


def _says(editions: list[Edition], headline: str) -> bool:
    return all(edition.document["headline"] == headline for edition in editions)


def is_edited(event: Event) -> bool:
    cited = event.citations.filter(quote=OTHER_WORDS, version=2, state="pending").exists()
    return cited or event.headline.endswith("told otherwise")


def unapproved_words(event: Event, editions: list[Edition], approvals: list[Decision]) -> Iterator[str]:
    """Each citation ever printed was approved in exactly those words."""
    approved = {(str(decision.citation.key), _fingerprint(decision)) for decision in approvals}
    sources = dict(Printed.objects.filter(story=event.story, facet="source").values_list("number", "source"))
    for edition in editions:
        for printed in edition.document["citations"]:
            same = ("quote", "language", "locator", "stance", "credibility")
            words = Citation(
                source_id=sources[int(printed["source"].partition("/")[2])],
                **{name: printed[name] for name in same},
            )
            if (printed["key"], hmac_of(words.words())) not in approved:
                yield "printed words that nobody approved"


def _fingerprint(decision: Decision) -> str:
    return next(words.hmac for words in decision.words.all() if words.about == "subject")


def unseen_words(event: Event, approvals: list[Decision]) -> Iterator[str]:
    """Every approval is of the words of the version seen, by another, and one version is approved once."""
    for decision in approvals:
        citation = decision.citation
        seen = Citation(source_id=citation.source_id, quote=FIRST_WORDS, stance=citation.stance)
        if decision.version != 1 or _fingerprint(decision) != hmac_of(seen.words()):
            yield "approved words that the approver did not see"
    for citation in event.citations.filter(state="approved"):
        of_these = [d for d in approvals if d.citation_id == citation.pk]
        if not any(_fingerprint(d) == hmac_of(citation.words()) for d in of_these):
            yield "a citation stands approved in words that nobody approved"
    if any(count > 1 for count in Counter(decision.citation_id for decision in approvals).values()):
        yield "one citation approved twice"


def places() -> dict[int, int]:
    """Where each entry of every story stands in time."""
    return dict(Entry.objects.values_list("pk", "sk"))
