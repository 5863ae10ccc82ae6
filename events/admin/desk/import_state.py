"""What a page of an import sends, and what its buttons make of it.

An import that is not done yet is one form: the article, and what an editor changed of its rows. A row is
known by the number of its passage; where the text was changed meanwhile, by the words of it.
"""

import hashlib
import re
from collections.abc import Callable, Sequence

from django.http import QueryDict

from events.importers.digest import Passage

KEYED = "when headline kind places actors day told held quoted".split()
"""The fields that each row has, before its key."""
LISTED = "passage joined whole".split()
"""The fields that hold the keys of rows."""
_OF_ROW = re.compile(rf"({'|'.join(KEYED)})-(\d{{1,6}})((?:-\d{{1,7}})?)", re.ASCII)
_KEY = re.compile(r"(\d{1,6})((?:-\d{1,7})?)", re.ASCII)
_CUT = re.compile(r"(\d{1,6}):(\d{1,7})", re.ASCII)
_SPLIT = re.compile(r"(?P<number>\d{1,6})(?:-(?P<begins>\d{1,7}))?:(?P<at>\d{1,7})", re.ASCII)
SHOWN = "words"
"""The field that says by which words the rows were numbered; it is not there before they were shown."""


def mark_of(text: str) -> str:
    """By which a passage is known again."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:10]


def marks_of(passages: Sequence[Passage]) -> str:
    return " ".join(mark_of(passage.text) for passage in passages)


def cuts_in(state: QueryDict) -> dict[int, set[int]]:
    """Where passages are cut, by their numbers."""
    found: dict[int, set[int]] = {}
    for said in state.getlist("cut"):
        if match := _CUT.fullmatch(said):
            found.setdefault(int(match[1]), set()).add(int(match[2]))
    return found


def renumbered(state: QueryDict, passages: Sequence[Passage]) -> QueryDict:
    """``state`` as it is of ``passages``, if it was of another text, or of one cut otherwise.

    What was changed of a passage follows its words. Passages that were not there are ticked if they tell
    a happening.
    """
    now = marks_of(passages)
    if SHOWN not in state or state[SHOWN] == now:
        return state
    moved = _Moved(_new_numbers(state[SHOWN].split(), now.split()))
    kept = QueryDict(mutable=True)
    for name, values in state.lists():
        if new := moved.name(name):
            kept.setlist(new, moved.values(name, values))
    known = set(moved.numbers.values())
    fresh = [str(one.number) for one in passages if one.is_event and str(one.number) not in known]
    kept.setlist("passage", [*kept.getlist("passage"), *fresh])
    kept[SHOWN] = now
    return kept


def _new_numbers(were: list[str], are: list[str]) -> dict[str, str]:
    """The new number of each passage that is still there, by its old one; of the same words, one each."""
    places: dict[str, list[int]] = {}
    for number, mark in enumerate(are, 1):
        places.setdefault(mark, []).append(number)
    found = ((number, places.get(mark, [])) for number, mark in enumerate(were, 1))
    return {str(number): str(left.pop(0)) for number, left in found if left}


class _Moved:
    """The names and values of fields, with each row under its new number."""

    def __init__(self, numbers: dict[str, str]) -> None:
        self.numbers = numbers

    def name(self, name: str) -> str:
        """Empty where its row is there no more."""
        match = _OF_ROW.fullmatch(name)
        if match is None:
            return name
        return f"{match[1]}-{self.numbers[match[2]]}{match[3]}" if match[2] in self.numbers else ""

    def values(self, name: str, values: list[str]) -> list[str]:
        if name in LISTED:
            matches = filter(None, map(_KEY.fullmatch, values))
            return [f"{self.numbers[m[1]]}{m[2]}" for m in matches if m[1] in self.numbers]
        if name == "cut":
            matches = filter(None, map(_CUT.fullmatch, values))
            return [f"{self.numbers[m[1]]}:{m[2]}" for m in matches if m[1] in self.numbers]
        return values


def _with(state: QueryDict, name: str, value: str) -> None:
    if value not in state.getlist(name):
        state.appendlist(name, value)


def _without(state: QueryDict, name: str, value: str) -> None:
    state.setlist(name, [one for one in state.getlist(name) if one != value])


def _join(state: QueryDict, key: str) -> str:
    """Joins a row to the one before it; the rest of a passage that was cut, by taking the cut back."""
    number, _, at = key.partition("-")
    if at and f"{number}:{at}" in state.getlist("cut"):
        _without(state, "cut", f"{number}:{at}")
        return number
    _with(state, "joined", key)
    return key


def _part(state: QueryDict, keys: str) -> str:
    for key in keys.split():
        _without(state, "joined", key)
    return keys.partition(" ")[0]


def _split(state: QueryDict, where: str) -> str:
    """Cuts a row; its headline and its time are read anew."""
    match = _SPLIT.fullmatch(where)
    if match is None:
        return ""
    key, number = where.partition(":")[0], match["number"]
    at = int(match["begins"] or 0) + int(match["at"])
    _with(state, "cut", f"{number}:{at}")
    if key in state.getlist("passage"):
        _with(state, "passage", f"{number}-{at}")
    for name in ("when", "headline", "places", "actors"):
        state.pop(f"{name}-{key}", None)
    return key


def _move(state: QueryDict, where: str) -> str:
    key, _, day = where.partition(":")
    state[f"day-{key}"] = day
    return key


def _choose(state: QueryDict, which: str) -> str:
    """Decides the date of a day that the text leaves open; a person who does confirms it."""
    place, _, day = which.partition(":")
    state[f"date-{place}"] = day
    _with(state, "sure", day)
    return ""


def _cite(state: QueryDict, where: str) -> str:
    key, _, event = where.partition(":")
    state[f"told-{key}"] = f"cite:{event}"
    return key


def _own(state: QueryDict, key: str) -> str:
    state[f"told-{key}"] = "own"
    _with(state, "passage", key)
    return key


def _confirm(state: QueryDict, key: str) -> str:
    state[f"held-{key}"] = "yes"
    return key


def _open(state: QueryDict, key: str) -> str:
    state[f"when-{key}"] = ""
    return key


def _leave_whole(state: QueryDict, key: str) -> str:
    _with(state, "whole", key)
    return key


def _call(state: QueryDict, choice: str) -> str:
    """Says what a new name is; the rows that say it are given it once they are read."""
    _, _, name = choice.partition(":")
    others = [one for one in state.getlist("name") if one.partition(":")[2] != name]
    state.setlist("name", [*others, choice])
    state["called"] = choice
    return ""


ACTIONS: dict[str, Callable[[QueryDict, str], str]] = {
    "join": _join,
    "part": _part,
    "split": _split,
    "move": _move,
    "choose": _choose,
    "cite": _cite,
    "own": _own,
    "confirm": _confirm,
    "open": _open,
    "leave": _leave_whole,
    "call": _call,
}
"""What each button does to the form; all of them answer with the key of the row to go back to."""


def acted(sent: QueryDict) -> tuple[QueryDict, str]:
    """The form as it is after the button that was pressed, and the row that it was pressed in."""
    state = sent.copy()
    key = ""
    for name, action in ACTIONS.items():
        for value in state.pop(name, []):
            key = action(state, str(value))
    return state, key
