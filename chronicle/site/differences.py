"""What one edition of an entry or a text changed of the one before, word by word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from chronicle import prose, wording
from chronicle.models import Standing, Term
from chronicle.record import cards
from chronicle.site import facts

SAME, TAKEN, ADDED = "same", "del", "ins"
MOST_WORDS = 1500
"""Texts with more words are compared as a whole: what it takes to compare words grows with their square."""

AROUND = 8
"""How many words that stayed are shown to either side of a change."""


@dataclass(frozen=True)
class Piece:
    """Words that stayed, were taken out or were put in (``how``)."""

    how: str
    words: str


@dataclass(frozen=True)
class Change:
    """One thing that an edition changed; that of the text and of the headline has no ``label``."""

    label: str
    pieces: list[Piece]


def changes(before: Any, after: Any, terms: Mapping[str, Term], zone: ZoneInfo) -> list[Change]:
    """What ``after`` changed of ``before``, both documents of an entry; none where one holds no words.

    Times are told by the clock of ``zone``.
    """
    if not ("headline" in before and "headline" in after):
        return []
    was, now = _told(before, terms, zone), _told(after, terms, zone)
    found = [Change(label, pieces(was[label], now[label])) for label in now if was[label] != now[label]]
    cited = _of_lists(_cited(before, terms), _cited(after, terms))
    return [*found, Change("Citations", cited)] if cited else found


def of_fields(
    before: Any, after: Any, terms: Mapping[str, Term] | None = None, only: Iterable[str] = facts.TOLD
) -> list[Change]:
    """Likewise of a day, a term, a text or a chronicle, field by field; of those ``only`` that are asked for.

    A field that was not there yet when one of the two was printed is none that changed.
    """
    if "whole" in before or "whole" in after:
        return []
    found = []
    for key in only:
        if key in before and key in after:
            label, told = facts.TOLD[key]
            was, now = (told(document[key], terms or {}) for document in (before, after))
            if was != now:
                found.append(Change(label, _of_either(was, now)))
    return found


def _of_either(was: Any, now: Any) -> list[Piece]:
    return _of_lists(was, now) if isinstance(was, list) else pieces(was, now)


def pieces(before: str, after: str, *, whole: bool = False) -> list[Piece]:
    """The words of both, in order, each run marked; those that stayed are cut where nothing near changed, if
    not the ``whole`` is to be read."""
    was, now = before.split(), after.split()
    if max(len(was), len(now)) > MOST_WORDS:
        return [Piece(TAKEN, before), Piece(ADDED, after)]
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            same = was[a:b]
            ends = {"first": a == c == 0, "last": b == len(was) and d == len(now)}
            found.append(Piece(SAME, " ".join(same) if whole else _cut(same, **ends)))
            continue
        found += [Piece(TAKEN, " ".join(was[a:b]))] if b > a else []
        found += [Piece(ADDED, " ".join(now[c:d]))] if d > c else []
    return found


def _cut(words: Sequence[str], *, first: bool, last: bool) -> str:
    """A run of words that stayed, shortened: away from a change nobody needs them."""
    begins = [] if first else list(words[:AROUND])
    ends = [] if last else list(words[-AROUND:])
    if len(words) <= len(begins) + len(ends) + 2:
        return " ".join(words)
    return " ".join([*begins, "…", *ends])


def _told(document: Any, terms: Mapping[str, Term], zone: ZoneInfo) -> dict[str, str]:
    """What readers see of a document besides its citations, by what it is called."""
    moment = document["moment"]
    return {
        "Headline": document["headline"],
        "": prose.words(document["text"]),
        "When": moment["wording"] or "some time that day",
        "Happened": _span(moment, zone),
        "Counted to": wording.day_words(date.fromisoformat(moment["happened_on"])),
        "Told on": wording.day_words(date.fromisoformat(moment["told_on"])),
        "Kind": facts.label(document["kind"], terms),
        "Where": _labels(document["places"], terms),
        "Who": _labels(document["actors"], terms),
        "Shows": _media(document.get("media", []), terms),
        "Standing": str(Standing(document["standing"]).label).lower(),
        "Key event": "yes" if document["key"] else "no",
    }


def _span(moment: Any, zone: ZoneInfo) -> str:
    """The bounds of a moment in words, as the page of its entry has them."""
    return wording.span_words(
        datetime.fromisoformat(moment["earliest"]),
        datetime.fromisoformat(moment["latest"]),
        throughout=moment["throughout"],
        zone=zone,
        open_start=moment["open_start"],
        open_end=moment["open_end"],
    )


def _cited(document: Any, terms: Mapping[str, Term]) -> list[str]:
    """Each citation in a line: its words, its outlet, and all that is said of it beside."""
    return [f"“{each['quote']}” {', '.join(_said_of(each, terms))}" for each in document["citations"]]


def _said_of(citation: Any, terms: Mapping[str, Term]) -> Iterator[str]:
    yield facts.label(citation["outlet"], terms)
    if citation["stance"] != "supports":
        yield cards.STANCES[citation["stance"]]
    if citation["locator"]:
        yield citation["locator"]
    if citation["credibility"]:
        yield cards.grade_words("information", citation["credibility"], cards.CREDIBILITY)
    if citation.get("recheck"):
        yield "being re-checked"
    if citation["retracted"]:
        yield "retracted"


def _of_lists(before: list[str], after: list[str]) -> list[Piece]:
    taken = [Piece(TAKEN, line) for line in before if line not in after]
    return taken + [Piece(ADDED, line) for line in after if line not in before]


def _labels(members: list[Any], terms: Mapping[str, Term]) -> str:
    return ", ".join(sorted(facts.label(member["subject"], terms) for member in members)) or "not said"


def _media(members: list[Any], terms: Mapping[str, Term]) -> str:
    """Each medium in its order, with the caption that the entry gives it."""
    return (
        ", ".join(
            f"{facts.label(member['subject'], terms)}{_quoted(member['caption'])}" for member in members
        )
        or "nothing"
    )


def _quoted(caption: str) -> str:
    return f" (“{caption}”)" if caption else ""
