"""The set phrases of time: parts of the day, neighbouring days, and the small words between.

A table, longest match first. Articles are already gone ("the day before" is here as "day before").
"""

from fractions import Fraction

from events.moments.dates import NAMES_OF_DAYS, WEEKDAYS, dates, is_weekday
from events.moments.dayparts import NAMES
from events.moments.items import Days, Item, Offset, Part, Share, Small, Taken, Time, Weekday
from events.moments.languages import ENGLISH
from events.moments.times import SPOKEN, times
from events.moments.words import END, NUMBERS, Token, token_at

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
    "after": "after past later-than",
    "since": "since",
    "before": "before prior-to",
    "by": "by no-later-than not-later-than",
    "soon after": "shortly-after just-after soon-after right-after shortly-past just-past soon-past",
    "soon before": "shortly-before just-before right-before",
    "towards": "towards toward closer-to",
    "between": "between",
    "from": "from",
    "to": "to through thru",
    "until": "until till til untill up-to",
    "and": "and",
    "onwards": "onwards onward",
    "at": "at",
    "all": "all throughout all-through whole entire full",
    "overnight": "overnight",
    "into": "into",
    "counted": "counted",
}

FILLERS = ("on in during of this a an local time then within hours exactly precisely sharp promptly").split()
"""Words that may stand anywhere and change nothing."""
_LEADING = ("later", "earlier", "again", "already", "only")
"""Words that change nothing before others; alone they tell no time."""


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
        table[tuple(words.split())] = [Part(name)]
        for word in ("by", "before"):
            table[word, "end", "of", *words.split()] = [Small("by end"), Part(name)]
    return table | _parts() | _days() | _nights()


def _parts() -> dict[tuple[str, ...], list[Item]]:
    """Parts of the day with what goes before them."""
    table: dict[tuple[str, ...], list[Item]] = {}
    for name in ("morning", "afternoon", "evening"):
        table["mid" + name,] = [Part(name, *_MID)]
        for words, days in (("this", 0), ("previous", -1), ("last", -1), ("next", 1), ("following", 1)):
            table[words, name] = [Offset(days), Part(name)]
        for said in ("that", "same", "that same"):
            table[*said.split(), name] = [Offset(0), Part(name)]
        # The early hours of the morning are those before it begins.
        table["early", "hours", "of", name] = [Part("night" if name == "morning" else name)]
    mornings: dict[str, Item] = {name: Weekday(n) for n, name in enumerate(WEEKDAYS)}
    mornings |= {"this": Offset(0), "that": Offset(0), "yesterday": Offset(-1)}
    for size in ("small", "wee", "early"):
        table[size, "hours", "of", "night"] = table[size, "hours", "of", "morning"] = [Part("night")]
        for day, item in mornings.items():
            table[size, "hours", "of", day, "morning"] = [item, Part("night")]
    return table


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
        table[tuple(words.split("-"))] = [*throughout, Part("day")]
    for name in ("night", "morning", "afternoon", "evening"):
        table["all", name, "long"] = [Small("all"), Part(name)]
    table["all", "day"] = table["whole", "day"] = [Small("all"), Part("day")]
    table["day", "and", "night"] = table["night", "and", "day"] = [Small("all"), Part("day")]
    # "by" is said of a time of day, which the day itself is not.
    table["by", "end", "of", "day"] = table["before", "end", "of", "day"] = [Small("by"), Time(0, half="24")]
    return table


def _nights() -> dict[tuple[str, ...], list[Item]]:
    """Nights named by the evening on which they begin."""
    table: dict[tuple[str, ...], list[Item]] = {
        ("night", "of"): [Small("night of")],
        ("late", "night"): [Part("late night")],
        ("late", "at", "night"): [Part("late night")],
        ("late", "in", "night"): [Share(*_LATE), Part("night")],
        ("late", "during", "night"): [Share(*_LATE), Part("night")],
    }
    for words in ("tonight", "tonite", "that night", "that same night", "same night"):
        table[tuple(words.split())] = [Small("night of"), Offset(0)]
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
    for night, (small, *rest) in list(table.items()):
        if small == Small("night of"):
            # Late in a night that is named by its evening is late in that evening.
            for lead in (("late",), ("late", "on"), ("late", "in")):
                table[*lead, *night] = [Small("late night of"), *rest]
    return table


_TABLE = _table()
ALL_DAY = [Small("all"), Part("day")]


def is_strong(item: Item) -> bool:
    """Whether it can be a time by itself."""
    if isinstance(item, Time):
        return not item.bare
    if isinstance(item, Part):
        return item.name != "day"
    return isinstance(item, Days | Weekday | Offset) or item in (Small("overnight"), Small("night of"))


def _lengths() -> dict[str, list[int]]:
    """How long the phrases are that begin with a word, the longest first."""
    found: dict[str, set[int]] = {}
    for words in _TABLE:
        found.setdefault(words[0], set()).add(len(words))
    return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


