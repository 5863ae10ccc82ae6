"""Where the sentences of plain prose begin and end.

A sentence ends at . ! ? or … before white space and something that can begin a sentence. It does
not end after an abbreviation or an initial, inside double quotation marks, or before a remark in
brackets: that stays with the sentence it follows. Each pass is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.importers.digest.dates import MONTH, WEEKDAY
from events.importers.digest.marks import begins_item
from events.moments.clauses import has_verb

_TITLES = frozenset(
    "mr mrs ms dr prof rev hon st gen col lt maj capt sgt cpl adm cmdr gov sen rep pres messrs"
    " vs viz cf ca approx e.g i.e".split()
)
_BEFORE_FIGURES = frozenset(
    "no nos p pp fig art ch sec par vol jan feb mar apr jun jul aug sep sept oct nov dec"
    " mon tue tues thu thur thurs fri".split()
)
_BEFORE_EITHER = frozenset(
    "a.m p.m am pm u.s u.k u.n e.u etc hrs inc ltd co corp jr sr inf div brig regt bn coy ft mt".split()
)
_HALVES = ("a.m", "p.m", "am", "pm")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_STARTERS = frozenset(
    "the a an in on at by he she it they we i this that these those there after before during meanwhile later"
    " soon then also but and however so thus from for as when while around about until overnight all no not"
    " his her their its according earlier some many several two three one".split()
)
_END = re.compile(r"(?<![.!?…؟۔。։])[.!?…؟۔。։]++[\"'”’»)\]]*+(?=\s|$)|[“«\"]")
_CLOSING = {"“": "”", "«": "»", '"': '"'}
_BRACKET = re.compile(r"\s*+\((?:[^()]|\([^()]{0,100}\)){0,600}+\)[.!?…]*[\"”’»]*(?=\s|$)")
_TOKEN = re.compile(r"[\w.]*$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,4}")
_TERMINAL = re.compile(r"[.!?…؟۔。։][\"'”’»)\]]*$|\)$")
_MONTH_FOLLOWS = re.compile(rf"{MONTH}(?!\w)", re.IGNORECASE)
_TIME_ALONE = re.compile(r"[(\[]?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?|h(?:rs)?)?[)\]]?[:.]?", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d.:])(?:\d{1,2}[:.])?\d{1,2}\s?[ap]\.?m$", re.IGNORECASE)
_OF_THE_HOUR = re.compile(
    rf"(?:\d|[A-Z]{{2,5}}\b|(?:[A-Z]\w+\s){{1,3}}time\b|Eastern\b|Central\b|Pacific\b|(?i:{WEEKDAY}|{MONTH}))"
)
"""What goes on after "at 11 a.m.": "EST", "Moscow time", "Tuesday"."""
_REACH = 200
_LONGEST_QUOTATION = 600
_SHORT_LINE = 40


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words with white space evened out, and the paragraph (from 0) it stands in."""

    text: str
    paragraph: int
    alone: bool = False
    """Whether it is its whole paragraph."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` in order; every word of the text is in exactly one of them."""
    found = []
    for number, paragraph in enumerate(paragraphs(text)):
        pieces = list(_pieces(paragraph))
        found += [Sentence(piece, number, len(pieces) == 1) for piece in pieces]
    return found


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of ``text``, white space evened out, whether the lines are wrapped or not.

    A blank line ends a paragraph. So does the end of a line that ends a sentence, and of a short
    one before a capital (a heading); a line broken anywhere else goes on in the next one.
    """
    held: list[str] = []
    last = ""
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if held and (not line or _breaks(last, line)):
            yield " ".join(held)
            held = []
        if line:
            held.append(line)
            last = line
    if held:
        yield " ".join(held)


def ends_sentence(line: str) -> bool:
    """Whether ``line`` ends as a sentence does (or with a remark in brackets)."""
    return bool(_TERMINAL.search(line[-8:]))


def _breaks(last: str, line: str) -> bool:
    if last[-1] in ":;," and not begins_item(line):
        return False
    if ends_sentence(last) or begins_item(line) or _TIME_ALONE.fullmatch(last):
        return True
    return len(last) < _SHORT_LINE and not line[0].islower()


def _pieces(paragraph: str) -> Iterator[str]:
    begin = at = 0
    while True:
        match = _END.search(paragraph, at)
        if not match:
            break
        at = match.end()
        if match[0] in _CLOSING:
            at = _past_quotation(paragraph, match)
            if at == match.end() or not _ends_inside(paragraph, at):
                continue
            at = _past_remarks(paragraph, at)
        elif _numbers_item(paragraph, begin, match):
            continue
        else:
            at = _past_remarks(paragraph, at)
            if not _is_end(paragraph, begin, match, at):
                continue
        yield paragraph[begin:at].strip()
        begin = at
    if paragraph[begin:].strip():
        yield paragraph[begin:].strip()


def _past_remarks(paragraph: str, at: int) -> int:
    """Past the remarks in brackets that stay with the sentence before them."""
    while bracket := _BRACKET.match(paragraph, at):
        at = bracket.end()
    return at


def _past_quotation(paragraph: str, mark: re.Match[str]) -> int:
    """Where the quotation that opens at ``mark`` has closed; just past the mark when it does not."""
    opened = mark.end()
    closed = paragraph.find(_CLOSING[mark[0]], opened, opened + _LONGEST_QUOTATION)
    return opened if closed < 0 else closed + 1


def _ends_inside(paragraph: str, at: int) -> bool:
    """Whether a quotation that closed at ``at`` ended the sentence with its own full stop."""
    follows = paragraph[at : at + 40].lstrip()
    if paragraph[at : at + 1] not in ("", " "):
        return False
    return paragraph[at - 2] in ".!?…" and bool(follows) and _can_begin(follows)


def _numbers_item(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether ``match`` is the full stop of "4. (11:15) A drone …" or of "14:50. A drone …"."""
    if match[0] != "." or match.end() == len(paragraph):
        return False
    before = paragraph[begin : match.start()].strip()
    return before.isdigit() or _CLOCK.fullmatch(before) is not None


