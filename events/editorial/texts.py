"""What administrators do with the texts of a story, the pages beside its days: save and publish them."""

from typing import Any

from django.db import transaction

from chronicle.models import Edition
from events import press
from events.editorial.awaiting import await_opening, clear_awaiting, keep_awaiting
from events.editorial.checking import check_unique, check_values
from events.editorial.holding import check_seen, hold, hold_story, insist_on_saving, moving, note_of
from events.editorial.moves import PUBLISH_TEXT
from events.editorial.refused import Refused
from events.models import Text


@transaction.atomic
def save_text(text: Text, *, by: Any, seen: int | None = None) -> Text:
    """Save a new text, or the changed words of one that was at version ``seen``.

    What is published stays as readers see it until it is published again. Raises Refused and Stale.
    """
    text.story = hold_story(text.story)
    insist_on_saving(by, text)
    check_values(text)
    if text.pk:
        saved = hold(text)
        check_seen(saved, seen)
        if text.story_id != saved.story_id:
            raise Refused(f"This belongs to “{saved.story}”: it cannot move to another story.")
        if text.name != saved.name:
            raise Refused(f"This is “{saved}”: it cannot become another page. Add that one instead.")
        text.version, text.published_version = saved.version + 1, saved.published_version
        keep_awaiting(text, saved, by=by)
    check_unique(text)
    text.save()
    return text


def publish_text(text: Text, *, by: Any, seen: int, note: str = "") -> Edition | None:
    """Print ``text`` on its page. A later edition needs a ``note``; None where nothing had changed.

    In a story that is not open it waits for the opening instead, and None is returned.
    """
    note = note_of(note)
    if text.published_version:
        press.compare_words(text)
    with moving(text, PUBLISH_TEXT, by=by, seen=seen, note=note) as held:
        if held.story.opened_at is None:
            await_opening(held, by=by)
            return None
        clear_awaiting(held)
        held.published_version = held.version
        return press.print_text(held, by=by, note=note)
