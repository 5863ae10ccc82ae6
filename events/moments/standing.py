"""Whether words that could be a time are one where they stand in prose.

A table of what each kind of time asks of the words around it. The exceptions are English's own: "overnight"
is an adjective after an article, "the day before" goes on to what it is before, a year looks like an hour.
"""

import re

from events.moments.items import Days, Item, Offset, Part, Small, Time, Weekday
from events.moments.words import END, Token, token_at

_MEASURES = (
    "percent per pc million billion thousand hundred km kilometre kilometres kilometer kilometers metre metres meter"
    " meters m cm mm ft feet miles mile ton tons tonne tonnes points votes people persons men women kg litres degrees"
    " dollars euros pounds dead wounded killed injured"
).split()
_WAYS = (
    "at by about around approximately approx nearly almost roughly circa shortly soon just right before after until"
    " till since from between towards toward no not near past prior later"
).split()
_INTO_PARTS = (
    "in on at during this that same late early by before after towards toward until till all throughout through whole"
    " from around about since middle mid overnight small wee first second beginning end tonight last yesterday previous"
    " next following shortly soon just right entire into under later earlier again already between"
).split()
_DETERMINERS = "the an a of its their his her our my for heavy strong each every".split()
_DATE_LEADERS = "of since until till from by before after for to the and or between through".split()
_JOINERS = "when as while because".split()
_AFTER_NEIGHBOUR = "and that when which in at from by on near".split()
_PREPOSITIONS = (
    "in on by from at to and near into the against with after as when while across along over".split()
)
_CLOCK_SIGNS = re.compile(
    r"[:h]|\b(?:[ap]m?|[ap]\.\s?m|o'clock|noon|midnight|hrs|hours|utc|gmt|z)\b|[ap]\.?m"
)


def stands(level: str, words: list[Token], first: int, last: int, items: list[Item], *, opens: bool) -> bool:
    """Whether ``items``, the words from ``first`` to ``last``, are a time where they stand."""
    before = words[first - 1] if first else END
    after = token_at(words, last + 1)
    if after.text in _MEASURES or level[words[last].end :].lstrip()[:1] in ("%", "°", "$", "€"):
        return False
    said = level[words[first].begin : words[last].end]
    if any(isinstance(item, Time) for item in items):
        dated = any(isinstance(item, Days | Weekday | Offset) for item in items)
        return _clock_stands(said, words[first], opens=opens or dated) and not _in_dotted_list(
            level, words, last
        )
    if any(isinstance(item, Days | Weekday) for item in items):
        return _date_stands(items, words[first], before, opens=opens)
    if any(isinstance(item, Offset) for item in items):
        return _neighbour_stands(level, words, last, items, before, opens=opens)
    if Small("overnight") in items:
        return _overnight_stands(level, words, last, before, opens=opens)
    return _part_stands(words[first], before, after)


def _clock_stands(said: str, first: Token, *, opens: bool) -> bool:
    """A clock needs a sign that it is one: a colon, a.m., a word such as "at" before it."""
    if not _CLOCK_SIGNS.search(said):
        # "14.30" and "1430" are as likely numbers; "3 in the morning" is none.
        dotted = re.search(r"\d\.\d\d", said)
        spoken = re.search(r"morning|afternoon|evening|night|dawn|past|quarter", said)
        if dotted or spoken:
            return bool(spoken) or opens or first.text in _WAYS
        # "estimated at 1000" is a count; "At 1430, …" and "at 0630" are hours.
        return first.says("at") and (opens or re.search(r"\b0\d{3}\b", said) is not None)
    return (
        opens or first.text in _WAYS or bool(re.search(r"\d\s?[ap]\.?\s?m\b|utc|gmt|yesterday|o'clock", said))
    )


def _in_dotted_list(level: str, words: list[Token], last: int) -> bool:
    """Whether more figures hang on: "3.20.1"."""
    return bool(re.match(r"[.:]\d", level[words[last].end :]))


def _date_stands(items: list[Item], first: Token, before: Token, *, opens: bool) -> bool:
    if first.says(*_DATE_LEADERS) and not opens:
        return False
    if opens or first.says("on"):
        return True
    night = Small("night of") in items or any(isinstance(item, Part) for item in items)
    weekday = any(isinstance(item, Weekday) for item in items)
    return (weekday or night) and not before.says(
        *_DATE_LEADERS, *_DETERMINERS, "every", "each", "next", "last"
    )


def _neighbour_stands(
    level: str, words: list[Token], last: int, items: list[Item], before: Token, *, opens: bool
) -> bool:
    """A neighbouring day; today says nothing, and what comes later is told only where it opens."""
    days = sum(item.days for item in items if isinstance(item, Offset))
    parted = any(isinstance(item, Part) for item in items) or Small("night of") in items
    if days == 0:
        return parted
    if (days > 0 and not opens) or before.says("of", "since", "until", "till", "from", "for", "by", "to"):
        return False
    after = token_at(words, last + 1)
    if words[last].says("before", "after", "earlier", "ago", "day"):
        return after is END or after.says(*_AFTER_NEIGHBOUR) or _pauses(level, words[last]) or opens
    return True


def _overnight_stands(level: str, words: list[Token], last: int, before: Token, *, opens: bool) -> bool:
    after = token_at(words, last + 1)
    apart = after is END or _pauses(level, words[last]) or after.says(*_PREPOSITIONS)
    article = re.search(r"\b(?:the|an?)\s*$", level[: words[last].begin]) is not None
    return not article and not before.says(*_DETERMINERS) and (opens or apart or before.says(*_JOINERS))


def _part_stands(first: Token, before: Token, after: Token) -> bool:
    if after.says("of") or before.says("of", "for"):
        return False
    return first.text in _INTO_PARTS


def _pauses(level: str, token: Token) -> bool:
    return bool(re.match(r"\s*(?:[.,;:!?…)]|-\s|$)", level[token.end :]))
