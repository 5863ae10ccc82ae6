"""Numbers written in words: "thirty-first" is 31, "forty-three" is 43, "43rd" is 43."""

import re

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _ordinal(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"


_CARDINALS = {word: n for n, word in enumerate(_UNITS, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ORDINALS = {_ordinal(word): n for word, n in _CARDINALS.items()} | {"hundredth": 100}


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TEN = _either(_TENS)
_HUNDREDS = rf"(?:(?:a|{_either(_UNITS[:9])})[-\s]hundred(?:[-\s]and)?[-\s])?"
_DIGITS_ORDINAL = r"\d{1,4}[-\s]?(?:st|nd|rd|th)"

ORDINAL = rf"(?:{_DIGITS_ORDINAL}|{_HUNDREDS}(?:(?:{_TEN})[-\s])?(?:{_either(list(_ORDINALS))}))\b"
"""A pattern (without capitals) for an ordinal in figures or in words, 1 to 999."""

CARDINAL = (
    rf"(?:\d{{1,4}}|{_HUNDREDS}(?:(?:{_TEN})[-\s](?:{_either(_UNITS[:9])})|{_either(list(_CARDINALS))}))\b"
)
"""A pattern (without capitals) for a number in figures or in words, 1 to 999."""


def number_in(words: str) -> int | None:
    """The number that ``words`` name, as a cardinal or an ordinal; None when they name none."""
    figures = re.match(r"\s*(\d{1,4})\D*$", words)
    if figures:
        return int(figures[1])
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word not in ("a", "and"):
            value = _CARDINALS.get(word) or _ORDINALS.get(word)
            if value is None:
                return None
            total += value
    return total or None
