"""What the desk says of words of days and texts that wait for the opening of their story."""

from typing import Any

from events.editorial import awaiting

KEPT = "Cancelled: it is not published at the opening. Readers see nothing of it."


def said_of_words(row: Any) -> str:
    """What publishing the words of ``row`` came to."""
    if row.awaits_opening:
        return "They are published at the opening of the story. Until then readers see nothing of them."
    return "Published: readers see these words as they are here."


def may_await(row: Any, person: Any) -> bool:
    """Whether ``row`` could be put among what is published at the opening, in its present words."""
    as_it_is = row.awaits_opening and not row.changed_since_awaiting and not row.awaits_refusal
    return row.story.opened_at is None and not as_it_is


def awaits(row: Any, person: Any) -> bool:
    return bool(row.awaits_opening)


def shown_words(row: Any, nothing: str) -> str:
    """What readers see of ``row``, which was never published, and what will be of it."""
    if not row.awaits_opening:
        return nothing
    if row.awaits_refusal:
        return f"{nothing}: it was not published at the opening. {row.awaits_refusal}"
    if against := awaiting.what_stands_against(row):
        return f"{nothing} until the opening of the story, and would not be published then. {against}"
    return f"{nothing} until the opening of the story"
