"""What is left of a row of the desk once it is taken down: its columns, by model, and what they hold then.

A row that others point at for good is not deleted: it is emptied in place, and says since when.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from events.models.typed import Typed

ERASED = "erased"
"""The state of a row that has states, once it is emptied: no verb begins there."""

TAKEN_DOWN = "Taken down"
"""What the desk calls a row that has no words left."""

EMPTIED: dict[str, dict[str, Any]] = {
    "event": {
        **dict.fromkeys("headline text wording edtf".split(), ""),
        **dict.fromkeys("schedule_note schedule_refusal withdrawal_reason".split(), ""),
        **dict.fromkeys("overruled_earliest overruled_latest publish_at scheduled_by".split()),
        **{"scheduled_version": None, "is_key": False, "open_start": False, "open_end": False},
        "state": ERASED,
    },
    "citation": {
        **dict.fromkeys("quote language translation translation_language translated_by".split(), ""),
        **dict.fromkeys("approved_by approved_at approved_version credibility".split()),
        **{"locator": "", "keeps_approved": False, "state": ERASED},
    },
    "day": {
        **dict.fromkeys("headline sentence summary occasion awaits_refusal".split(), ""),
        **{"awaits_by": None, "awaits_version": None},
    },
    "source": {
        **dict.fromkeys("title published_on url canonical_url archived_url language".split(), ""),
        # That it was taken back holds, and what cites it rests on it no more.
        "retraction_reason": "",
    },
    "outlet": {
        **dict.fromkeys("name country side reliability_reason url".split(), ""),
        **{"reliability": "F", "reliability_since": None},
    },
    "place": {"note": "", **dict.fromkeys("latitude longitude precision within".split())},
    "actor": {"note": ""},
    "kind": {"name": "", "description": ""},
    "text": {
        **dict.fromkeys("title text awaits_refusal".split(), ""),
        **{"awaits_by": None, "awaits_version": None},
    },
    "material": {
        **dict.fromkeys("url obtained taken shows caption alt credit rights rights_note".split(), ""),
        **dict.fromkeys("people consent_note source_type taken_down_reason".split(), ""),
        **dict.fromkeys("latitude longitude licence_ends taken_down_at source place".split()),
        **dict.fromkeys("approved_by approved_at approved_version".split()),
        "state": ERASED,
    },
    "proposal": {"fields": {}, "base": {}, "note": ""},
}
"""What a constraint of each of these tables insists on."""


class Erasable(Typed):
    """A row whose words can be taken down: it stays then, without them."""

    erased_at = models.DateTimeField(null=True, editable=False, help_text="Since when it has no words.")

    class Meta:
        abstract = True


def erased_without_words(name: str) -> models.CheckConstraint:
    """That a row of the model ``name`` is emptied exactly where it says since when."""
    empty = EMPTIED[name]
    kept = Q(erased_at__isnull=True)
    if "state" in empty:
        kept &= ~Q(state=ERASED)
    return models.CheckConstraint(
        name=f"{name}_erased_exactly_without_words", condition=kept | Q(erased_at__isnull=False, **empty)
    )


def unless_erased(condition: Q) -> Q:
    """``condition`` on the content of a row, which holds while it has any."""
    return Q(erased_at__isnull=False) | condition
