"""Five people in three roles, who do now this and now that at the desk, and are sometimes refused."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.contrib.auth.models import User

from events import press
from events.editorial import moderation, opening, policy, publishing, reading, writing
from events.editorial.moderation import KEEP, WITHDRAW, Fate
from events.editorial.refused import Refused
from events.models import Citation, Day, Event, Kind, Outlet, Proposal, Source, Story
from tests.support.approving.memory import Memory, formless
from tests.support.approving.naming import OF_NAMES, Proposed, named
from tests.support.factories import PersonFactory

FIRST = date(2021, 3, 1)
NUMBERS = ("One", "Two", "Three")
QUOTES = ("One was hurt.", "Two were hurt.", "Three were hurt.")


def words_of(event: Event) -> tuple[str, str]:
    return event.headline, event.text.removeprefix("<p>").removesuffix("</p>")


@dataclass
class Shown:
    """A page that a moderator has open: what it sent, and what it said."""

    citation: Citation
    token: str
    words: tuple[str, str]
    named: tuple[str, str]


@dataclass
class Desk:
    """One story, whoever works on it, what they have open, and what an outsider remembers of it."""

    dice: random.Random
    memory: Memory = field(default_factory=Memory)
    open_pages: list[Shown] = field(default_factory=list)
    open_proposals: list[Proposed] = field(default_factory=list)
    names: Iterator[int] = field(default_factory=count)
    happened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.story = Story.objects.create(title="Told", slug="told", first_date=FIRST, zone="UTC")
        self.day = Day.objects.create(story=self.story, date=FIRST)
        self.kinds = [Kind.objects.create(story=self.story, name=name) for name in ("Harm", "Rumour")]
        roles = (
            ["Editors"],
            ["Editors", "Moderators"],
            ["Moderators"],
            ["Editors", "Moderators"],
            ["Managers"],
        )
        self.people = [PersonFactory(username=f"p{n}", groups=groups) for n, groups in enumerate(roles)]
        opening.open_story(self.story, by=self.people[-1], seen=1)
        self.sources = [self._source(n) for n in range(2)]
        for deed in (begin, cite, begin, cite):
            deed(self, self.people[0])

    def _source(self, number: int) -> Source:
        by = self.dice.choice(self.people[:2])
        outlet = writing.save_named(Outlet(story=self.story, name=f"Outlet {number}"), by=by)
        source = writing.save_named(Source(story=self.story, outlet=outlet, title=f"Article {number}"), by=by)
        self.memory.named_authors[source.pk, named(source)].add(by.username)
        return source

    def step(self) -> None:
        """Somebody does something; whoever is refused leaves it to another."""
        deed = self.dice.choice(DEEDS)
        for by in self.dice.sample(self.people, len(self.people)):
            try:
                deed(self, by)
            except Refused as refused:
                self.happened.append(f"{by}: {deed.__name__}: refused, {refused}")
            else:
                self.happened.append(f"{by}: {deed.__name__}")
                return

    def any_event(self) -> Event:
        return self._any(Event.objects.select_related("kind", "day__story"))

    def any_citation(self) -> Citation:
        return self._any(Citation.objects.select_related("event__day__story", "source__outlet"))

    def any_source(self) -> Source:
        return self._any(Source.objects.select_related("outlet", "story"))

    def any_proposal(self) -> Proposal:
        waiting = Proposal.objects.filter(state=Proposal.State.OPEN)
        return self._any(waiting.select_related("source", "outlet", "proposed_by"))

    def _any(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise Refused("There is none yet.")
        return self.dice.choice(found)


def begin(desk: Desk, by: User) -> None:
    if Event.objects.count() > 2:
        raise Refused("Three are enough.")
    number = Event.objects.count()
    event = Event(day=desk.day, kind=desk.dice.choice(desk.kinds), headline=f"Beginning {number}: one hurt")
    writing.save_event(event, by=by)
    desk.memory.wrote_event(event.pk, words_of(event), None, by.username)


def tell(desk: Desk, by: User) -> None:
    event = desk.any_event()
    was = words_of(event)
    if desk.dice.random() < 0.2:
        event.headline = event.headline.removesuffix(".") + desk.dice.choice(("", "."))
    else:
        event.headline = f"Event {event.pk}: {desk.dice.choice(NUMBERS).lower()} hurt"
    if desk.dice.random() < 0.3:
        event.text = f"<p>{desk.dice.choice(NUMBERS)} in all</p>"
    if desk.dice.random() < 0.2:
        event.kind = desk.dice.choice(desk.kinds)
    writing.save_event(event, by=by, seen=event.version)
    desk.memory.wrote_event(event.pk, words_of(event), was, by.username)


def cite(desk: Desk, by: User) -> None:
    event, source = desk.any_event(), desk.dice.choice(desk.sources)
    if event.citations.count() > 3:
        raise Refused("Four are enough.")
    citation = Citation(event=event, source=source, quote=desk.dice.choice(QUOTES))
    writing.save_citation(citation, by=by)
    desk.memory.wrote_quote(source.pk, citation.quote, None, by.username)


def requote(desk: Desk, by: User) -> None:
    citation = desk.any_citation()
    before = (citation.source_id, citation.quote)
    citation.quote = desk.dice.choice(QUOTES)
    writing.save_citation(citation, by=by, seen=citation.version)
    if citation.quote != before[1]:
        desk.memory.wrote_quote(citation.source_id, citation.quote, before, by.username)


def open_page(desk: Desk, by: User) -> None:
    citation = desk.any_citation()
    page = Shown(citation, reading.shown_of(citation), words_of(citation.event), named(citation.source))
    desk.open_pages = [*desk.open_pages[-5:], page]


def decide_on_page(desk: Desk, by: User) -> None:
    """Approve or confirm what a page shows that was opened before whatever happened since."""
    if not desk.open_pages:
        raise Refused("No page is open.")
    page = desk.open_pages.pop(desk.dice.randrange(len(desk.open_pages)))
    _decide(desk, page, by)


def look_and_decide(desk: Desk, by: User) -> None:
    open_page(desk, by)
    _decide(desk, desk.open_pages.pop(), by)


def _decide(desk: Desk, page: Shown, by: User) -> None:
    verb = moderation.confirm if page.citation.state == "approved" else moderation.approve
    verb(page.citation, by=by, seen=page.citation.version, shown=page.token)
    quote, source = page.citation.quote, page.citation.source_id
    desk.memory.approve(page.citation.event_id, page.words, source, page.named, quote, by.username)


def _fate(desk: Desk) -> Fate:
    return desk.dice.choice((Fate(), Fate(KEEP), Fate(WITHDRAW, "Nobody says so.")))


def reject(desk: Desk, by: User) -> None:
    citation, fate = desk.any_citation(), _fate(desk)
    before = support_of(citation.event)
    shown = reading.shown_of(citation)
    moderation.reject(
        citation, by=by, seen=citation.version, code="inexact", words="No.", shown=shown, fate=fate
    )
    _asked_of_its_fate(desk, citation, fate, before)


def reopen(desk: Desk, by: User) -> None:
    citation, fate = desk.any_citation(), _fate(desk)
    before = support_of(citation.event)
    moderation.reopen(citation, by=by, seen=citation.version, fate=fate)
    _asked_of_its_fate(desk, citation, fate, before)


def support_of(event: Event) -> int:
    """How many citations in its support readers see under an event that is published."""
    entry = press.entry_of(Event.objects.select_related("printed", "day__story").get(pk=event.pk))
    cited = entry.document.get("citations", []) if entry and entry.document else []
    return sum(each["stance"] == "supports" for each in cited)


def _asked_of_its_fate(desk: Desk, citation: Citation, fate: Fate, before: int) -> None:
    """What readers see falls below its policy only where somebody says what becomes of it."""
    event = Event.objects.select_related("published_kind", "kind", "day__story").get(pk=citation.event_id)
    if fate.what or event.state != Event.State.PUBLISHED:
        return
    if support_of(event) < min(before, event.citations_needed_by_readers):
        desk.memory.wrong.append(f"{event} fell below its policy, and nobody said what becomes of it")


def publish(desk: Desk, by: User) -> None:
    event = desk.any_event()
    authors = desk.memory.event_authors[event.pk, formless(words_of(event))]
    alone = event.story.second_person and by.username in authors
    publishing.publish(event, by=by, seen=event.version, note="Told otherwise.")
    if support_of(event) < Event.objects.get(pk=event.pk).citations_needed_by_readers:
        desk.memory.wrong.append(f"{event} was published with fewer citations than its policy asks for")
    if alone:
        desk.memory.wrong.append(f"{by} published words of their own where a second person does")


def withdraw(desk: Desk, by: User) -> None:
    event = desk.any_event()
    publishing.withdraw(event, by=by, seen=event.version, reason="Told twice.")


def reopen_event(desk: Desk, by: User) -> None:
    event = desk.any_event()
    publishing.reopen_event(event, by=by, seen=event.version)


def set_policy(desk: Desk, by: User) -> None:
    story, kind = Story.objects.get(), desk.dice.choice(desk.kinds)
    changes = (
        {"citations_needed": desk.dice.choice((1, 2))},
        {"recheck": desk.dice.choice(Story.Recheck.values)},
        {"second_person": desk.dice.random() < 0.5},
        {"needed": {kind.pk: desk.dice.choice((None, 1, 2))}},
    )
    policy.set_policy(story, by=by, seen=story.version, **desk.dice.choice(changes))
    if not by.groups.filter(name="Managers").exists():
        desk.memory.wrong.append(f"{by}, who is no manager, changed the policy")


def loosen_kind(desk: Desk, by: User) -> None:
    """What an editor tried: to ask for nothing."""
    kind = Kind.objects.get(pk=desk.dice.choice(desk.kinds).pk)
    kind.citations_needed = 0
    writing.save_named(kind, by=by, seen=kind.version)
    desk.memory.wrong.append(f"{by} had a kind need nothing")


DEEDS: tuple[Callable[[Desk, User], None], ...] = (
    *(begin, tell, tell, tell, cite, cite, requote, open_page, open_page),
    *(decide_on_page, decide_on_page, look_and_decide, look_and_decide, look_and_decide),
    *(reject, reopen, publish, publish, publish, withdraw, reopen_event, set_policy, loosen_kind),
    *OF_NAMES,
)
