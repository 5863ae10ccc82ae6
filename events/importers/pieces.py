"""The passages of a text as a person cuts and joins them: the rows of what will be imported.

Pure. A row is known by the number of its passage, and the rest of one that was cut also by where it begins:
"4", then "4-57". What is joined keeps the name of its first.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from events.importers.digest import DayOfText, Passage, Timer, piece

_SEAM = re.compile(
    r"(?<=[.!?…])[\"”’»)]*\s+(?=[^\s\W])|[;:]\s+|\s[–—]\s"
    r"|,\s+(?:(?:and|but|while|then|when|where|after|before|as)\s)?(?=\S)|\s(?:and|but|while)\s"
)
_SHORTEST = 12
"""The fewest characters of a part."""
_MOST = 8
"""Among how many places to cut a person chooses."""
_SHOWN = 4
"""How many words name such a place."""


@dataclass(frozen=True)
class Cut:
    """A place where a passage can be cut: before ``words``."""

    at: int
    words: str


@dataclass(frozen=True)
class Piece:
    """One row. ``place`` is that of its day in the text; ``parts`` are the rows that were joined to it."""

    key: str
    passage: Passage
    place: int
    parts: tuple["Piece", ...] = ()

    @property
    def texts(self) -> list[str]:
        return [self.passage.text, *(part.passage.text for part in self.parts)]

    @property
    def whole(self) -> Passage:
        """Its passage with the words of all that was joined to it."""
        if not self.parts:
            return self.passage
        all_of_it = (self.passage, *(part.passage for part in self.parts))
        is_event = any(passage.is_event for passage in all_of_it)
        return replace(
            self.passage,
            text=" ".join(self.texts),
            is_event=is_event,
            why_not="" if is_event else self.passage.why_not,
        )


def pieces(days: list[DayOfText], cuts: Mapping[int, Collection[int]]) -> list[Piece]:
    """The passages of ``days``, cut at ``cuts``: by the number of a passage, where its parts begin."""
    found: list[Piece] = []
    for place, day in enumerate(days):
        for passage in day.digest.passages:
            found += _cut_up(passage, place, cuts.get(passage.number, ()), day.digest.timer)
    return found


def _cut_up(passage: Passage, place: int, cuts: Collection[int], timer: Timer) -> Iterator[Piece]:
    inside = sorted(at for at in cuts if 0 < at < len(passage.text))
    if not inside:
        yield Piece(str(passage.number), passage, place)
        return
    for begins, ends in pairwise((0, *inside, len(passage.text))):
        text = passage.text[begins:ends].strip()
        key = f"{passage.number}-{begins}" if begins else str(passage.number)
        yield Piece(key, piece(passage, text, timer, leads=not begins), place)


def joined(found: list[Piece], keys: Collection[str]) -> list[Piece]:
    """``found``, of which those named in ``keys`` are one with the row before them, of the same day."""
    rows: list[Piece] = []
    for one in found:
        if one.key in keys and rows and rows[-1].place == one.place:
            rows[-1] = replace(rows[-1], parts=(*rows[-1].parts, one))
        else:
            rows.append(one)
    return rows


def cuts_of(text: str) -> list[Cut]:
    """Where ``text`` can be cut: at the ends of its sentences and clauses."""
    ends = [match.end() for match in _SEAM.finditer(text)]
    whole = [at for at in ends if _SHORTEST <= at <= len(text) - _SHORTEST]
    return [Cut(at, _named(text, at)) for at in whole[:_MOST]]


def cut_before(text: str, words: str) -> Cut | None:
    """Where ``text`` is cut so that its second part has ``words``, a time: at the last seam before them."""
    begins = text.find(words, 1)
    if begins < 1:
        return None
    seams = [match.end() for match in _SEAM.finditer(text) if match.end() <= begins]
    at = seams[-1] if seams and begins - seams[-1] < _SHORTEST else begins
    return Cut(at, _named(text, at))


def _named(text: str, at: int) -> str:
    return " ".join(text[at : at + 200].split()[:_SHOWN]).rstrip(",;:.")
