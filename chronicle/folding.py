"""The one way from text to the words that it is found by: of what is searched, and of what is asked for.

A word is a run of letters, marks and digits, folded: without case, without accents, in one form of each
letter. ``R&D``, ``AT&T`` and ``a<b`` are one word each; everything else that is no letter parts words. Both
databases are given words that were made here, and none makes its own, so that their answers are equal.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

Span = tuple[str, int, int]
"""A folded word, and where in the text it begins and ends."""

LONGEST = 60
"""How many characters of a word are kept."""

_JOINERS = "&<>"

_MARKS_OF_ACCENT = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    # What chooses between two pictures of one character.
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
)
"""Marks that a word is the same without. Those of Devanagari, Thai or kana are letters of their words."""

_ONE_FORM = {
    **dict(zip("ıøłđðþæœəħŧ", ["i", "o", "l", "d", "d", "th", "ae", "oe", "a", "h", "t"], strict=True)),
    # Alef with wasla, the yeh and kaf of Persian, alef maksura, teh marbuta, the heh of ezafe.
    **dict(zip("\u0671\u06cc\u06a9\u0649\u0629\u06d5", "\u0627\u064a\u0643\u064a\u0647\u0647", strict=True)),
}

_TATWEEL = "\u0640"
_STRESS_OF_ARMENIAN = "\u055b\u055c\u055e"
"""They stand within a word, over the vowel that is stressed, called or asked."""

_LIGATURE_OF_ARMENIAN = "\u0565\u057e", "\u0565\u0582"
"""The capitals of U+0587 are two letters, of which the second is another than where it is taken apart."""

_LETTERS_LIKE_APOSTROPHES = "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf"

# Between these planes lie ideographs alone.
_BY_CATEGORY: dict[str, list[int]] = {}
for _code in (*range(0x20000), *range(0xE0000, 0xE0200)):
    _BY_CATEGORY.setdefault(unicodedata.category(chr(_code)), []).append(_code)


def _of_category(*categories: str) -> list[int]:
    """Every character whose category begins so, in order."""
    found = (codes for category, codes in _BY_CATEGORY.items() if category.startswith(categories))
    return sorted(chain.from_iterable(found))


def _marks() -> str:
    """Every mark, as the ranges of a class of a regular expression."""
    ranges: list[list[int]] = []
    for code in _of_category("M"):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def _is_accent(code: int) -> bool:
    return any(first <= code <= last for first, last in _MARKS_OF_ACCENT)


_MARKS = _marks()
# Before letters are taken apart, or a word and the sign of its trade mark would become one word.
_FIRST: dict[int, str | None] = {
    **dict.fromkeys(_of_category("So"), " "),
    **dict.fromkeys(_of_category("Cf")),
    **{ord(mark): None for mark in _STRESS_OF_ARMENIAN + _TATWEEL},
}
_BARE: dict[int, str | None] = {
    # Some of the marks of the Quran count as letters.
    code: None
    for code in _of_category("M", "Lm", "Cf")
    if _is_accent(code) or chr(code) == _TATWEEL
}
_LAST: dict[int, str | None] = {
    **_BARE,
    **{code: str(unicodedata.decimal(chr(code))) for code in _of_category("Nd")},
    **{ord(letter): form for letter, form in _ONE_FORM.items()},
    **{ord(letter): "'" for letter in _LETTERS_LIKE_APOSTROPHES},
}
_RUN = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_SPELLED = re.compile(_RUN)
_FORMATS: dict[int, str | None] = {
    **dict.fromkeys(_of_category("Cf")),
    **{ord(mark): None for mark in _STRESS_OF_ARMENIAN + _TATWEEL},
}
_DOTTED_I = "i\u0307"
"""The Turkish İ without case: it keeps its dot as a mark."""
_POINTS_WITHIN = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)|(?<=\d)[,'’](?=\d{3}(?!\d))")
_WORD = re.compile(rf"{_RUN}(?:[{_JOINERS}]{_RUN})*")


def words(text: str) -> list[str]:
    """The folded words of plain ``text``, in their order."""
    return [word for word, _, _ in spans(text)]


def fold(text: str) -> str:
    """The folded words of ``text``, joined by blanks: of one name, the form that equal names share."""
    return " ".join(words(text))


def spelled(text: str) -> list[str]:
    """The words of plain ``text`` as they are spelled: without case, and with their accents.

    Points between initials and between the digits of one number part no words: U.S. is US, 5,000 is 5000.
    """
    letters = unicodedata.normalize("NFKC", text.translate(_FORMATS)).casefold().replace(_DOTTED_I, "i")
    letters = _POINTS_WITHIN.sub("", letters)
    return _SPELLED.findall(unicodedata.normalize("NFC", letters))


def spans(text: str) -> list[Span]:
    """The folded words of plain ``text``, each with the offsets in ``text`` between which it stands.

    Where one character makes two words, as ½ does, they share its place.
    """
    found: list[Span] = []
    at = 0
    for chunk in text.split():
        at = text.index(chunk, at)
        for word, start, end in _remembered(chunk) if len(chunk) <= LONGEST else _spans_of(chunk):
            found.append((word, at + start, at + end))
        at += len(chunk)
    return found


def _spans_of(chunk: str) -> tuple[Span, ...]:
    """The words of what stands between two blanks."""
    if chunk.isascii():
        return tuple((_kept(found[0]), *found.span()) for found in _WORD.finditer(chunk.lower()))
    folded, places = [], []
    for start, end in _clusters(chunk):
        letters = _folded(chunk[start:end])
        folded.append(letters)
        places += [(start, end)] * len(letters)
    return tuple(
        (_kept(found[0]), places[found.start()][0], places[found.end() - 1][1])
        for found in _WORD.finditer("".join(folded).replace(*_LIGATURE_OF_ARMENIAN))
    )


_remembered = lru_cache(maxsize=1 << 15)(_spans_of)


def _kept(word: str) -> str:
    return unicodedata.normalize("NFC", word)[:LONGEST].rstrip(_JOINERS)


def _clusters(chunk: str) -> Iterator[tuple[int, int]]:
    """Where each letter begins and ends, with the marks that are written upon it."""
    start = 0
    for place, character in enumerate(chunk):
        if place and not unicodedata.combining(unicodedata.normalize("NFKD", character)[0]):
            yield start, place
            start = place
    yield start, len(chunk)


def _folded(cluster: str) -> str:
    """``cluster`` without case and accents, its letters taken apart from their marks."""
    bare = unicodedata.normalize("NFKD", cluster.translate(_FIRST)).translate(_BARE)
    return unicodedata.normalize("NFKD", bare.casefold()).translate(_LAST)