def _signs() -> frozenset[str]:
    """The words without one of which, or a figure, no words are a time."""
    english = {"day", *NAMES_OF_DAYS, *SPOKEN, *NUMBERS}
    for words, items in _TABLE.items():
        if items == ALL_DAY or any(is_strong(item) or isinstance(item, Share) for item in items):
            english.add(words[0])
    return frozenset(english | {name for name, word in ENGLISH.items() if word in english} | NAMES.keys())


_LENGTHS, SIGNS = _lengths(), _signs()
_BEGINS = {"a", *_LENGTHS, *NAMES_OF_DAYS, *SPOKEN}
"""The words with which anything here begins; most words of prose are none of them."""
_MARKS: dict[str, list[Item]] = {"dash": [Small("dash")], "slash": [Small("slash")]}
_EARLIER = ("before", "earlier", "ago", "previously", "prior")
_LATER = ("after", "later", "afterwards")


def items_of(tokens: list[Token]) -> tuple[list[Item], list[int]]:
    """The items of a phrase, and the places of the tokens that mean nothing here."""
    items: list[Item] = []
    unknown: list[int] = []
    i = 0
    while i < len(tokens):
        found, used = taken(tokens, i)
        if not found and not says_nothing(tokens, i):
            unknown.append(i)
        items += found
        i += used
    return items, unknown


def says_nothing(tokens: list[Token], i: int) -> bool:
    return tokens[i].text in FILLERS or (tokens[i].text in _LEADING and i == 0 and len(tokens) > 1)


def taken(tokens: list[Token], i: int) -> Taken:
    if tokens[i].category == "word" and tokens[i].text not in _BEGINS:
        return [], 1
    # The longer phrases come first: "the day before yesterday" begins as "the day before" does, "two days
    # earlier" as a number does, and the "7" of "7 November" would do for an hour.
    taken = _relative(tokens, i) or dates(tokens, i) or _idiom(tokens, i) or times(tokens, i)
    return taken or (_MARKS.get(tokens[i].category, []), 1)


def _idiom(tokens: list[Token], i: int) -> Taken | None:
    lengths = _LENGTHS.get(tokens[i].text)
    if lengths is None:
        return None
    words = tuple(token.text for token in tokens[i : i + lengths[0]])
    for length in lengths:
        if length <= len(words) and (items := _TABLE.get(words[:length])) is not None:
            return items, length
    return None


def _relative(tokens: list[Token], i: int) -> Taken | None:
    found = _weekday_night(tokens, i) or _part_beside(tokens, i) or _days_away(tokens, i)
    return found or _through(tokens, i)


def _weekday_night(tokens: list[Token], i: int) -> Taken | None:
    """The night of "Tuesday night", which is the one that Tuesday ends in."""
    if i and tokens[i].says("night") and is_weekday(tokens[i - 1]):
        return [Small("night of")], 1
    return None


def _through(tokens: list[Token], i: int) -> Taken | None:
    """ "through the night", which is all of it; behind a time, "through" leads to the end of a range."""
    part, before = token_at(tokens, i + 1), tokens[i - 1] if i else END
    if not (tokens[i].says("through") and part.says("night", "morning", "afternoon", "evening")):
        return None
    begun = before.category not in ("word", "end") or before.text in _BEGINS
    return None if begun else ([Small("all"), Part(part.text)], 2)


def _part_beside(tokens: list[Token], i: int) -> Taken | None:
    """ "the evening before", "the night after"."""
    part, side, following = tokens[i], token_at(tokens, i + 1), token_at(tokens, i + 2)
    if not (part.says("night", "morning", "afternoon", "evening") and side.says("before", "after")):
        return None
    # "in the morning after 11:00" names a time, not the next day.
    if not (following is END or following.says("at")):
        return None
    # The night before is the one that ends in the morning told of, so it has to be named by its evening.
    named: Item = Small("night of") if part.text == "night" else Part(part.text)
    return [named, Offset(-1 if side.text == "before" else 1)], 2


def _days_away(tokens: list[Token], i: int) -> Taken | None:
    """ "two days earlier", "a day later"."""
    days = _count(tokens[i])
    if days < 1:
        return None
    unit, side, following = (token_at(tokens, i + n) for n in range(1, 4))
    # "two days before yesterday" does not count from the day that tells it.
    if not unit.says("day", "days") or following.says("yesterday", "tomorrow"):
        return None
    if side.says(*_EARLIER):
        return [Offset(-days)], 3
    if side.says(*_LATER):
        return [Offset(days)], 3
    return None


def _count(token: Token) -> int:
    if token.says("a"):
        return 1
    # "the second day after" is no number of days.
    return token.number if token.category == "number" and not token.ordinal else 0
