"""Words of time in names and in compounds: "The Sunday Times", "the all-night session", "Friday prayers"."""

import re

from events.moments.items import Days, Item, Part, Small, Weekday

_TIED = re.compile(r"(?<!\bmid)(?<!\bhalf)-[a-z]", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:-\w|\s(?!(?:and|or|but|when|as|while|at|in|on|by|near|to|the|an?)\b)[a-z])", re.IGNORECASE
)
_SAYS_OF_DAY = (
    r"was|were|is|saw|brought|marked|began|begins|started|starts|dawned|opened|ended|ends|passed|turned|had"
    r"|has|also"
)
_DETERMINED_DAY = re.compile(
    rf"\s(?!(?:and|or|but|when|as|while|where|which|with|without|after|before|during|at|in|on|by"
    r"|near|to|from|for|of|over|under|across|along|against|until|because|since|if|that|this|these|those|the|an?|all|both"
    r"|some|many|several|most|no|every|each|another|one|two|three|four|five|six|seven|eight|nine|ten|he|she|it|they|we|i"
    rf"|you|his|her|its|their|our|my|there|here|then|again|alone|{_SAYS_OF_DAY})\b)[a-z]"
)
"""What follows a day that begins a sentence where it says which: "Friday prayers", "October 12 elections"."""
_DETERMINER = re.compile(r"\b(?:an?|the|its|his|her|their)\s\w+$")
_CAPITAL = re.compile(r"\s[A-Z]")
_AFTER_CAPITAL = re.compile(r"(?:(?<=[\w,;(]\s)|^)[A-Z]\w+\s(?:[Tt]he\s)?$")
_LEADERS = ("on", "since", "until", "from", "by", "after", "before", "in", "during")
_REACH = 40


def is_part_of_name(
    sentence: str, begins: int, ends: int, items: list[Item], *, after: str, opens: bool
) -> bool:
    """Whether the words from ``begins`` to ``ends`` are tied to a noun, or a date is part of a name.

    ``after`` is the first of them: what stands "on Sunday" is no name.
    """
    if _is_tied(sentence, begins, ends, items):
        return True
    if after in _LEADERS:
        return False
    if opens and _is_day_of_noun(items) and _DETERMINED_DAY.match(sentence, ends):
        return True
    if not all(isinstance(item, Days | Weekday) for item in items):
        return False
    before = sentence[max(0, begins - _REACH) : begins]
    return bool(_CAPITAL.match(sentence, ends) or _AFTER_CAPITAL.search(before))


def _is_tied(sentence: str, begins: int, ends: int, items: list[Item]) -> bool:
    """Whether a hyphen or a determiner ties them to a noun: "two night-time raids", "at a Friday parade"."""
    if _TIED.search(sentence, begins, ends) and _NOUN.match(sentence, ends):
        return True
    if isinstance(items[-1], Part | Weekday) and _TIED.match(sentence, ends):
        return True
    determined = isinstance(items[-1], Weekday) and _DETERMINER.search(sentence, begins, ends)
    return bool(determined and _DETERMINED_DAY.match(sentence, ends))


def _is_day_of_noun(items: list[Item]) -> bool:
    """Whether ``items`` are a day, or a part of one, as it may stand before a noun."""
    days = any(isinstance(item, Days | Weekday) for item in items)
    parts = (Days, Weekday, Part)
    return days and all(isinstance(item, parts) or item == Small("night of") for item in items)
