"""Names as English writes them: runs of words with a capital. Pure.

A known name inside a longer one is another: "New York" is not York, "Bank of Armenia" not Armenia. Titles,
days and months, and the first word of a sentence belong to no name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chronicle.wording import MONTHS

_TITLES = frozenset(
    "mr mrs ms dr prof professor sir lord lady king queen prince princess president premier prime minister"
    " chancellor governor mayor senator deputy general colonel major captain lieutenant commander admiral"
    " marshal sergeant judge bishop archbishop father pope spokesman spokeswoman spokesperson chairman"
    " director secretary ambassador chief acting former foreign defence defense interior vice".split()
)
_CALENDAR = frozenset(
    [month.lower() for month in MONTHS]
    + [month[:3].lower() for month in MONTHS]
    + "monday tuesday wednesday thursday friday saturday sunday day am pm utc gmt".split()
)
_BODIES = frozenset(
    "bank republic ministry university academy institute church council house office service agency fund"
    " association union league kingdom federation embassy court party port bay gulf lake isle mount"
    " strait".split()
)
"""What is of a place and bears its name: "Bank of Armenia"."""
_OPENERS = frozenset(
    "the a an in on at by he she it they we i this that these those there after before during meanwhile later"
    " soon then also but and however so thus from for as when while around about until overnight all no not"
    " his her their its according earlier some many several two three one near over under since with without"
    " outside inside towards toward into of to what who where why how if although though because both each"
    " yesterday today tomorrow tonight now here still even only nearly almost again besides moreover last"
    " next most more other another despite amid between across along behind beyond within".split()
)
"""Words that begin sentences; an adverb in -ly is known by its end."""
_WORD = re.compile(r"[^\W\d_][\w’']*(?:-(?=[A-ZÀ-ÞА-ЯЀ-ЏԱ-Ֆ])[\w’']+)*")
_MOST_WORDS = 6
_LEAST = 2
"""How often a name is said that is offered."""
_OWNED = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Run:
    """Words with capitals that stand together: one name, by its looks."""

    begins: int
    ends: int
    words: str


def runs(text: str) -> Iterator[Run]:
    """The names that ``text`` seems to hold; none where all of it is in capitals."""
    if text.upper() == text:
        return
    held: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if held and not _goes_on(text, held, match):
            yield from _run(held)
            held = []
        if _is_name(match[0], first=_begins_sentence(text, match.start())) or (held and _ties(match, held)):
            held.append(match)
    yield from _run(held)


def _run(held: list[re.Match[str]]) -> Iterator[Run]:
    while held and not held[-1][0][:1].isupper():
        held = held[:-1]
    if held:
        words = " ".join(match[0] for match in held)
        yield Run(held[0].start(), held[-1].start() + len(_OWNED.sub("", held[-1][0])), _OWNED.sub("", words))


def _goes_on(text: str, held: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether ``match`` belongs to the name that is ``held``."""
    last = held[-1]
    if text[last.end() : match.start()] != " " or last[0].endswith(("'s", "’s")):
        return False
    return _ties(match, held) or _is_name(match[0], first=False)


def _ties(match: re.Match[str], held: list[re.Match[str]]) -> bool:
    """Whether it is the "of" of "Bank of Armenia"."""
    return match[0] == "of" and held[-1][0].lower() in _BODIES


def _is_name(word: str, *, first: bool) -> bool:
    low = word.lower()
    if not word[0].isupper() or low in _CALENDAR or low in _TITLES:
        return False
    return not (first and (low in _OPENERS or low.endswith("ly")))


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'“‘«(—–-")
    return not before or before[-1] in ".!?…:;"


def inside_longer(begins: int, ends: int, found: Iterable[Run], *, of_actor: bool) -> bool:
    """Whether the name from ``begins`` to ``ends`` is only a part of one of the names ``found``.

    Of an actor, what stands before may be the forename: "Maria Duarte" is Duarte.
    """
    for run in found:
        if run.begins <= begins and ends <= run.ends:
            return ends < run.ends or (run.begins < begins and not of_actor)
    return False


def offered(texts: Iterable[str], known: Iterable[str]) -> list[tuple[str, int]]:
    """The names said twice or more that are not ``known``, the most often said first, and how often."""
    there = {name.casefold() for name in known}
    counts: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for text in texts:
        for run in runs(text):
            counts[run.words] += 1
            opening[run.words] += _begins_sentence(text, run.begins)
    return [
        (name, times)
        for name, times in counts.most_common()
        if times >= _LEAST and name.casefold() not in there and _may_be_name(name, opening[name] < times)
    ]


def _may_be_name(name: str, inside: bool) -> bool:
    """One word that only ever begins a sentence may have its capital from there."""
    words = name.split()
    return len(words) <= _MOST_WORDS and len(name) > 2 and (inside or len(words) > 1)