def _is_end(paragraph: str, begin: int, match: re.Match[str], at: int) -> bool:
    follows = paragraph[at : at + 40].lstrip()
    if not follows:
        return True
    if not _can_begin(follows):
        return False
    if match[0] != "." or at > match.end():
        return True
    token = _TOKEN.search(paragraph, max(begin, match.start() - 20), match.start())
    word = token[0].lower().strip(".") if token else ""
    before = paragraph[max(begin, match.start() - _REACH) : match.start()]
    return not _is_abbreviation(word, before, follows, is_first=begin + len(word) + 1 >= match.start())


def _can_begin(follows: str) -> bool:
    first = follows.lstrip("\"'“‘«([—–- ")[:1]
    return bool(first) and not first.islower()


def _is_told(before: str, follows: str) -> bool:
    """Whether ``before``, which ends with a.m. or p.m., is told without what ``follows``."""
    if _CLOCK.match(follows):
        return True
    return _HOUR.search(before) is not None and has_verb(before) and not _OF_THE_HOUR.match(follows)


def _is_abbreviation(word: str, before: str, follows: str, *, is_first: bool) -> bool:
    next_word = re.split(r"[\s,.:;]", follows, maxsplit=1)[0].lower()
    if word in _TITLES or (follows[0].isdigit() and word in _BEFORE_FIGURES):
        return True
    if word.isdigit():
        return is_first or _is_day(word, follows)
    if word in _HALVES and _is_told(before, follows):
        return False
    if word in _BEFORE_EITHER or _INITIALS.fullmatch(word):
        return next_word not in _STARTERS
    return False


def _is_day(word: str, follows: str) -> bool:
    """Whether the number ``word`` is the day of a date: "Am 11. März"."""
    return len(word) <= 2 and _MONTH_FOLLOWS.match(follows) is not None
