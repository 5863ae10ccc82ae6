"""What one edition of an entry or a text changed of the one before, word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from chronicle import prose, wording
from chronicle.models import Standing, Term

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


def changes(before: Any, after: Any, terms: Mapping[str, Term]) -> list[Change]:
    """What ``after`` changed of ``before``, both documents of an entry; none where one holds no words."""
    if not ("headline" in before and "headline" in after):
        return []
    was, now = _told(before, terms), _told(after, terms)
    found = [Change(label, pieces(was[label], now[label])) for label in now if was[label] != now[label]]
    cited = _of_lists(_cited(before, terms), _cited(after, terms))
    return [*found, Change("Citations", cited)] if cited else found


def of_texts(before: Any, after: Any) -> list[Change]:
    """What ``after`` changed of ``before``, both documents of a text; none where one holds no words."""
    if not ("title" in before and "title" in after):
        return []
    told = {
        "Title": (before["title"], after["title"]),
        "": (prose.words(before["text"]), prose.words(after["text"])),
    }
    return [Change(label, pieces(*words)) for label, words in told.items() if words[0] != words[1]]


def pieces(before: str, after: str) -> list[Piece]:
    """The words of both, in order, each run marked; those that stayed are cut where nothing near changed."""
    was, now = before.split(), after.split()
    if max(len(was), len(now)) > MOST_WORDS:
        return [Piece(TAKEN, before), Piece(ADDED, after)]
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(SAME, _cut(was[a:b], first=a == 0, last=b == len(was))))
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


def _told(document: Any, terms: Mapping[str, Term]) -> dict[str, str]:
    """What readers see of a document besides its citations, by what it is called."""
    moment = document["moment"]
    return {
        "Headline": document["headline"],
        "": prose.words(document["text"]),
        "When": moment["wording"] or "some time that day",
        "Told on": wording.day_words(date.fromisoformat(moment["told_on"])),
        "Kind": _label(document["kind"], terms),
        "Where": _labels(document["places"], terms),
        "Who": _labels(document["actors"], terms),
        "Shows": _media(document.get("media", []), terms),
        "Standing": str(Standing(document["standing"]).label).lower(),
        "Key event": "yes" if document["key"] else "no",
    }


def _cited(document: Any, terms: Mapping[str, Term]) -> list[str]:
    """Each citation in a line: its words, its outlet, and whether its source was retracted."""
    return [
        f"“{citation['quote']}” {_label(citation['outlet'], terms)}"
        f"{', retracted' if citation['retracted'] else ''}"
        for citation in document["citations"]
    ]


def _of_lists(before: list[str], after: list[str]) -> list[Piece]:
    taken = [Piece(TAKEN, line) for line in before if line not in after]
    return taken + [Piece(ADDED, line) for line in after if line not in before]


def _labels(members: list[Any], terms: Mapping[str, Term]) -> str:
    return ", ".join(sorted(_label(member["subject"], terms) for member in members)) or "not said"


def _media(members: list[Any], terms: Mapping[str, Term]) -> str:
    """Each medium in its order, with the caption that the entry gives it."""
    return (
        ", ".join(f"{_label(member['subject'], terms)}{_quoted(member['caption'])}" for member in members)
        or "nothing"
    )


def _quoted(caption: str) -> str:
    return f" (“{caption}”)" if caption else ""


def _label(subject: str, terms: Mapping[str, Term]) -> str:
    """What a term is called today; one that was taken down is called just that."""
    return terms[subject].called if subject in terms else subject
