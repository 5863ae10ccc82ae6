"""What a desk has that the made chronicle lacks, in the shares that a desk at work has them; rows in bulk."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from events.models import (
    Author,
    Citation,
    Decision,
    Event,
    Material,
    Membership,
    Proposal,
    Source,
    Story,
    Takedown,
    TakedownPart,
    Text,
    Use,
    Words,
)
from events.models.decided import words_of
from media.models import Asset

SOURCES = 200
"""How many sources the citations of a thousand events rest on."""
CITATIONS = 2_000
"""How many citations a thousand events have."""
STATES = {"pending": 160, "rejected": 40, "taken_back": 20}
"""In which states how many of those are that the made chronicle has not; the rest is approved."""
EVENTS = {"draft": 60, "submitted": 40, "discarded": 20, "withdrawn": 10}
STAGED, LAPSED, MEDIA, PROPOSALS, LOGGED = 20, 20, 20, 10, 300
ROLES = ("editor", "moderator")
"""Who has a role in the one story; “admin” may do anything in all."""


def furnish(story: Story) -> None:
    """Give the desk of ``story``, which was pressed, all that is copied then."""
    people = _people(story)
    _rest_on_few_sources(story)
    _cite(people)
    _put_into_states()
    _decide(people)
    _show_media(story, people)
    _propose(story, people)
    _take_down(story, people)
    _write_texts(story)
    _log(people)


def _people(story: Story) -> dict[str, Any]:
    """An editor and a moderator of ``story``, and an administrator; the desk has a second story besides."""
    made = {name: get_user_model().objects.create_user(name, is_staff=True) for name in ROLES}
    made["admin"] = get_user_model().objects.create_superuser("admin")
    Membership.objects.bulk_create(
        Membership(person=made[name], story=story, role=name, added_by=made["admin"]) for name in ROLES
    )
    Story.objects.create(title="Another story", slug="another-story", first_date=story.first_date, zone="UTC")
    return made


def _rest_on_few_sources(story: Story) -> None:
    first = list(Source.objects.order_by("pk").values_list("pk", flat=True)[:SOURCES])
    citations = list(Citation.objects.order_by("pk"))
    for place, citation in enumerate(citations):
        citation.source_id = first[place % len(first)]
    Citation.objects.bulk_update(citations, ["source"], batch_size=100)


def _cite(people: dict[str, Any]) -> None:
    """Further citations: those that wait, were sent back or taken back, and approved ones."""
    models = list(Citation.objects.select_related("event").order_by("pk"))
    states = [state for state, count in STATES.items() for _ in range(count)]
    states += ["approved"] * (CITATIONS - len(models) - len(states))
    made = []
    for place, state in enumerate(states):
        like = models[place % len(models)]
        citation = Citation(
            event=like.event,
            source_id=models[-1 - place % len(models)].source_id,
            quote=f"{like.quote} {place}",
            submitted_by=people["editor"],
            changed_by=people["editor"],
            state=state,
        )
        if state == "approved":
            citation.approved_by, citation.approved_at = people["moderator"], timezone.now()
            citation.approved_version, citation.event_hmac = citation.version, like.event.hmac
        made.append(citation)
    Citation.objects.bulk_create(made, batch_size=100)


def _put_into_states() -> None:
    """Events that were never published, and some whose words are not those that readers see, or that were
    approved."""
    keys = iter(Event.objects.order_by("pk").values_list("pk", flat=True))
    for state, count in EVENTS.items():
        these = Event.objects.filter(pk__in=[next(keys) for _ in range(count)])
        if state == "withdrawn":
            these.update(state=state, withdrawal_reason="It was told twice.")
        else:
            these.update(state=state, published_version=0)
    Event.objects.filter(pk__in=[next(keys) for _ in range(STAGED)]).update(version=2)
    lapsed = [next(keys) for _ in range(LAPSED)]
    Citation.objects.filter(event__in=lapsed, state="approved").update(event_hmac="0" * 64)


def _decide(people: dict[str, Any]) -> None:
    """Why what was sent back was; the words of each decision; and who wrote what."""
    rejected = Citation.objects.filter(state="rejected").select_related("event__day__story")
    Decision.objects.bulk_create(
        Decision(
            citation=one,
            told_in=one.story,
            verb="reject",
            by=people["moderator"],
            version=1,
            from_state="pending",
            to_state="rejected",
            reason_code="inexact",
        )
        for one in rejected
    )
    whole = ("citation__event__day__story", "citation__source__outlet", "citation__event__kind")
    words = []
    for decision in Decision.objects.exclude(citation=None).select_related(*whole):
        note = "The quotation says something else." if decision.verb == "reject" else ""
        words += words_of(decision, decision.citation, note)
    Words.objects.bulk_create(words, batch_size=100)
    written = {
        *Event.objects.values_list("hmac", flat=True),
        *Citation.objects.values_list("hmac", flat=True),
    }
    Author.objects.bulk_create(
        (Author(person=people["editor"], hmac=hmac) for hmac in sorted(written)), batch_size=200
    )


def _show_media(story: Story, people: dict[str, Any]) -> None:
    events = Event.objects.filter(state="published").order_by("pk")[:MEDIA]
    assets = Asset.objects.bulk_create(
        Asset(
            collection=story.key,
            sha256=f"{number:056x}{0:08d}",
            byte_count=1,
            kind="document",
            mime="application/pdf",
            name=f"{number}.pdf",
        )
        for number in range(MEDIA)
    )
    media = Material.objects.bulk_create(
        Material(
            story=story,
            asset=asset,
            caption=f"{event.headline}, as seen",
            submitted_by=people["editor"],
            changed_by=people["editor"],
        )
        for asset, event in zip(assets, events, strict=True)
    )
    Use.objects.bulk_create(Use(event=event, material=one) for event, one in zip(events, media, strict=True))


def _propose(story: Story, people: dict[str, Any]) -> None:
    sources: Sequence[Source] = Source.objects.order_by("pk")[:PROPOSALS]
    decided = {"decided_by": people["moderator"], "decided_at": timezone.now()}
    Proposal.objects.bulk_create(
        Proposal(
            story=story,
            source=source,
            fields={"title": f"{source.title}, corrected"},
            base={"title": source.title},
            note="Its title was spelled wrongly.",
            proposed_by=people["editor"],
            state="open" if place % 5 == 0 else "accepted",
            **({} if place % 5 == 0 else decided),
        )
        for place, source in enumerate(sources)
    )


def _take_down(story: Story, people: dict[str, Any]) -> None:
    takedown = Takedown.objects.create(
        story=story, reason="Somebody asked for it.", part_count=1, asked_by=people["admin"]
    )
    TakedownPart.objects.create(takedown=takedown, row="citation/1")


def _write_texts(story: Story) -> None:
    for name in ("about", "policy"):
        Text.objects.create(story=story, name=name, title=name.capitalize(), text="<p>What it is.</p>")


def _log(people: dict[str, Any]) -> None:
    """What Django writes down of who saved what."""
    kind, now = ContentType.objects.get_for_model(Event), timezone.now()
    LogEntry.objects.bulk_create(
        LogEntry(
            user=person,
            content_type=kind,
            object_id=str(number + 1),
            object_repr=f"event {number + 1}",
            action_flag=CHANGE,
            action_time=now - timedelta(minutes=number),
        )
        for person in people.values()
        for number in range(LOGGED // len(people))
    )
