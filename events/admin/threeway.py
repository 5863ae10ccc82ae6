"""Two texts that were made from one, put together: what one alone changed is taken, of the rest both stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST = 4000
"""Texts of more parts (words, spaces, marks) follow one another whole: see chronicle.site.differences."""

_BLOCK = re.compile(r"<(p|ul|ol|blockquote)(?: [^>]*)?>.*?</\1>\s*", re.DOTALL)
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_PLAIN = re.compile(r"<p>([^<]*)</p>\s*")


@dataclass(frozen=True)
class Hunk:
    """What one of the two has in the place of ``base[begins:ends]``."""

    begins: int
    ends: int
    words: Sequence[str]


def together(base: str, theirs: str, mine: str) -> str:
    """Both edits of a plain text."""
    was, one, other = (_WORDS.findall(text) for text in (base, theirs, mine))
    if max(map(len, (was, one, other))) > MOST:
        return f"{theirs}\n{mine}"
    return "".join(_spaced(merge(was, one, other)))


def blocks_together(base: str, theirs: str, mine: str) -> str:
    """Both edits of a text of paragraphs, lists and quotations; of two versions of a block both stay, unless
    they are plain words."""
    plain = [_PLAIN.fullmatch(text) for text in (base, theirs, mine)]
    if all(plain):
        return f"<p>{together(*(found[1] for found in plain if found))}</p>"
    return "".join(merge(_blocks(base), _blocks(theirs), _blocks(mine)))


def merge(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """The parts of both, in order."""
    merged: list[str] = []
    at = 0
    for begins, ends, one, other in _places(_hunks(base, theirs), _hunks(base, mine)):
        merged += base[at:begins]
        first, second = _said(base, begins, ends, one), _said(base, begins, ends, other)
        merged += first if one else second
        merged += second if one and other and first != second else []
        at = ends
    return [*merged, *base[at:]]


def _blocks(html: str) -> list[str]:
    """The blocks of ``html``; the whole of it where these are not all."""
    found = [match[0] for match in _BLOCK.finditer(html)]
    return found if "".join(found) == html else [html]


def _spaced(words: Sequence[str]) -> Iterator[str]:
    """Where words of one follow words of the other, there is room between them."""
    before = " "
    for word in words:
        yield f" {word}" if before[-1].isalnum() and word[0].isalnum() else word
        before = word


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[Hunk]:
    found = []
    for what, a, b, c, d in SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if what == "replace" and b - a == d - c:
            # So many for as many: each in its own place.
            found += [Hunk(a + place, a + place + 1, [other[c + place]]) for place in range(b - a)]
        elif what != "equal":
            found.append(Hunk(a, b, other[c:d]))
    return found


def _places(one: list[Hunk], other: list[Hunk]) -> Iterator[tuple[int, int, list[Hunk], list[Hunk]]]:
    """Where something changed: what overlaps, or begins at one place, is told of together."""
    waiting = sorted([(hunk, True) for hunk in one] + [(hunk, False) for hunk in other], key=_order)
    while waiting:
        begins, ends = waiting[0][0].begins, waiting[0][0].ends
        group = []
        while waiting and (waiting[0][0].begins < ends or waiting[0][0].begins == begins):
            hunk, is_one = waiting.pop(0)
            group.append((hunk, is_one))
            ends = max(ends, hunk.ends)
        sides = ([hunk for hunk, is_one in group if is_one is which] for which in (True, False))
        yield begins, ends, *sides


def _order(of: tuple[Hunk, bool]) -> tuple[int, int]:
    return of[0].begins, of[0].ends


def _said(base: Sequence[str], begins: int, ends: int, hunks: list[Hunk]) -> list[str]:
    """What one of the two says in the place of ``base[begins:ends]``."""
    said: list[str] = []
    at = begins
    for hunk in hunks:
        said += [*base[at : hunk.begins], *hunk.words]
        at = hunk.ends
    return [*said, *base[at:ends]]
