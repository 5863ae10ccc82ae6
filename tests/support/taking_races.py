"""What people race for in tests/race.py while words are taken down, and what must be true afterwards."""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence

from chronicle.models import Edition, Entry, Sheet
from events.editorial import materials, takedowns, writing
from events.editorial.takedowns import Part
from events.models import Citation, Event, Material, Printed, Story, Takedown
from media import erasing, storage
from media.limits import SETTLED_AFTER
from tests.support.pictures import upload

TAKE_AND_PUBLISH = "takedown ∥ publish"
TAKE_AND_EDIT = "takedown ∥ edit"
TAKE_AND_UPLOAD = "takedown ∥ the same bytes"
ALL = (TAKE_AND_PUBLISH, TAKE_AND_EDIT, TAKE_AND_UPLOAD)


def confirm(event: Event, part: Part, boss, other_boss):
    """An administrator confirms what another has asked for, of the story of ``event``."""
    asked = takedowns.ask(event.story, [part], by=boss, reason="A court says so.")
    return lambda: takedowns.confirm(asked, by=other_boss, seen=1)


def part_of(event: Event) -> Part:
    """``event``, as what a takedown names it by now."""
    printed = Printed.objects.filter(entry=event).first()
    return Part(str(printed)) if printed else row(event)


def row(of) -> Part:
    return Part(row=f"{of._meta.model_name}/{of.pk}")


def tell_otherwise(event: Event, by):
    """An editor who has the page open saves other words."""
    seen = Event.objects.select_related("day__story").get(pk=event.pk)
    seen.headline = f"{seen.headline}, told otherwise"
    return lambda: writing.save_event(seen, by=by, seen=seen.version)


def cite_otherwise(event: Event, by):
    seen = Citation.objects.get(event=event)
    seen.quote = "Another quotation."
    return lambda: writing.save_citation(seen, by=by, seen=seen.version)


def paper(event: Event, by) -> Material:
    """A document whose bytes are those of its round."""
    return materials.add(event.story, upload(_bytes(event.headline), "paper.txt"), by=by)


def send_again(story: Story, event: Event, by):
    """Somebody uploads the same bytes, and gets a medium that has words or is refused."""
    sent = upload(_bytes(event.headline), "again.txt")

    def race() -> None:
        if materials.add(story, sent, by=by).state == Material.State.ERASED:
            raise AssertionError("got a medium that was taken down")

    return race


def _bytes(headline: str) -> bytes:
    return f"To be taken down: {headline}".encode()


def violations(event: Event, scenario: str, headline: str, ends: Sequence[str]) -> Iterator[str]:
    """What is wrong after a round about ``event``, whose words began with ``headline``."""
    if scenario == TAKE_AND_UPLOAD:
        yield from _files(headline)
        return
    taken = Takedown.objects.filter(story=event.story).latest("pk").state == Takedown.State.ERASING
    if taken and _words_of(event):
        yield "taken down, and the desk has words of it"
    if taken and _readers_see(event):
        yield "taken down, and readers see it"
    if taken and _is_kept(event, headline):
        yield "taken down, and a sheet has its words"
    if not taken and "done" not in ends:
        yield "neither was it taken down nor did the other go through"


def _words_of(event: Event) -> bool:
    said = Event.objects.filter(pk=event.pk).values_list("headline", "text", "wording").get()
    return any(said) or Citation.objects.filter(event=event).exclude(quote="").exists()


def _readers_see(event: Event) -> bool:
    printed = Printed.objects.filter(entry=event).first()
    if printed is None:
        return False
    entry = Entry.objects.get(chronicle__key=event.story.key, number=printed.number)
    return entry.taken_at is None or bool(entry.card or entry.headline)


def _is_kept(event: Event, headline: str) -> bool:
    """Whether a sheet of the story says its headline; each begins with the number of its round and a sign."""
    ours = Edition.objects.filter(chronicle__key=event.story.key).values("commitment")
    sheets = Sheet.objects.filter(commitment__in=ours)
    told = sheets.filter(document__headline=headline) | sheets.filter(
        document__headline=f"{headline}, told otherwise"
    )
    return told.exists()


def _files(headline: str) -> Iterator[str]:
    """What is wrong with the file of a round, once the worker has been there."""
    sha256 = hashlib.sha256(_bytes(headline)).hexdigest()
    found = list(Material.objects.filter(asset__sha256=sha256).select_related("asset"))
    whole = [medium for medium in found if medium.state != Material.State.ERASED]
    taken = [medium for medium in found if medium.state == Material.State.ERASED]
    if len(found) != len({medium.story_id for medium in found}):
        yield "two media of the same bytes in one story"
    if any(medium.asset.erased_at or not medium.asset.name for medium in whole):
        yield "another story lost the name of its file"
    _let_settle(storage.original(sha256))
    _let_settle(storage.rendition(f"{sha256}.txt"))
    left = erasing.remove([medium.asset for medium in taken])
    if left:
        yield "a file of it is left"
    if whole and storage.digest(storage.original(sha256))[0] != sha256:
        yield "another story lost its file"
    if not whole and storage.original(sha256).exists():
        yield "its file is still there"


def _let_settle(path) -> None:
    if path.exists():
        os.utime(path, (time.time() - SETTLED_AFTER - 1,) * 2)
