"""The words of a time phrase: text to tokens, whatever the hand that typed them.

Case, width, dashes of every kind, dots in "a.m." and articles are levelled here; numbers in words become
numbers. Every pattern is linear, so no text can make the reader slow.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from events.moments.dayparts import NAMES, Named
from events.moments.languages import ENGLISH

LONGEST = 200
"""A phrase longer than this, in characters, is not a time."""


@dataclass(frozen=True)
class Token:
    """One word, number, date, clock time or dash, and the text that it was read from."""

    category: str
    """The group of the pattern below that it matched: "word", "number", "time", "date", "iso", "dash"…"""
    text: str
    number: int = -1
    ordinal: bool = False
    spelt: bool = False
    """A number written as a word."""
    begin: int = 0
    end: int = 0
    """Where it stands in the levelled text."""
    named: Named | None = None
    """The name of a part of the day in another language, of which it is the English word."""

    def says(self, *words: str) -> bool:
        """Whether it is one of these words (or, for a dash, ``-``)."""
        return self.category in ("word", "dash") and self.text in words


END = Token("end", "")
"""What stands after the last token."""

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"""
_CARDINAL = {word: n for n, word in enumerate(_ONES.split())} | {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_ORDINAL = {word: n for n, word in enumerate(_ORDINALS.split())} | {"twentieth": 20, "thirtieth": 30}
NUMBERS = frozenset({*_CARDINAL, *_ORDINAL})
"""The words that are numbers."""

# Hyphens, dashes of every length and the full-width minus; then apostrophes.
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0x2796, 0xFE58, 0xFE63, 0xFF0D], "-")
_QUOTES = dict.fromkeys([0x2018, 0x2019, 0x02BC, 0x60, 0xB4], "'")
_ABOUT = dict.fromkeys(map(ord, "~≈"), " about ")
_LEVEL = _DASHES | _QUOTES | _ABOUT
_IN_PLACE = _DASHES | _QUOTES
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_CONJUNCTION = re.compile(r"\bthat(?=\sthe\b)")
SPAN = "\x1f"
"""What a dash between two clock times becomes where it can be no minus."""
_LONG_DASH = re.compile("(?<=:[0-9]{2})[\u2012-\u2015](?=[0-9])")
_TIED = re.compile(
    r"(?<![0-9:])(?P<iso>t?)(\d{1,2}):(\d{2})(?::\d{2})? ?-(?=(\d{1,2}):(\d{2})(?!:?[0-9]))", re.ASCII
)
_TOKEN = re.compile(
    r"(?P<iso>[0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{1,2}(?![0-9])(?:t(?=[0-9]))?)"
    r"|(?P<date>[0-9]{1,2}([./])[0-9]{1,2}\4[0-9]{4}(?![0-9]))"
    r"|(?P<offset>(?:(?<=:[0-9]{2})|(?<=:[0-9]{2} ))-[0-9]{2}:?[0-9]{2}(?!:?[0-9])"
    r"|(?:(?<=utc)|(?<=gmt)|(?<=utc )|(?<=gmt ))-[0-9]{1,2}(?::?[0-9]{2})?(?!:?[0-9])"
    r"|\+[0-9]{1,2}(?::?[0-9]{2})?(?!:?[0-9]))"
    r"|(?P<time>[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?!:?[0-9])|[0-9]{1,2}\.[0-9](?=\s?[ap]\.?m\b))"
    r"|(?P<number>[0-9]+(?:(?:st|nd|rd|th)(?![a-z]))?)"
    r"|(?P<word>(?:[^\W\d_A-Z]|')+)"
    r"|(?P<dash>[-\x1f]+)"
    r"|(?P<slash>/)"
    r"|(?P<skip>[\s,.;!?()\[\]\"“”„«»…@]+)"
    r"|(?P<other>[^\sa-z0-9]+)"
)


