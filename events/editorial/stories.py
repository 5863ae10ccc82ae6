"""How a story's own words and settings are saved, and which of them the record has already relied on."""

from typing import Any

from django.db import IntegrityError, transaction

from chronicle.wording import bounds_words, day_words
from events import moments, press
from events.editorial.checking import check_values
from events.editorial.holding import check_seen, hold, insist_on_saving, note_of, printed_or_refused
from events.editorial.refused import Refused
from events.editorial.scheduling import save_read_anew
from events.models import Event, Story
from events.models.day import dates_of

RELIED_ON = {
    "slug": "its address",
    "zone": "its time zone",
    "first_date": "its first day",
    "first_number": "the number of its first day",
    "morning_begins": "where its morning begins",
    "afternoon_begins": "where its afternoon begins",
    "evening_begins": "where its evening begins",
}
"""What printed entries were placed, numbered and linked by, and the words for it."""

CLOCK = ("zone", "morning_begins", "afternoon_begins", "evening_begins")
MOMENT = ("earliest", "latest", "open_start", "open_end", "happened_on", "throughout", "edtf")
"""The columns that are filled by reading a moment."""

POLICY = ("citations_needed", "recheck", "second_person")
"""What of a story is its policy; a kind has its number of citations besides."""

OPENING = ("opened_at", "open_at", "open_by", "open_origin", "open_refusal")
"""What of a story says when readers see it."""

PRINTED = {
    "title": "its title",
    "description": "its description",
    "language": "its language",
    "last_date": "its last day",
    "name_style": "how it shows several names",
}
"""What readers see of a story and may change once it is printed, and the words for it."""


@transaction.atomic
def save_story(story: Story, *, by: Any, seen: int | None = None, note: str = "") -> list[str]:
    """Save a story; what readers see of it is printed at once, with ``note`` or what changed as its note.

    The policy of a new one is saved with it; later it stays as it is (events.editorial.policy).

    Refused where a change would move what is already in the record. A change of its clock reads every
    draft again; returns a sentence for each whose moment moved by that. Raises Refused and Stale.
    """
    saved = hold(story) if story.pk else None
    insist_on_saving(by, story)
    check_values(story)
    if saved is None:
        _save(story)
        return []
    check_seen(saved, seen)
    _keep_what_is_relied_on(saved, story)
    if (saved.first_date, saved.last_date) != (story.first_date, story.last_date):
        _keep_its_days(story)
    story.version, story.key = saved.version + 1, saved.key
    # The policy and the opening are the managers', who change each in one place.
    for name in (*POLICY, *OPENING):
        setattr(story, name, getattr(saved, name))
    _save(story)
    moved = _read_drafts_again(story, by) if _changed(saved, story, CLOCK) else []
    changed = [words for name, words in PRINTED.items() if _changed(saved, story, (name,))]
    if changed:
        with printed_or_refused():
            press.print_chronicle(story, by=by, note=note_of(note) or f"Changed: {', '.join(changed)}.")
    return moved


def _save(story: Story) -> None:
    """Save ``story``. No lock is over all stories: another may take its address at the same moment."""
    try:
        with transaction.atomic():
            story.save()
    except IntegrityError:
        if not Story.objects.filter(slug=story.slug).exclude(pk=story.pk).exists():
            raise
        raise Refused(f"Another story has just taken the address “{story.slug}”. Choose another.") from None


def _changed(saved: Story, story: Story, names: tuple[str, ...]) -> bool:
    return any(getattr(saved, name) != getattr(story, name) for name in names)


def _keep_what_is_relied_on(saved: Story, story: Story) -> None:
    changed = [words for name, words in RELIED_ON.items() if _changed(saved, story, (name,))]
    if changed and saved.opened_at is not None:
        relied = ", ".join(changed)
        raise Refused(f"The record relies on {relied}: that cannot change once the story is open.")


def _keep_its_days(story: Story) -> None:
    """Refuses a first or last day that leaves out a day that the desk has, printed or not."""
    first, last = dates_of(story)
    left_out = story.days.exclude(date__range=(first, last)).order_by("date").first()
    if left_out:
        raise Refused(
            f"The desk has a day of {day_words(left_out.date)}: the days of the story must run so that "
            "it is one of them."
        )


def _read_drafts_again(story: Story, by: Any) -> list[str]:
    """Read the moment of every event of ``story`` by its clock as it is now; nothing of it is printed yet."""
    moved = []
    for event in Event.objects.filter(day__story=story).select_related("day").order_by("pk"):
        event.day.story = story
        before = _moment(event)
        try:
            event.read_moment()
        except moments.Unreadable as unreadable:
            raise Refused(f"“{event.headline}” cannot be told by that clock. {unreadable}") from None
        if _moment(event) != before:
            save_read_anew(event, by=by)
            shown = bounds_words(
                event.earliest,
                event.latest,
                story.clock.zone,
                open_start=event.open_start,
                open_end=event.open_end,
            )
            moved.append(f"“{event.headline}”, told on {day_words(event.day.date)}: now {shown}.")
    return moved


def _moment(event: Event) -> list[Any]:
    return [getattr(event, column) for column in MOMENT]
