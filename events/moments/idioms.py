"""The set phrases of time: parts of the day, neighbouring days, and the small words between.

A table, longest match first. Articles are already gone ("the day before" is here as "day before").
"""

from fractions import Fraction

from events.moments.items import Item, Offset, Read, Share, Small, Span, Time, dates, times
from events.moments.words import END, Token

_THIRD = Fraction(1, 3)
_EARLY, _MID, _LATE = (Fraction(0), _THIRD), (_THIRD, 2 * _THIRD), (2 * _THIRD, Fraction(1))
_HALF = Fraction(1, 2)

_PARTS = {
    "night": "night",
    "nighttime": "night",
    "morning": "morning",
    "forenoon": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "dawn": "dawn",
    "daybreak": "dawn",
    "sunrise": "dawn",
    "dusk": "dusk",
    "sunset": "dusk",
    "nightfall": "dusk",
    "midday": "midday",
    "mid day": "midday",
    "lunchtime": "midday",
    "lunch time": "midday",
    "small hours": "night",
    "early hours": "night",
    "wee hours": "night",
    "daytime": "daytime",
}

_SMALL = {
    "about": "about around approximately approx circa ca c roughly or-so",
    "after": "after past since later-than",
    "before": "before prior-to",
    "by": "by no-later-than not-later-than",
    "soon after": "shortly-after just-after soon-after right-after",
    "soon before": "shortly-before just-before right-before",
    "towards": "towards toward closer-to",
    "between": "between",
    "from": "from",
    "to": "to until till til untill through thru",
    "and": "and",
    "onwards": "onwards onward",
    "at": "at",
    "all": "all throughout all-through whole entire full",
    "overnight": "overnight",
    "into": "into",
    "counted": "counted",
}

FILLERS = ("on", "in", "during", "of", "this", "a", "an", "local", "time", "then", "within", "hours", "later")
"""Words that may stand anywhere and change nothing."""


def _table() -> dict[tuple[str, ...], list[Item]]:
    table: dict[tuple[str, ...], list[Item]] = {
        tuple(words.replace("-", " ").split()): [Small(name)]
        for name, phrases in _SMALL.items()
        for words in phrases.split()
    }
    shares = {
        "early": _EARLY,
        "beginning": _EARLY,
        "start": _EARLY,
        "mid": _MID,
        "middle": _MID,
        "late": _LATE,
        "end": _LATE,
        "first half": (Fraction(0), _HALF),
        "second half": (_HALF, Fraction(1)),
    }
    for words, (begin, end) in shares.items():
        table[tuple(words.split())] = [Share(begin, end)]
    for words, name in _PARTS.items():
        table[tuple(words.split())] = [Span(name)]
        table["by", "end", "of", *words.split()] = [Small("by end"), Span(name)]
    for name in ("morning", "afternoon", "evening"):
        table["mid" + name,] = [Span(name, *_MID)]
        for words, days in (("this", 0), ("previous", -1), ("last", -1), ("next", 1), ("following", 1)):
            table[words, name] = [Offset(days), Span(name)]
        table["early", "hours", "of", name] = [Span("night" if name == "morning" else name)]
    return table | _days() | _nights()


def _days() -> dict[tuple[str, ...], list[Item]]:
    offsets = {
        -2: "day-before-yesterday",
        -1: "yesterday day-before previous-day preceding-day prior-day",
        0: "today that-day same-day this-day",
        1: "tomorrow next-day following-day day-after",
        2: "day-after-tomorrow",
    }
    table: dict[tuple[str, ...], list[Item]] = {
        tuple(words.split("-")): [Offset(days)] for days, line in offsets.items() for words in line.split()
    }
    whole = "day sometime some-time at-some-point all-day-long:all around-clock:all round-clock:all"
    for phrase in whole.split():
        words, _, small = phrase.partition(":")
        throughout: list[Item] = [Small("all")] if small else []
        table[tuple(words.split("-"))] = [*throughout, Span("day")]
    for name in ("night", "morning", "afternoon", "evening"):
        table["all", name, "long"] = [Small("all"), Span(name)]
    table["by", "end", "of", "day"] = [Small("by"), Time(0, half="24")]
    return table


def _nights() -> dict[tuple[str, ...], list[Item]]:
    """Nights named by the evening on which they begin."""
    table: dict[tuple[str, ...], list[Item]] = {
        ("night", "of"): [Small("night of")],
        ("tonight",): [Small("night of"), Offset(0)],
        ("tonite",): [Small("night of"), Offset(0)],
    }
    neighbours = (
        ("yesterday", -1),
        ("previous", -1),
        ("last", -1),
        ("tomorrow", 1),
        ("next", 1),
        ("following", 1),
    )
    for word, days in neighbours:
        table[word, "night"] = [Small("night of"), Offset(days)]
    return table


_TABLE = _table()
_LONGEST = max(map(len, _TABLE))
_EARLIER = ("before", "earlier", "ago", "previously", "prior")
_LATER = ("after", "later", "afterwards")


def _idiom(tokens: list[Token], i: int) -> Read | None:
    words = tuple(token.text for token in tokens[i : i + _LONGEST])
    for length in range(len(words), 0, -1):
        if (read := _TABLE.get(words[:length])) is not None:
            return list(read), length
    return None


def _relative(tokens: list[Token], i: int) -> Read | None:
    """ "two days earlier", "a day later", "the evening before"."""
    one, two, three, four = (*tokens[i : i + 4], END, END, END, END)[:4]
    part, beside = one.says("night", "morning", "afternoon", "evening"), two.says("before", "after")
    # "in the morning after 11:00" names a time, not the next day.
    if part and beside and (three is END or three.says("at")):
        days = -1 if two.text == "before" else 1
        named: Item = Small("night of") if one.text == "night" else Span(one.text)
        return [named, Offset(days)], 2
    count = 1 if one.says("a") else one.number if one.kind == "number" and not one.ordinal else 0
    if count < 1 or not two.says("day", "days") or four.says("yesterday", "tomorrow"):
        return None
    if three.says(*_EARLIER):
        return [Offset(-count)], 3
    return ([Offset(count)], 3) if three.says(*_LATER) else None


def read_items(tokens: list[Token]) -> tuple[list[Item], list[int]]:
    """The items of a phrase, and the places of the tokens that mean nothing here."""
    items: list[Item] = []
    unknown: list[int] = []
    i = 0
    while i < len(tokens):
        read = _relative(tokens, i) or dates(tokens, i) or _idiom(tokens, i) or times(tokens, i)
        if read:
            items += read[0]
            i += read[1]
            continue
        if tokens[i].kind in ("dash", "slash"):
            items.append(Small("to" if tokens[i].kind == "dash" else "slash"))
        elif tokens[i].text not in FILLERS:
            unknown.append(i)
        i += 1
    return items, unknown
