"""Words of time in names and in compounds: "The Sunday Times", "the all-night session"."""

import re

from events.moments.items import Days, Item, Weekday

_TIED = re.compile(r"(?<!\bmid)(?<!\bhalf)-[a-z]", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:-\w|\s(?!(?:and|or|but|when|as|while|at|in|on|by|near|to|the|an?)\b)[a-z])", re.IGNORECASE
)
_CAPITAL = re.compile(r"\s[A-Z]")
_AFTER_CAPITAL = re.compile(r"(?:(?<=[\w,;(]\s)|^)[A-Z]\w+\s(?:[Tt]he\s)?$")
_LEADERS = ("on", "since", "until", "from", "by", "after", "before", "in", "during")
_REACH = 40


def is_part_of_name(sentence: str, begins: int, ends: int, items: list[Item], *, after: str) -> bool:
    """Whether the words from ``begins`` to ``ends`` are tied to a noun, or a date is part of a name.

    ``after`` is the first of them: what stands "on Sunday" is no name.
    """
    if _TIED.search(sentence, begins, ends) and _NOUN.match(sentence, ends):
        return True
    if after in _LEADERS or not all(isinstance(item, Days | Weekday) for item in items):
        return False
    before = sentence[max(0, begins - _REACH) : begins]
    return bool(_CAPITAL.match(sentence, ends) or _AFTER_CAPITAL.search(before))
