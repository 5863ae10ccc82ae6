"""Which differences of a text are only of its form: what is left of it once they are taken away.

Only form, by design/approval.md: curly or straight quotation marks, kinds of dashes and of spaces, a full
stop at the end of a text, a capital at the start of a sentence. A mark is mapped, never added or removed, and
nothing beside a digit is form: “10–12” and “10-12” may be other numbers.
"""

import re
from collections.abc import Iterator

_ONE_MARK = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        " ",
    ),
}
"""One of each sort for all of it."""

_TAG = re.compile(r"<[^>]*>")
_HOLE = "\0"
"""Where a tag stands, while the words around it are looked at. No text that can be kept has it."""

_ENDS_A_SENTENCE = ".!?…"
_BETWEEN = " \n\"'([«" + _HOLE


def formless(text: str) -> str:
    """``text``, plain or of the small set of HTML, without what is only its form; tags stay as they are."""
    letters = list(_TAG.sub(_HOLE, text))
    for place in list(_marks(letters)):
        letters[place] = _ONE_MARK[letters[place]]
    for place in list(_first_letters(letters)):
        letters[place] = letters[place].lower()
    _drop_last_stop(letters)
    tags = iter(_TAG.findall(text))
    return "".join(next(tags) if letter == _HOLE else letter for letter in letters)


def same_but_for_form(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but their form."""
    return one == other or formless(one) == formless(other)


def _marks(letters: list[str]) -> Iterator[int]:
    for place, letter in enumerate(letters):
        if letter in _ONE_MARK and not _beside_a_digit(letters, place):
            yield place


def _beside_a_digit(letters: list[str], place: int) -> bool:
    return _next(letters, place, 1).isnumeric() or _next(letters, place, -1).isnumeric()


def _next(letters: list[str], place: int, step: int) -> str:
    """The letter after ``place``, or before it, whatever tags stand between; empty at either end."""
    place += step
    while 0 <= place < len(letters):
        if letters[place] != _HOLE:
            return letters[place]
        place += step
    return ""


def _first_letters(letters: list[str]) -> Iterator[int]:
    """Where a sentence begins with a capital that has one small letter."""
    for place, letter in enumerate(letters):
        small = letter.lower()
        if small == letter or len(small) > 1 or _beside_a_digit(letters, place):
            continue
        if _begins_a_sentence(letters, place):
            yield place


def _begins_a_sentence(letters: list[str], place: int) -> bool:
    before = place - 1
    while before >= 0 and letters[before] in _BETWEEN:
        before -= 1
    parted = any(letter in " \n" + _HOLE for letter in letters[before + 1 : place])
    return before < 0 or (parted and letters[before] in _ENDS_A_SENTENCE)


def _drop_last_stop(letters: list[str]) -> None:
    last = len(letters) - 1
    while last >= 0 and letters[last] == _HOLE:
        last -= 1
    if last < 0 or letters[last] != ".":
        return
    before = _next(letters, last, -1)
    # Three dots say that something is left out.
    if before != "." and not before.isnumeric():
        del letters[last]
