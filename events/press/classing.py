"""What kind of edition a difference makes."""

from collections.abc import Iterable
from typing import Any

from chronicle import prose
from chronicle.models import Edition

Document = dict[str, Any]
Action = Edition.Action

FACTS = ("earliest", "latest", "throughout", "happened_on", "reported_on", "kind", "number", "date")
WORDS = ("headline", "text", "when", "sentence", "summary", "occasion", "label")
SETS = ("places", "actors")


def classify(old: Document, new: Document) -> Action:
    """The action of the edition ``new`` after ``old``.

    A restoration follows a withdrawal. A source newly retracted is a retraction. Words removed or
    changed, a citation taken out or worded otherwise, or another fact, make a correction; only more
    of them an addition; anything else an update.
    """
    if "withdrawn" in old:
        return Action.RESTORATION
    if _retracted(new) - _retracted(old):
        return Action.RETRACTION
    removed, added = _differences(old, new)
    if removed:
        return Action.CORRECTION
    return Action.ADDITION if added else Action.UPDATE


def _retracted(document: Document) -> set[int]:
    """The citations of an entry whose source was retracted; for the term of a source, whether it was."""
    if document.get("document", {}).get("retracted"):
        return {0}
    return {citation["id"] for citation in document.get("citations", []) if citation["retracted"]}


def _differences(old: Document, new: Document) -> tuple[bool, bool]:
    """Whether anything of ``old`` is gone, and whether ``new`` holds anything more."""
    removed = any(old.get(name) != new.get(name) for name in FACTS)
    added = False
    for name in WORDS:
        gone, come = _word_difference(old.get(name, ""), new.get(name, ""))
        removed, added = removed or gone, added or come
    for name in SETS:
        before, after = set(old.get(name, [])), set(new.get(name, []))
        removed, added = removed or bool(before - after), added or bool(after - before)
    before_quotes, after_quotes = _quotes(old), _quotes(new)
    return removed or bool(before_quotes - after_quotes), added or bool(after_quotes - before_quotes)


def _quotes(document: Document) -> set[tuple[int, int, str, str, str]]:
    return {
        (citation["id"], citation["source"], citation["quote"], citation["locator"], citation["stance"])
        for citation in document.get("citations", [])
    }


def _word_difference(old: str, new: str) -> tuple[bool, bool]:
    before, after = prose.words(old).split(), prose.words(new).split()
    return not stand_in(after, before), not stand_in(before, after)


def stand_in(many: Iterable[Any], few: Iterable[Any]) -> bool:
    """Whether all of ``few`` stand in ``many`` in the same order, whatever stands between them.

    If so, and only then, ``few`` becomes ``many`` by additions alone. One pass over each: the chronicle
    is locked meanwhile, and a text may be long.
    """
    rest = iter(many)
    return all(word in rest for word in few)
