"""What is done with media: taken in, described, covered in parts, decided on, taken down.

A medium is decided on as a citation is: by somebody else, exactly as seen, and anew once its words or its
picture change. Readers keep what was approved until it is approved again, or taken down.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events import press
from events.editorial.authorship import wrote
from events.editorial.checking import check_values
from events.editorial.holding import (
    OWNED,
    check_seen,
    hold,
    hold_story,
    insist,
    moving,
    note_of,
    printed_or_refused,
    record,
)
from events.editorial.moves import (
    ADD_MATERIAL,
    APPROVE_MATERIAL,
    CHANGE_MATERIAL,
    COVER_MATERIAL,
    OPEN_ORIGINAL,
    REJECT_MATERIAL,
    REOPEN_MATERIAL,
    TAKE_DOWN,
    UPLOAD_AGAIN,
)
from events.editorial.refused import Refused, insist_on_words
from events.editorial.showing import is_picture, over, today, unsaid
from events.editorial.writing import keep_to_story
from events.models import Author, Decision, Event, Material, Place, Source, Story
from events.models.narrowing import is_besides
from events.models.rights import Consent
from media import intake, probing, renditions, sandbox
from media.limits import ANSWER_WITHIN
from media.models import Asset, Rendition

REASONS = [
    ("not_as_said", "It does not show what it says"),
    ("rights_unclear", "By what right it may be shown is not clear"),
    ("may_harm", "It may harm somebody"),
    ("too_graphic", "It is harder to look at than it says, or than it needs to be"),
    ("alt_unlike", "Its alternative text does not say what it shows"),
    ("other", "Something else"),
]
CHANGES = ("submit", "change", "cover")
APPROVED = "A medium was approved."
REJECTED = "It was rejected on review."
"""What readers are told in place of a medium that they saw, and that was rejected since."""

LONGEST_REASON = Material._meta.get_field("taken_down_reason").max_length or 0


def add(story: Story, upload: Any, *, by: Any) -> Material:
    """Take in an upload as a medium of ``story``, pending; the same bytes are the one that is there.

    One that was discarded waits for approval again, and who uploads it now is one of its authors.

    It reads the file, which takes seconds: call it outside of a transaction. Raises Refused.
    """
    insist(by, ADD_MATERIAL, story, "add a medium")
    arriving = intake.arriving(upload, collection=story.key, name=upload.name or "")
    with refusing_files(), arriving as arrival:
        drawn = renditions.draw(arrival)
        with transaction.atomic():
            held = hold_story(story)
            asset = _kept(arrival, drawn, by)
            renditions.add(asset, drawn, by=by)
            return _of_asset(held, asset.made_from or asset, by)


def _kept(arrival: intake.Arrival, drawn: list[Rendition], by: Any) -> Asset:
    try:
        return arrival.keep(by=by)
    except probing.Refused:
        renditions.discard(drawn)
        raise


def _of_asset(story: Story, asset: Asset, by: Any) -> Material:
    if known := Material.objects.filter(asset=asset).first():
        if known.state == Material.State.DISCARDED:
            with moving(known, UPLOAD_AGAIN, by=by, seen=known.version) as known:
                pass
        return known
    made = Material.objects.create(story=story, asset=asset, submitted_by=by, changed_by=by)
    wrote(made, by=by)
    record(made, "submit", by=by, version=made.version, moved=("", made.state))
    return made


@contextmanager
def refusing_files() -> Iterator[None]:
    """What cannot be done with a file, or not in time to answer, is refused in the sentence that says so."""
    try:
        with sandbox.within(ANSWER_WITHIN):
            yield
    except probing.Refused as refused:
        raise Refused(str(refused)) from refused


@transaction.atomic
def change(material: Material, *, by: Any, seen: int, **fields: Any) -> Material:
    """Say otherwise what is known of ``material``: ``fields`` of it that people fill in.

    It goes back to review under the name of who changed it. A consent that is withdrawn takes it down at
    once. Saving it unchanged changes nothing.
    """
    if all(getattr(hold(material), name) == value for name, value in fields.items()):
        return hold(material)
    with moving(material, CHANGE_MATERIAL, by=by, seen=seen) as held:
        for name, value in fields.items():
            setattr(held, name, value)
        check_values(held)
        rows: Iterable[Place | Source] = filter(None, (held.source, held.place))
        keep_to_story(held.story, *rows)
        _ask_again(held, by)
    if held.consent == Consent.WITHDRAWN and held.taken_down_at is None:
        down(held, by=by, reason=over(held, today(held.story)))
    return held


def cover(material: Material, boxes: Sequence[tuple[int, int, int, int]], *, by: Any, seen: int) -> Material:
    """Have readers get the picture with ``boxes`` of it covered, or whole where there are none.

    Each box is left, top, width and height in pixels of the file as uploaded, turned as it is seen. It makes
    a file, which takes seconds: call it outside of a transaction. Raises Refused and Stale.
    """
    insist(by, COVER_MATERIAL.permission, material, COVER_MATERIAL.deed)
    with refusing_files():
        shown = intake.redact(material.asset, list(boxes), by=by) if boxes else None
        if shown:
            renditions.make(shown, by=by)
    if shown == material.asset:
        raise Refused("What the boxes cover is black already.")
    with moving(material, COVER_MATERIAL, by=by, seen=seen) as held:
        if shown is None and held.shown is None:
            raise Refused("Nothing of it is covered. Draw a box over what readers must not see.")
        if shown and Material.objects.filter(shown=shown).exclude(pk=held.pk).exists():
            raise Refused("Covered so, it looks exactly as another medium of this story.")
        held.shown = shown
        _ask_again(held, by)
    return held


def _ask_again(held: Material, by: Any) -> None:
    """Save ``held``, which ``by`` has changed, as its next version, which waits for review."""
    was = held.hmac
    held.state, held.version, held.changed_by = Material.State.PENDING, held.version + 1, by
    held.approved_by = held.approved_at = held.approved_version = None
    held.save()
    wrote(held, by=by, was=was, ever=True)


def ask_again(material: Material, *, by: Any) -> None:
    """Send ``material`` back to review: readers are to see words under it that nobody else has seen yet."""
    with moving(material, CHANGE_MATERIAL, by=by, seen=hold(material).version) as held:
        _ask_again(held, by)


def focus(material: Material, x: float | None, y: float | None, *, by: Any) -> None:
    """Say where to look in the picture, from 0 at the left or the top to 1. No words of it: no review."""
    insist(by, CHANGE_MATERIAL.permission, material, CHANGE_MATERIAL.deed)
    with printed_or_refused():
        held = hold(material)
        for asset in filter(None, (held.asset, held.shown)):
            intake.focus(asset, x, y, by=by)
        press.print_material(held, by=by, note="Where to look in it was changed.")


def approve(material: Material, *, by: Any, seen: int) -> None:
    """Approve exactly the words and the picture of version ``seen``; what was taken down may be shown again.

    Refused to whoever uploaded it or ever changed it, and where its licence or a consent is over. The copies
    for readers are made with its credit in them, which takes seconds: call it outside of a transaction.
    """
    insist(by, APPROVE_MATERIAL.permission, material, "approve this")
    _make_copies(material, seen)
    with moving(material, APPROVE_MATERIAL, by=by, seen=seen) as held:
        if by.pk in authors_of(held):
            raise Refused("You uploaded or changed this medium: another moderator must decide on it.")
        if ended := over(held, today(held.story)):
            raise Refused(f"{ended} Readers may not see it.")
        if lacking := unsaid(held):
            raise Refused(f"{' '.join(lacking)} No entry could show it.")
        if held.taken_down_at:
            _stage_what_shows(held)
        held.state = Material.State.APPROVED
        held.approved_by, held.approved_at, held.approved_version = by, timezone.now(), held.version
        held.taken_down_at, held.taken_down_reason = None, ""
        press.print_material(held, by=by, note=APPROVED)


def _make_copies(material: Material, seen: int) -> None:
    """Make what readers get of the version ``seen``, where it is not there with just this credit."""
    now = Material.objects.select_related("asset", "shown").get(pk=material.pk)
    if now.version == seen:
        now.state, now.taken_down_at = Material.State.APPROVED, None
        with refusing_files():
            press.make_ready(now)


def _stage_what_shows(held: Material) -> None:
    """Have the entries that it was taken from show it again once they are published again."""
    showing = Event.objects.filter(is_besides("state", Event.State.PUBLISHED), uses__material=held)
    showing.update(version=F("version") + 1)


def authors_of(material: Material) -> set[int]:
    """The keys of all who uploaded, changed or covered the medium, ever."""
    changed = Decision.objects.filter(material=material, verb__in=CHANGES).values_list("by_id", flat=True)
    wrote = Author.objects.filter(hmac=material.hmac).values_list("person_id", flat=True)
    return {material.submitted_by_id, material.changed_by_id, *filter(None, changed), *wrote}


@transaction.atomic
def reject(material: Material, *, by: Any, seen: int, code: str, words: str) -> None:
    """Reject a pending medium, with a reason code of ``REASONS`` and words for its author.

    What readers see of it, which was approved before it was changed, is taken down. Refused to its authors.
    """
    if code not in dict(REASONS):
        raise Refused("Choose a reason for the rejection.")
    words = note_of(words)
    if not words:
        raise Refused("Say in a few words why you reject it, so that its author can mend it.")
    with moving(material, REJECT_MATERIAL, by=by, seen=seen, code=code, note=words) as held:
        if by.pk in authors_of(held):
            raise Refused("You uploaded or changed this medium: another moderator must decide on it.")
    if hasattr(held, "printed") and held.taken_down_at is None:
        down(held, by=by, reason=REJECTED)


def reopen(material: Material, *, by: Any, seen: int, words: str = "") -> None:
    """Send a decided medium back to review. Readers keep what was approved meanwhile."""
    with moving(material, REOPEN_MATERIAL, by=by, seen=seen, note=note_of(words)) as held:
        held.approved_by = held.approved_at = held.approved_version = None


def take_down(material: Material, *, by: Any, reason: str, seen: int | None = None) -> None:
    """Have readers see ``material`` no longer, with ``reason`` in its place. It is undone by an approval.

    Whatever version it is at, unless one was ``seen``.
    """
    reason = note_of(reason)
    if not reason:
        raise Refused("Say why, in a sentence that readers will see in its place.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Say it in at most {LONGEST_REASON} characters.")
    with transaction.atomic():
        held = hold(material)
        insist(by, TAKE_DOWN.permission, held, TAKE_DOWN.deed)
        if seen is not None:
            check_seen(held, seen)
        if held.taken_down_at:
            raise Refused("This is taken down already.")
        if held.state == Material.State.DISCARDED:
            raise Refused("This was discarded: readers never saw it.")
        down(held, by=by, reason=reason)


def down(held: Material, *, by: Any, reason: str) -> None:
    """Take down ``held``, whose story is locked: readers get none of its files once this is committed.

    ``by`` is None for the worker.
    """
    held.taken_down_at, held.taken_down_reason = timezone.now(), reason
    with printed_or_refused():
        held.save(update_fields=OWNED[Material])
        record(held, TAKE_DOWN.verb, by=by, version=held.version, note=reason)
        press.print_material(held, by=by, note=told_down(held, reason))


def told_down(material: Material, reason: str) -> str:
    """What readers are told of the printing that takes ``material`` down."""
    return f"A {'picture' if is_picture(material) else 'document'} was taken down: {reason}"


def open_original(material: Material, *, by: Any) -> BinaryIO:
    """The file as it was uploaded, to be read. That it was opened, and by whom, is kept for good."""
    insist(by, OPEN_ORIGINAL, material, "open the original")
    insist_on_words(material)
    return intake.open_original(material.asset, by=by)
