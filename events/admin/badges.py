"""States as small labels, told apart by words first and by colour second."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def badge(name: str, words: str) -> SafeString:
    """A label of the look ``name`` in desk.css."""
    return format_html('<span class="badge badge-{}">{}</span>', name, words)


def state_badge(row: Any) -> SafeString:
    """The state of an event or a citation."""
    return badge(row.state, row.get_state_display())
