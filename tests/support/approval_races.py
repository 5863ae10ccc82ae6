"""What people race for in tests/race.py around approvals, and what must be true of them afterwards."""

from collections.abc import Iterator, Sequence

from events.editorial import moderation, policy, publishing, reading, writing
from events.models import Citation, Decision, Event, Kind, Story
from events.models.hmac import hmac_of

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


def violations(event: Event, scenario: str, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong with the approvals of ``event`` after a round."""
    if scenario == WORDS_AND_APPROVE:
        yield from _not_as_shown(event)
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
