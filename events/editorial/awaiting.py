"""Words of days and texts that wait for the opening of their story."""

from typing import Any

from events.editorial.holding import may, moving
from events.editorial.moves import KEEP_DAY, KEEP_TEXT, PUBLISH_DAY, PUBLISH_TEXT
from events.models import Day, Text

PUBLISHING = {Day: PUBLISH_DAY, Text: PUBLISH_TEXT}
KEEPING = {Day: KEEP_DAY, Text: KEEP_TEXT}


def await_opening(held: Any, *, by: Any) -> None:
    """Note on ``held`` that it is to be published at the opening, as it is now and in the name of ``by``."""
    held.awaits_by, held.awaits_version, held.awaits_refusal = by, held.version, ""


def clear_awaiting(held: Any) -> None:
    """Take back whatever was to be done with ``held``, which its caller saves, at the opening."""
    held.awaits_by, held.awaits_version, held.awaits_refusal = None, None, ""


def keep_back(row: Any, *, by: Any, seen: int) -> None:
    """Have a day or a text wait for the opening no longer."""
    with moving(row, KEEPING[type(row)], by=by, seen=seen) as held:
        clear_awaiting(held)


def keep_awaiting(row: Any, saved: Any, *, by: Any) -> None:
    """After an edit of ``row``, which was ``saved``: it waits in its new version where ``by`` may publish it.

    Otherwise it waits as it was and shows that it was changed since. Its caller saves it.
    """
    row.awaits_by, row.awaits_version = saved.awaits_by, saved.awaits_version
    row.awaits_refusal = saved.awaits_refusal
    if not saved.awaits_opening or saved.awaits_refusal:
        return
    if may(by, PUBLISHING[type(row)].permission, row.story):
        row.awaits_by, row.awaits_version = by, row.version


def what_stands_against(row: Any) -> str:
    """Why ``row``, which waits for the opening, would not be published then; empty where it would."""
    by = row.awaits_by
    if not (by.is_active and may(by, PUBLISHING[type(row)].permission, row.story)):
        return f"{by} would have it published and may not any more. Publish it again."
    if row.changed_since_awaiting:
        return "It was changed after it was put there. Look at it, then publish it again."
    return ""
