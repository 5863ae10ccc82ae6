"""That the same words of one source come again, said where they are saved: they count once, and may have been
decided on before."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from events.admin.decision import told
from events.editorial import repeating
from events.models import Citation

MOST_TOLD = 5
"""How many of them are named."""


def same_as(first: Citation) -> str:
    """That a citation is the same evidence as ``first``, with the way there."""
    return format_html(
        'Same evidence as <a href="{}">{}</a> ({}): they count once.',
        reverse("admin:events_citation_change", args=[first.pk]),
        first,
        first.get_state_display().lower(),
    )


def tell_what_is_known(request: Any, citation: Citation) -> None:
    """After ``citation`` was saved: what gives the same words, and what was decided on them before."""
    for other in repeating.like(citation)[:MOST_TOLD]:
        messages.warning(request, format_html("{} {}", f"{citation}:", same_as(other)))
    for row in repeating.decided_before(citation)[:MOST_TOLD]:
        before = told(row, citation.story)
        said = format_html(
            '{} These words were decided on <a href="{}">before</a>. {}. {} ({}, {})',
            f"{citation}:",
            reverse("admin:events_citation_change", args=[row.citation_id]),
            before["what"],
            row.note,
            before["who"],
            before["when"],
        )
        messages.warning(request, said)
