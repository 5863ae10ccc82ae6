"""What people race for in tests/race.py around approvals, and what must be true of them afterwards."""

from collections.abc import Iterator, Sequence

from chronicle.models import Term
from events import press
from events.editorial import moderation, policy, proposing, publishing, reading, writing
from events.models import Citation, Day, Decision, Event, Kind, Outlet, Printed, Proposal, Source, Story
from events.models.hmac import hmac_of

ACCEPT_AND_APPROVE = "proposal accepted ∥ approve"
ACCEPT_AND_PUBLISH = "outlet proposal ∥ publish"
WORDS_AND_APPROVE = "event words ∥ approve"
POLICY_AND_PUBLISH = "policy ∥ publish"
REOPEN_AND_PUBLISH = "reopen the last ∥ publish"
TOLD = "told otherwise while it was read"


def approve_as_shown(citation: Citation, by):
    """A moderator who has the page open, with what it showed of all that is approved."""
    shown = reading.shown_of(Citation.objects.get(pk=citation.pk))
    return lambda: moderation.approve(citation, by=by, seen=1, shown=shown)


def retell(event: Event, by):
    def race() -> None:
        seen = Event.objects.get(pk=event.pk)
        seen.headline = f"{seen.headline}, {TOLD}"
        writing.save_event(seen, by=by, seen=1)

    return race


def ask_for_two(kind: Kind, by):
    """A manager has events of this ``kind`` need two citations."""

    def race() -> None:
        story = Story.objects.get(pk=kind.story_id)
        policy.set_policy(story, by=by, seen=story.version, needed={kind.pk: 2})

    return race


def publish(event: Event, by):
    return lambda: publishing.publish(event, by=by, seen=1)


def reopen(event: Event, by):
    """A moderator thinks again of the one citation that carries ``event``, and says nothing of its fate."""
    citation = event.citations.get()
    return lambda: moderation.reopen(citation, by=by, seen=1)


def in_use(day: Day, kind: Kind, number: int, by, moderator) -> Source:
    """A source of its own for a round, with an outlet of its own: something of it is approved already."""
    outlet = Outlet.objects.create(story=day.story, name=f"Outlet {number}")
    source = Source.objects.create(story=day.story, outlet=outlet, title=f"Article {number}")
    carrying = Event(day=day, kind=kind, headline=f"Before round {number}")
    writing.save_event(carrying, by=by)
    quoted = Citation(event=carrying, source=source, quote="So it was.")
    moderation.approve(writing.save_citation(quoted, by=by), by=moderator, seen=1)
    return source


def propose(row: Source | Outlet, by) -> Proposal:
    """Another name of ``row``, which is in use: it waits."""
    row = type(row).objects.get(pk=row.pk)
    field = "title" if isinstance(row, Source) else "name"
    setattr(row, field, f"{getattr(row, field)}, {TOLD}")
    writing.save_named(row, by=by, seen=row.version)
    return row.proposed


def accept(proposal: Proposal, by):
    return lambda: proposing.accept(proposal, by=by, seen=1, note="Its name was mended.")


def violations(event: Event, scenario: str, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong with the approvals of ``event`` after a round."""
    if scenario == WORDS_AND_APPROVE:
        yield from _not_as_shown(event)
    if scenario == ACCEPT_AND_APPROVE:
        yield from _approved_unseen(event)
    if scenario == ACCEPT_AND_PUBLISH:
        yield from _called_otherwise(event)
    if scenario == POLICY_AND_PUBLISH and list(ends) == ["done", "done"]:
        yield from _published_below(event)
    if scenario == REOPEN_AND_PUBLISH and list(ends) == ["done", "done"]:
        yield "published, and its last approval taken back, with nobody asked what becomes of it"


def _not_as_shown(event: Event) -> Iterator[str]:
    """Each approval is of the event as its page showed it: before it was told otherwise."""
    first = Event.objects.get(pk=event.pk)
    first.headline = first.headline.removesuffix(f", {TOLD}")
    was = hmac_of(first.words())
    for decision in Decision.objects.filter(citation__event=event, verb="approve").prefetch_related("words"):
        if next(words.hmac for words in decision.words.all() if words.about == "event") != was:
            yield "approved with words of its event that the approver did not see"
    for citation in event.citations.filter(state="approved"):
        if citation.event_hmac != was:
            yield "an approval stands for words of its event that nobody approved"


def _published_below(event: Event) -> Iterator[str]:
    raised = Decision.objects.filter(story=event.story, verb="set policy").order_by("-pk").first()
    published = Decision.objects.get(event=event, verb="publish")
    if raised and raised.pk < published.pk:
        yield "published with fewer citations than its policy asked for by then"


def _approved_unseen(event: Event) -> Iterator[str]:
    """The citation that waited is approved with the source that its page showed, which was that one then."""
    decided = Decision.objects.filter(citation__event=event, verb="approve").prefetch_related("words")
    for decision in decided.exclude(citation__source__outlet__name="The Harbour Post"):
        source = decision.citation.source
        accepted = Decision.objects.filter(proposal__source=source, verb="accept").first()
        was = Source.objects.get(pk=source.pk)
        was.title = was.title.removesuffix(f", {TOLD}")
        if _sealed(decision, "source") != hmac_of(was.words()):
            yield "approved with a source that the approver did not see"
        elif accepted and accepted.pk < decision.pk:
            yield "approved with what its source was before"


def _called_otherwise(event: Event) -> Iterator[str]:
    """Readers find each outlet under the name that somebody accepted, and no other."""
    for outlet in Outlet.objects.filter(sources__citations__event=event).distinct():
        printed = Printed.objects.filter(outlet=outlet).first()
        if printed is None:
            continue
        term = Term.objects.with_document().get(
            chronicle__key=event.story.key, facet="outlet", number=printed.number
        )
        if term.document["name"] != outlet.name:
            yield "readers see another name of an outlet than was accepted"
        entry = press.entry_of(event)
        if entry and outlet.name not in entry.card:
            yield "the entry shows another name of its outlet than was accepted"


def _sealed(decision: Decision, about: str) -> str:
    return next(words.hmac for words in decision.words.all() if words.about == about)
