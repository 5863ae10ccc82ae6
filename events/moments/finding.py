"""The times in a sentence of prose: the grammar of phrases, run over the words of a text.

``find`` takes the longest runs of words that ``read`` reads, where prose uses such words for a time: a number
is no hour without a sign of one, a part of the day needs its "in the" or "at", a date inside a sentence its
"on". Each is found with its place: it opens the sentence, stands inside, or belongs to a side clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from chronicle.clock import Clock
from events.moments.attempts import contradict, moment_of
from events.moments.certainty import certain_end, in_english, may_tell
from events.moments.clauses import tells_another
from events.moments.compounds import is_part_of_name
from events.moments.doubts import leaves_open
from events.moments.ends import BEGINNERS
from events.moments.idioms import ALL_DAY, SIGNS, is_strong, says_nothing, taken
from events.moments.items import Days, Item, Offset, Part, Share, Small, Time, Unclear, Weekday
from events.moments.languages import UNREAD
from events.moments.reading import Moment
from events.moments.standing import stands
from events.moments.unread import opening
from events.moments.words import Token, in_place, tokens

_REACH = 1000
"""How far from its ends a sentence is searched, in characters."""
_LONGEST_RUN = 14
_ENDING = ("onwards", "about", "overnight", "night of", "late night of")
"""The small words that a time may end with: "14:30 or so"."""
_OF_OTHERS = ("of", "a", "an", "local", "time", "hours", "then", "sharp")
_LINKS = (Small("to"), Small("until"), Small("dash"), Small("and"))
_FIGURE, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\.?[\s,\"“”'@-]*(?:\(|the\b)?[\s-]*")
_CLOSES = re.compile(r"\.?\)")
_ARTICLE = re.compile(r"\bthe\s$")
_CAPITALS = ("may", "march", "mar", "jan", "dec", "august")
_SHORT = "mon tue tues wed thu thur thurs fri sat sun".split()
"""Short for days of the week in phrases; in prose words and names of their own."""
_HALVES = ("m", "am", "pm", "a", "p")
_IN_BRACKETS = ("about", "approx", "approximately", "circa", "local", "utc", "gmt")


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
    moment: Moment
    phrase: str
    """What `read` reads as the same: English for a part of the day in another language."""
    has_clock: bool = False
    has_date: bool = False
    """Whether it names its day: by date, weekday or distance."""
    contradicts: bool = False
    """Whether its words contradict each other, or others leave it open: ``moment`` is the day told."""


@dataclass(frozen=True)
class _Piece:
    """The items that some tokens are; none for words that say nothing."""

    items: tuple[Item, ...]
    first: int
    last: int

    @property
    def is_strong(self) -> bool:
        """Whether it can be a time by itself."""
        return any(map(is_strong, self.items)) or [*self.items] == ALL_DAY


def find(sentence: str, *, told_on: date, clock: Clock, begins: int = 0, language: str = "") -> list[Found]:
    """The times in ``sentence`` from ``begins`` on, in order; the middle of a long one is left out.

    ``language`` is the code of another than English, of which only what is certain is found.
    """
    found: list[Found] = []
    for start, stop in _stretches(begins, len(sentence)):
        found += _Search(sentence, start, stop, begins, told_on, clock, language).found()
    return found


def _stretches(begins: int, end: int) -> list[tuple[int, int]]:
    if end - begins <= 2 * _REACH:
        return [(begins, end)]
    return [(begins, begins + _REACH), (end - _REACH, end)]


@dataclass(frozen=True)
class _Search:
    """One stretch of a sentence being searched."""

    sentence: str
    start: int
    stop: int
    begins: int
    told_on: date
    clock: Clock
    language: str

    def found(self) -> list[Found]:
        level = in_place(self.sentence[self.start : self.stop])
        if not _FIGURE.search(level) and SIGNS.isdisjoint(_WORD.findall(level)):
            return []
        words = tokens(level, english=not self.language)
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
        for first, last in _spans(run, strong, words):
            pieces, rest = run[first : last + 1], run[last + 1 :]
            if found := self._read(level, words, pieces):
                return (None if _breaks_off(pieces, rest) else found), rest
        return None, run[strong + 1 :]

    def _is_small(self, token: Token) -> bool:
        """Whether it is a word that, written small, is more often another than a month or a weekday."""
        if token.text in _SHORT or token.text not in _CAPITALS:
            return token.text in _SHORT
        # The months of other languages are written small.
        return self.sentence[self.start + token.begin : self.start + token.end] == token.text

    def _read(self, level: str, words: list[Token], pieces: list[_Piece]) -> Found | None:
        """What ``pieces`` tell, where they stand as a time and can be read as one."""
        first, last = pieces[0].first, pieces[-1].last
        run, items = words[first : last + 1], _items_of(pieces)
        begins, ends = _edges(level, words[first], words[last])
        at, to = self.start + begins, self.start + ends
        opens = self.start == self.begins and begins <= opening(level)
        if self._is_part_of_name(at, to, items, after=run[0].text, opens=opens):
            return None
        said = self.sentence[at:to]
        if not (self._may_tell(run, items, said) and stands(level, words, first, last, items, opens=opens)):
            return None
        phrase = in_english(run) or said
        moment, contradicts = self._moment(phrase, items, at, to)
        if moment is None:
            return None
        dated = any(map(_is_day, items))
        place, end = self._placed(level, run, (begins, ends), opens=opens, moves=dated)
        place, end = Place.SIDE if contradicts else place, self.start + end
        has_clock = Time in map(type, items)
        return Found(self.sentence[at:end], at, end, place, moment, phrase, has_clock, dated, contradicts)

    def _placed(
        self, level: str, run: list[Token], edges: tuple[int, int], *, opens: bool, moves: bool
    ) -> tuple[Place, int]:
        """Where the time between ``edges`` stands, and where it ends."""
        end = self._certain_end(run, *edges, opens=opens)
        if end is None:
            return Place.SIDE, edges[1]
        if opens:
            return Place.OPENS, end
        return Place.SIDE if tells_another(level, *edges, moves=moves) else Place.INSIDE, end

    def _moment(self, phrase: str, items: list[Item], at: int, to: int) -> tuple[Moment | None, bool]:
        """What ``phrase`` tells, and whether that is only its day, as its words or others leave it open."""
        moment = moment_of(phrase, self.told_on, self.clock)
        if moment:
            moves = moment.happened_on != self.told_on
            is_open = not self.language and leaves_open(self.sentence, at, to, self.clock, moves=moves)
        else:
            # "In the morning, 14 boats" says no hour.
            bare = any(isinstance(item, Time) and item.bare for item in items)
            is_open = not bare and contradict(phrase, self.told_on, self.clock)
        return (moment_of("", self.told_on, self.clock), True) if is_open else (moment, False)

    def _is_part_of_name(self, at: int, to: int, items: list[Item], *, after: str, opens: bool) -> bool:
        # The nouns of other languages stand behind a date with nothing between.
        return not self.language and is_part_of_name(self.sentence, at, to, items, after=after, opens=opens)

    def _may_tell(self, run: list[Token], items: list[Item], said: str) -> bool:
        return not any(map(self._is_small, run)) and may_tell(run, items, said, self.language)

    def _certain_end(self, run: list[Token], begins: int, ends: int, *, opens: bool) -> int | None:
        """Where the time ends, with its suffix ("14:30'da"); None where it may be that of something else."""
        if not self.language:
            return ends
        if self.language == UNREAD and not opens:
            return None
        noun = len(run) == 1 and run[0].named is not None and run[0].named.is_noun
        end = certain_end(self.sentence, self.start + begins, self.start + ends, opens=opens, noun=noun)
        return None if end is None else end - self.start


def _breaks_off(found: list[_Piece], rest: list[_Piece]) -> bool:
    """Whether what was ``found`` is the beginning of a range that cannot be read: "from 10:00 to 9:00"."""
    begun = any(item in BEGINNERS for item in _items_of(found))
    match _items_of(rest):
        case [Small() as link, Time() as end, *_] if link in _LINKS:
            return begun or (not end.bare and link != Small("and"))
    return False


def _items_of(pieces: list[_Piece]) -> list[Item]:
    return [item for piece in pieces for item in piece.items]


def _is_day(item: Item) -> bool:
    return isinstance(item, Days | Weekday | Offset) and item != Offset(0)


def _edges(level: str, first: Token, last: Token) -> tuple[int, int]:
    """Where the words from ``first`` to ``last`` begin and end, with their article, full stop and bracket."""
    begins, ends = first.begin, last.end
    if last.text in _HALVES and level[ends - 2 : ends + 1] == ".m.":
        ends += 1
    if "(" in level[begins:ends] and (closed := _CLOSES.match(level, ends)):
        ends = closed.end()
    if _ARTICLE.search(level[max(0, begins - 5) : begins]):
        begins -= len("the ")
    return begins, ends


def _shared_day(run: list[_Piece], i: int) -> bool:
    """Whether the piece at ``i`` is the day that one before it divides: "the second half of the day"."""
    shares = any(isinstance(item, Share) for piece in run[:i] for item in piece.items)
    return shares and any(isinstance(item, Part) for item in run[i].items)


def _spans(run: list[_Piece], strong: int, words: list[Token]) -> Iterator[tuple[int, int]]:
    """The first and the last piece of what may be a time around the one at ``strong``, the longest first."""
    firsts = [first for first in range(strong + 1) if _may_begin(run[first], words)]
    lasts = [last for last in range(len(run) - 1, strong - 1, -1) if _may_end(run[last])]
    return ((first, last) for last in lasts for first in firsts)


def _may_begin(piece: _Piece, words: list[Token]) -> bool:
    """Whether a time may begin with ``piece``: not with the "time" of "the same time 9:30 PM"."""
    return bool(piece.items) or words[piece.first].text not in _OF_OTHERS


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
