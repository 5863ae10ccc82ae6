"""Taking down, as the desk has the press do it once it was confirmed."""

from typing import Any

from django.db import transaction

from chronicle.models import Edition
from events import press
from events.models import Story


def take(*takings: Any, legal: bool = False, by: Any = None, story: Story | None = None) -> list[Edition]:
    """Take subjects down: each by its name, or with a tuple of the editions that are to go."""
    taken = [press.Taking(each) if isinstance(each, str) else press.Taking(*each) for each in takings]
    with transaction.atomic():
        return press.print_takedown(story or Story.objects.get(), taken, legal=legal, by=by)
