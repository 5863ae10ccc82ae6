"""What the documents of days, terms, texts and chronicles tell, field by field: each in words.

Documents hold codes. What has changed is told as readers know it from the pages: a date as a date, a grade
with its meaning, another term by its name.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chronicle import prose
from chronicle.fields import WORDLESS
from chronicle.models import Term
from chronicle.record import cards, rights
from chronicle.site.dossiers.medium import SOURCE_TYPES
from chronicle.site.dossiers.published import NATURES
from chronicle.wording import day_words

Terms = Mapping[str, Term]

STYLES = {"slash": "side by side", "brackets": "the others in brackets", "first": "the first alone"}
"""How the names of a place or a person stand together, by the code of the style."""


def label(subject: str, terms: Terms) -> str:
    """What a term is called today; one that was taken down is called just that."""
    return terms[subject].called if subject in terms else subject


def _plain(value: Any, _terms: Terms) -> str:
    return "" if value is None else str(value)


def _prose(value: str, _terms: Terms) -> str:
    return prose.words(value)


def _term(value: str, terms: Terms) -> str:
    """What it is called, or its number: of what holds nothing public no name is told."""
    return terms[value].called if value in terms else value.replace("/", " ")


def _reason(value: str, _terms: Terms) -> str:
    return "why was taken down" if value == WORDLESS else value


def _day(value: str, _terms: Terms) -> str:
    return day_words(date.fromisoformat(value)) if value else ""


def _edtf(value: str, _terms: Terms) -> str:
    return cards.published_words(value)


def _metres(value: str, _terms: Terms) -> str:
    return f"to {value} m" if value else ""


def _yes(value: bool, _terms: Terms) -> str:
    return "yes" if value else "no"


def _of(words: Mapping[Any, str]) -> Callable[[Any, Terms], str]:
    return lambda value, _terms: words.get(value, str(value))


def _grade(value: str, _terms: Terms) -> str:
    return f"{cards.RELIABILITY[value]} ({value})" if value in cards.RELIABILITY else value


def _needed(value: int | None, _terms: Terms) -> str:
    return "as many as the chronicle asks for" if value is None else str(value)


def _policy(value: Any, _terms: Terms) -> str:
    return str(value["citations_needed"])


def _names(value: list[Any], _terms: Terms) -> list[str]:
    return [_name(each) for each in value]


def _name(name: Any) -> str:
    said = [name.get("language", ""), name.get("used_by", "")]
    known = ", ".join(each for each in said if each)
    return f"{name['name']} ({known})" if known else str(name["name"])


TOLD: dict[str, tuple[str, Callable[[Any, Terms], str | list[str]]]] = {
    "headline": ("Headline", _plain),
    "sentence": ("Sentence", _plain),
    "name": ("Name", _plain),
    "title": ("Title", _plain),
    "description": ("", _plain),
    "text": ("", _prose),
    "summary": ("", _prose),
    "occasion": ("Occasion", _plain),
    "number": ("Number of the day", _plain),
    "closed": ("Closed", _yes),
    "slug": ("Address", _plain),
    "language": ("Language", _plain),
    "first_date": ("First day", _day),
    "first_number": ("Number of the first day", _plain),
    "last_date": ("Last day", _day),
    "zone": ("Time zone", _plain),
    "morning": ("Morning begins", _plain),
    "afternoon": ("Afternoon begins", _plain),
    "evening": ("Evening begins", _plain),
    "name_style": ("Several names", _of(STYLES)),
    "policy": ("Citations that an entry needs", _policy),
    "citations_needed": ("Citations that an entry needs", _needed),
    "names": ("Names", _names),
    "latitude": ("Latitude", _plain),
    "longitude": ("Longitude", _plain),
    "precision": ("Known", _metres),
    "within": ("Lies in", _term),
    "nature": ("What it is", _of(NATURES)),
    "country": ("Country", _plain),
    "side": ("Side", _plain),
    "reliability": ("Reliability", _grade),
    "reliability_reason": ("Why it is graded so", _plain),
    "reliability_since": ("Graded so since", _day),
    "outlet": ("Published by", _term),
    "genre": ("What it is", _of(cards.GENRES)),
    "published_on": ("Published on", _edtf),
    "url": ("Address", _plain),
    "archived_url": ("Archived copy", _plain),
    "relays": ("Passes on", _term),
    "retracted": ("Retracted", _reason),
    "caption": ("Caption", _plain),
    "alt": ("In other words", _plain),
    "credit": ("Credit", _plain),
    "rights": ("Rights", lambda value, _terms: rights.words_of(value)),
    "rights_note": ("On its rights", _plain),
    "licence_ends": ("The licence ends on", _day),
    "shows": ("Shows", _plain),
    "taken": ("Made", _plain),
    "place": ("Where", _term),
    "source": ("Taken from", _term),
    "source_type": ("How it came to be", _of(SOURCE_TYPES)),
    "graphic": ("What it may show", _plain),
    "taken_down": ("Taken down", _plain),
}
"""What is told of each field: what it is called (the text itself by no name), and how it is said."""

UNTOLD = {
    *("format", "note", "origin", "date"),  # never changed, or told beside what changed
    *("canonical_url", "kind", "mime", "width", "height", "focus", "renditions"),  # follows from others
}
"""The fields of which nothing is told."""

SETTINGS = ("zone", "morning", "afternoon", "evening", "policy")
"""What a chronicle says of itself that its entries go by."""

NAMING = ("within", "outlet")
"""The fields that name another term which holds what is public, wherever the one that says so does."""


def named_by(document: Any) -> set[str]:
    """The subjects of the terms that the document of a term names so."""
    return {document[key] for key in NAMING if document.get(key)}
