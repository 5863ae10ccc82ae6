"""The documents that stand around entries: of a story, its days and its texts. Pure."""

from datetime import time
from typing import Any

from events.models import Day, Story, Text
from events.press.composing import every

Document = dict[str, Any]


def chronicle_document(story: Story, origin: str) -> Document:
    """A story, as its chronicle is printed."""
    return {
        **every(story),
        "origin": origin,
        "slug": story.slug,
        "title": story.title,
        "description": story.description,
        "first_date": story.first_date.isoformat(),
        "first_number": story.first_number,
        "last_date": story.last_date.isoformat() if story.last_date else "",
        "zone": story.zone,
        "morning": _clock_time(story.morning_begins),
        "afternoon": _clock_time(story.afternoon_begins),
        "evening": _clock_time(story.evening_begins),
        "name_style": story.name_style,
        "policy": {"citations_needed": story.citations_needed},
    }


def _clock_time(at: time) -> str:
    return at.isoformat("minutes") if at.second == 0 else at.isoformat("seconds")


def day_document(day: Day, *, with_words: bool) -> Document:
    """A day for its page; without words, only which day it is."""
    return {
        **every(day.story),
        "number": day.number,
        "date": day.date.isoformat(),
        "headline": day.headline if with_words else "",
        "sentence": day.sentence if with_words else "",
        "summary": day.summary if with_words else "",
        "occasion": day.occasion if with_words else "",
        "closed": day.closed_at is not None,
    }


def text_document(text: Text) -> Document:
    """A text of a story."""
    return {**every(text.story), "title": text.title, "text": text.text}
