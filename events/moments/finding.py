"""The times in a sentence of prose: the grammar of phrases, run over the words of a text.

``find`` takes the longest runs of words that ``read`` reads, where prose uses such words for a time: a number
is no hour without a sign of one, a part of the day needs its "in the" or "at", a date inside a sentence its
"on". Each is found with its place: it opens the sentence, stands inside, or belongs to a side clause.
Time words at the opening that cannot be read are found too, without a moment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from chronicle.clock import Clock
from events.moments.clauses import tells_another
from events.moments.idioms import says_nothing, taken
from events.moments.items import Days, Item, Offset, Part, Share, Small, Time, Unclear, Weekday
from events.moments.reading import Moment, Unreadable, read
from events.moments.standing import stands
from events.moments.words import Token, in_place, tokens

_REACH = 1000
"""How far from its ends a sentence is searched, in characters."""
_LONGEST_RUN = 14
_ENDING = ("onwards", "about", "overnight", "night of", "late night of")
"""The small words that a time may end with: "14:30 or so"."""
_GAP = re.compile(r"\.?[\s,\"“”'@-]*(?:\(|the\b)?[\s-]*")
_ARTICLE = re.compile(r"\bthe\s$")
_CAPITALS = ("may", "march", "mar", "jan", "dec", "august")
_SHORT = "mon tue tues wed thu thur thurs fri sat sun".split()
"""Short for days of the week in phrases; in prose words and names of their own."""
_HALVES = ("m", "am", "pm", "a", "p")
_IN_BRACKETS = ("about", "approx", "approximately", "circa", "local", "utc", "gmt")
_OPENS = re.compile(r"[\W_]*(?:the\s)?[\W_]*")
_UNREAD = re.compile(
    r"(?:(?:an?\s)?(?:few|couple|little|short|long|some|several|many|moments?|minutes?|hours?|seconds?|shortly|soon"
    r"|half\san|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|\d+|at|in|by|before|after|towards?|during|around|about|near|on"
    r"|the|within|until|from|since|later|then|next|that|early|late|just)\b[^,;:.]{0,50}?)?"
    r"\b(?:hours?|minutes?|moments?|seconds|while\s(?:later|after)|lunch\w*|breakfast|dinner|supper|tea\s?time"
    r"|o'clock|half\spast|quarter\s(?:past|to)|\d{1,2}[:.]\d\d|\d{1,2}\s?[ap]\.?m|weeks?|months?|fortnight|shift|working\sday|rush\shour|weekend|time\slater|first\slight"
    r"|last\slight|cock-?crow|matins|vespers|watch|days?\s(?:later|after|earlier))\b(?:\s(?:later|after(?:wards)?(?=,)|afterwards|earlier)\b)?"
)


class Place(Enum):
    """Where in its sentence a time stands."""

    OPENS = "opens"
    INSIDE = "inside"
    SIDE = "side clause"


@dataclass(frozen=True)
class Found:
    """Words of a sentence that tell a time, where they stand, and what they mean."""

    words: str
    begins: int
    ends: int
    place: Place
    moment: Moment | None = None
    """None for time words that are not understood."""
    has_clock: bool = False
    has_date: bool = False
    """Whether it names its day: by date, weekday or distance."""


@dataclass(frozen=True)
class _Piece:
    """The items that some tokens are; none for words that say nothing."""

    items: tuple[Item, ...]
    first: int
    last: int

    @property
    def is_strong(self) -> bool:
        """Whether it can be a time by itself."""
        return any(map(_is_strong, self.items))


@lru_cache(maxsize=4096)
def _read(words: str, told_on: date, clock: Clock) -> Moment | None:
    try:
        return read(words, told_on=told_on, clock=clock)
    except Unreadable:
        return None


def find(sentence: str, *, told_on: date, clock: Clock, begins: int = 0) -> list[Found]:
    """The times in ``sentence`` from ``begins`` on, in order; the middle of a long one is left out."""
    found: list[Found] = []
    for start, stop in _stretches(begins, len(sentence)):
        found += _Search(sentence, start, stop, begins, told_on, clock).found()
    return found


def unread_opening(sentence: str, begins: int = 0) -> Found | None:
    """Time words with which ``sentence`` opens and that ``find`` did not read: "Minutes later, …"."""
    level = in_place(sentence[begins : begins + 200])
    at = _opening(level)
    match = _UNREAD.match(level, at)
    if match is None:
        return None
    words = sentence[begins + match.start() : begins + match.end()]
    return Found(words, begins + match.start(), begins + match.end(), Place.OPENS)


def _opening(level: str) -> int:
    match = _OPENS.match(level)
    return match.end() if match else 0


def _stretches(begins: int, end: int) -> list[tuple[int, int]]:
    if end - begins <= 2 * _REACH:
        return [(begins, end)]
    return [(begins, begins + _REACH), (end - _REACH, end)]


def _is_strong(item: Item) -> bool:
    if isinstance(item, Time):
        return not item.bare
    if isinstance(item, Part):
        return item.name != "day"
    return isinstance(item, Days | Weekday | Offset) or item in (Small("overnight"), Small("night of"))


@dataclass(frozen=True)
class _Search:
    """One stretch of a sentence being searched."""

    sentence: str
    start: int
    stop: int
    begins: int
    told_on: date
    clock: Clock

    def found(self) -> list[Found]:
        level = in_place(self.sentence[self.start : self.stop])
        words = tokens(level)
        found: list[Found] = []
        for run in _runs(level, words):
            while run:
                one, run = self._in_run(level, words, run)
                if one:
                    found.append(one)
        return found

    def _in_run(self, level: str, words: list[Token], run: list[_Piece]) -> tuple[Found | None, list[_Piece]]:
        """The first time in ``run``, if any, and the rest of the run."""
        strong = next((i for i, piece in enumerate(run) if piece.is_strong or _shared_day(run, i)), None)
        if strong is None:
            return None, []
        for last in range(len(run) - 1, strong - 1, -1):
            if not _may_end(run[last]):
                continue
            for first in range(strong + 1):
                found = self._read(level, words, run[first : last + 1])
                if found:
                    return found, run[last + 1 :]
        return None, run[strong + 1 :]

    def _is_small(self, token: Token) -> bool:
        """Whether it is a word that, written small, is more often another than a month or a weekday."""
        if token.says(*_SHORT):
            return True
        return token.says(*_CAPITALS) and not self.sentence[self.start + token.begin].isupper()

    def _moment(self, said: str) -> Moment | None:
        return _read(said, self.told_on, self.clock)

    def _read(self, level: str, words: list[Token], pieces: list[_Piece]) -> Found | None:
        """What ``pieces`` tell, where they stand as a time and can be read as one."""
        first, last = pieces[0].first, pieces[-1].last
        items = _items_of(pieces)
        begins, ends = _edges(level, words[first], words[last])
        opens = self.start == self.begins and begins <= _opening(level)
        if any(map(self._is_small, words[first : last + 1])):
            return None
        said = self.sentence[self.start + begins : self.start + ends]
        moment = self._moment(said) if stands(level, words, first, last, items, opens=opens) else None
        if moment is None:
            return None
        dated = any(map(_is_day, items))
        place = Place.OPENS if opens else Place.INSIDE
        if not opens and tells_another(level, begins, ends, moves=dated):
            place = Place.SIDE
        has_clock = Time in map(type, items)
        return Found(said, self.start + begins, self.start + ends, place, moment, has_clock, dated)


def _items_of(pieces: list[_Piece]) -> list[Item]:
    return [item for piece in pieces for item in piece.items]


def _is_day(item: Item) -> bool:
    return isinstance(item, Days | Weekday | Offset) and item != Offset(0)


def _edges(level: str, first: Token, last: Token) -> tuple[int, int]:
    """Where the words from ``first`` to ``last`` begin and end, with their article, full stop and bracket."""
    begins, ends = first.begin, last.end
    if last.text in _HALVES and level[ends - 2 : ends + 1] == ".m.":
        ends += 1
    if "(" in level[begins:ends] and level[ends : ends + 1] == ")":
        ends += 1
    if _ARTICLE.search(level[max(0, begins - 5) : begins]):
        begins -= len("the ")
    return begins, ends


def _shared_day(run: list[_Piece], i: int) -> bool:
    """Whether the piece at ``i`` is the day that one before it divides: "the second half of the day"."""
    shares = any(isinstance(item, Share) for piece in run[:i] for item in piece.items)
    return shares and any(isinstance(item, Part) for item in run[i].items)


def _may_end(piece: _Piece) -> bool:
    """Whether a time may end with ``piece``: with one that says something, or "onwards", "or so"."""
    last = piece.items[-1] if piece.items else None
    if isinstance(last, Small):
        return last.word in _ENDING
    return last is not None and not isinstance(last, Share)


def _runs(level: str, words: list[Token]) -> Iterator[list[_Piece]]:
    """The pieces of time that stand together, with nothing else between them."""
    run: list[_Piece] = []
    i = 0
    while i < len(words):
        items, used = _items_at(words, i)
        piece = _Piece(tuple(items or ()), i, i + used - 1)
        tied = not run or _is_tied(level, words[i - 1], words[i])
        if run and (items is None or not tied or len(run) >= _LONGEST_RUN):
            yield run
            run = []
        if items is not None:
            run.append(piece)
        i += used
    if run:
        yield run


def _items_at(words: list[Token], i: int) -> tuple[list[Item] | None, int]:
    """The items at ``i``; an empty list for words that say nothing, None for any others."""
    try:
        items, used = taken(words, i)
    except Unclear:
        return None, 1
    if items or says_nothing(words, i):
        return items, used
    return None, 1


def _is_tied(level: str, one: Token, other: Token) -> bool:
    gap = level[one.end : other.begin]
    if "." in gap and one.text not in _HALVES:
        return False
    if "(" in gap and other.text not in _IN_BRACKETS:
        return False
    return _GAP.fullmatch(gap) is not None