def level(text: str) -> str:
    """``text`` with case, width, dashes and quotes made alike, and invisible marks dropped."""
    plain = _LONG_DASH.sub(SPAN, text)
    plain = unicodedata.normalize("NFKC", plain.translate(_DASHES)).casefold().translate(_LEVEL)
    # Marks of direction and joining come along with pasted text and say nothing.
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return _TIED.sub(_untied, _HYPHEN.sub(" ", plain))


def in_place(text: str) -> str:
    """``text`` levelled as prose: of the same length, so that places in the one are places in the other."""
    plain = _LONG_DASH.sub(SPAN, text).translate(_IN_PLACE)
    lowered = plain.lower()
    if len(lowered) != len(plain):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    # "that the day before" is not "that day": the article, which is dropped, tells them apart.
    lowered = _CONJUNCTION.sub("THAT", lowered)
    return _TIED.sub(_untied, _HYPHEN.sub(" ", lowered))


def _untied(match: re.Match[str]) -> str:
    """Two clock times tied by a hyphen: apart where they run forward, for then the second is no offset."""
    hour, minute, other, past = (int(figures) for figures in match.groups()[1:])
    is_offset = other <= 14 and past in (0, 30, 45) and len(match[4]) == 2
    # After the T of an instant in ISO form nothing else can stand.
    is_range = not is_offset or ((other, past) > (hour, minute) and not match["iso"])
    hours = match[0].rstrip(" -")
    return hours + SPAN * (len(match[0]) - len(hours)) if is_range else match[0]


def tokens(text: str, *, english: bool = False) -> list[Token]:
    """The tokens of a levelled ``text``, without articles and punctuation.

    In one that is ``english`` no names of other languages: "Santo Domingo" is no Sunday.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "skip":
            continue
        token = _token(match.lastgroup or "other", match.group(), *match.span(), english)
        if token is None:
            continue
        if not english and token.text in NAMES and _names_part(found, token):
            continue
        if _continues(found, token):
            tens = found.pop()
            said = f"{tens.text} {token.text}"
            token = replace(token, text=said, number=tens.number + token.number, begin=tens.begin)
        found.append(token)
    return found


def token_at(found: list[Token], i: int) -> Token:
    """The token at place ``i``, or ``END`` past the last."""
    return found[i] if i < len(found) else END


def _token(category: str, text: str, begin: int, end: int, english: bool) -> Token | None:
    if category == "word":
        word = text.strip("'")
        return _word(word if english else ENGLISH.get(word, word), begin, end)
    if category == "number":
        return _number(text, begin, end)
    return Token(category, "-" if category == "dash" else text, begin=begin, end=end)


def _number(text: str, begin: int, end: int) -> Token:
    digits = text.rstrip("sthndr")
    # Nothing in a date or a time is longer than four digits; a huge number need not be computed.
    category = "number" if len(digits) < 5 else "other"
    return Token(category, text, int(digits[:4]), ordinal=digits != text, begin=begin, end=end)


def _word(word: str, begin: int, end: int) -> Token | None:
    if word in ("", "the"):
        return None
    if word in _CARDINAL:
        return Token("number", word, _CARDINAL[word], spelt=True, begin=begin, end=end)
    if word in _ORDINAL:
        return Token("number", word, _ORDINAL[word], ordinal=True, spelt=True, begin=begin, end=end)
    return Token("word", word, begin=begin, end=end)


def _names_part(found: list[Token], token: Token) -> bool:
    """Whether ``token`` ends the name of a part of the day, which then stands in ``found`` in English."""
    for named in NAMES[token.text]:
        before = found[len(found) - len(named.before) :]
        if tuple(one.text for one in before) == named.before:
            del found[len(found) - len(before) :]
            begin = before[0].begin if before else token.begin
            found += [Token("word", word, begin=begin, end=token.end, named=named) for word in named.words]
            return True
    return False


def _continues(found: list[Token], token: Token) -> bool:
    """Whether ``token`` is the units of a number whose tens came just before ("twenty-three")."""
    if not (found and token.spelt and 0 < token.number < 10):
        return False
    tens = found[-1]
    return tens.spelt and not tens.ordinal and tens.number in (20, 30, 40, 50)
