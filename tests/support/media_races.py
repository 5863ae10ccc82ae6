"""What people race for in tests/race.py around media, and what must be true of them afterwards."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils import timezone

from chronicle.models import Entry
from events.editorial import ending, materials, publishing, using
from events.editorial.refused import Refused
from events.models import Decision, Event, Material, Printed, Story, Use
from events.models.hmac import hmac_of
from events.press.figures import imprint_of
from media import storage
from media.models import Asset, Custody, Rendition
from tests.support.pictures import row, saved, scene, upload

APPROVE_AND_COVER = "approve ∥ cover"
END_AND_PUBLISH = "licence end ∥ publish"
SAME_BYTES = "the same bytes twice"
NOW_AND_THEN = timedelta(days=2)
"""After which a licence that ends today is over by every clock."""


def covered(event: Event, by) -> Material:
    """A medium that ``event`` shows with a part covered, whose copies are made; nobody asks for its files."""
    whole = row(event.story.key)
    shown = row(event.story.key, made_from=whole, boxes=[[0, 0, 9, 9]])
    for asset in (whole, shown):
        Rendition.objects.create(
            asset=asset, width=64, height=40, format="webp", sha256=asset.sha256, byte_count=9
        )
    made = Material.objects.create(
        story=event.story,
        asset=whole,
        shown=shown,
        credit="A",
        rights="own",
        alt="b",
        submitted_by=by,
        changed_by=by,
    )
    Asset.objects.filter(pk=shown.pk).update(imprint=imprint_of(made))
    return _shown(event, made, by)


def licensed(event: Event, number: int, by, moderator) -> Material:
    """An approved medium that ``event`` shows, whose licence ends today."""
    width, height = 16 + number % 200, 16 + number // 200
    made = materials.add(event.story, upload(saved(scene(width, height), "PNG"), "a.png"), by=by)
    today = timezone.now().date()
    made = materials.change(made, by=by, seen=1, credit="A", rights="own", alt="b", licence_ends=today)
    materials.approve(made, by=moderator, seen=2)
    return _shown(event, made, by)


def send(story: Story, event: Event, by):
    """An upload of bytes that are those of each upload of its round, and of no other."""
    sent = upload(event.headline.encode(), f"{by.username}.txt")
    return lambda: materials.add(story, sent, by=by)


def _shown(event: Event, material: Material, by) -> Material:
    using.show(event, [Use(material=material)], by=by, seen=event.version)
    return material


def uncover(material: Material, by):
    return lambda: materials.cover(material, [], by=by, seen=1)


def approve(material: Material, by):
    return lambda: materials.approve(material, by=by, seen=1)


def end(material: Material):
    """The worker, two days on."""

    def race() -> None:
        if not ending.take_down_ended(material.pk, timezone.now() + NOW_AND_THEN):
            raise Refused("It was not taken down.")

    return race


def publish(event: Event, by):
    return lambda: publishing.publish(event, by=by, seen=2)


def violations(event: Event, scenario: str, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong with the media of ``event`` after a round."""
    if scenario == SAME_BYTES:
        yield from _broken_uploads(event, ends)
    for material in Material.objects.filter(uses__event=event).select_related("asset", "shown"):
        if scenario == APPROVE_AND_COVER:
            yield from _unseen_picture(material, ends)
        if scenario == END_AND_PUBLISH:
            yield from _shown_after_its_end(event, material)


def stories_of(event: Event) -> list[Story]:
    """Into which the two upload: every other round it is two stories."""
    number = int(event.headline.split()[1])
    other = Story.objects.exclude(pk=event.story.pk).first() if number % 2 else event.story
    return [event.story, other]


def _broken_uploads(event: Event, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong after a round of :func:`send`: in each story it is one medium, and in all one file."""
    sha256 = hashlib.sha256(event.headline.encode()).hexdigest()
    if set(ends) != {"done"}:
        yield "an upload of the same bytes was refused"
    if storage.digest(storage.original(sha256))[0] != sha256:
        yield "its file is not whole"
    for story in set(stories_of(event)):
        found = Material.objects.filter(story=story, asset__sha256=sha256)
        if len(found) != 1 or Asset.objects.filter(collection=story.key, sha256=sha256).count() != 1:
            yield "not exactly one medium of the same bytes"
        if Decision.objects.filter(material__in=found, verb="submit").count() != 1:
            yield "submitted more than once"
        if Custody.objects.filter(asset__material__in=found, verb="added").count() != 1:
            yield "added more than once"


def _unseen_picture(material: Material, ends: Sequence[str]) -> Iterator[str]:
    """What was approved is the covered picture; where it was uncovered, that is how it stands."""
    if list(ends) == ["done", "done"] and material.shown:
        yield "a change of the picture that was accepted is lost"
    if material.state == "approved" and not material.shown:
        yield "a picture stands approved that nobody looked at"
    seen = Material.objects.select_related("asset").get(pk=material.pk)
    seen.shown = material.asset.redactions.get()
    for decision in Decision.objects.filter(material=material, verb="approve").prefetch_related("words"):
        if decision.words.get(about="subject").hmac != hmac_of(seen.words()):
            yield "approved a picture that the approver did not see"


def _shown_after_its_end(event: Event, material: Material) -> Iterator[str]:
    if material.taken_down_at is None:
        yield "its licence is over, and it was not taken down"
    down = Decision.objects.filter(material=material, verb="take down").first()
    published = Decision.objects.filter(event=event, verb="publish").first()
    if down and published and down.pk < published.pk:
        yield "published with a medium that was taken down before"
    if published and _entry_of(event).document.get("media"):
        yield "readers see what was taken down"


def _entry_of(event: Event) -> Entry:
    number = Printed.objects.get(entry=event).number
    return Entry.objects.with_document().get(chronicle__key=event.story.key, number=number)
