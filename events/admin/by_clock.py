"""A time that is typed and shown by the clock of a story."""

from datetime import datetime
from typing import Any

from django import forms

from chronicle import wording
from events.models import Story


def time_field(**options: Any) -> forms.DateTimeField:
    # With a last year of four digits, a fifth one typed goes on to the next part and into no year.
    told = {"type": "datetime-local", "max": "3999-12-31T23:59"}
    return forms.DateTimeField(widget=forms.DateTimeInput(told, format="%Y-%m-%dT%H:%M"), **options)


def label_of(story: Story) -> str:
    return f"At, by the clock of {wording.city_of(story.clock.zone)}"


def instant_of(typed: datetime | None, story: Story) -> datetime | None:
    """What was ``typed`` into such a field, as an instant."""
    return typed.replace(tzinfo=story.clock.zone) if typed else None


def to_be_typed(at: datetime | None, story: Story) -> datetime | None:
    """The instant ``at`` as such a field begins with it."""
    return at.astimezone(story.clock.zone).replace(tzinfo=None) if at else None
