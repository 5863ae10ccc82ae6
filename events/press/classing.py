"""What kind of edition a difference makes, by the class of each field that differs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from chronicle import prose
from chronicle.documents import TYPES
from chronicle.fields import Citation, Class, classes
from chronicle.formless import same_but_for_form

Document = Mapping[str, Any]
Change = tuple[bool, bool]
"""Whether anything is gone, and whether there is anything more."""


_CLASSES = {facet: classes(document) for facet, document in TYPES.items()}
_CITED = [name for name, each in classes(Citation).items() if each in (Class.FACT, Class.WORDS)]


def classify(old: Document, new: Document, *, facet: str) -> str:
    """The action of the edition ``new`` after ``old``, both of one facet.

    A restoration follows a withdrawal; a medium that is taken down is withdrawn. A source newly retracted
    is a retraction. Words removed or changed, a citation taken out or worded otherwise, or another fact,
    make a correction; only more of them an addition; anything else an update.
    """
    if _is_gone(old) != _is_gone(new):
        return "restoration" if _is_gone(old) else "withdrawal"
    if _retracted(new) - _retracted(old):
        return "retraction"
    changes = list(_changes(old, new, _CLASSES[facet]))
    if any(gone for gone, _ in changes):
        return "correction"
    return "addition" if any(more for _, more in changes) else "update"


def _is_gone(document: Document) -> bool:
    return "withdrawn" in document or bool(document.get("taken_down"))


def compare_ahead(old: Document, new: Document) -> None:
    """Compare the texts in ``new`` with those of ``old`` before the story is locked.

    ``classify`` then knows the answer. Should either text be another by then, it compares what there is.
    """
    for name, text in new.items():
        if name in old and old[name] != text:
            _words(old[name], text)


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same, whatever their notes."""
    return {**one, "note": ""} == {**other, "note": ""}


def _retracted(document: Document) -> set[str]:
    """The citations of an entry whose source was retracted; for a source itself, whether it was."""
    own = {""} if document.get("retracted") else set()
    return own | {citation["key"] for citation in document.get("citations", []) if citation["retracted"]}


def _changes(old: Document, new: Document, fields: Mapping[str, Any]) -> Iterator[Change]:
    for name, each in fields.items():
        if isinstance(each, dict):
            yield from _changes(old[name], new[name], each)
        elif each in _CHANGE and old.get(name, []) != new.get(name, []):
            # Only a list is left out where it holds nothing.
            yield _CHANGE[each](old.get(name, []), new.get(name, []))


def _fact(_old: Any, _new: Any) -> Change:
    return True, False


# Kept, so that what was compared before the story was locked is only looked up while it is.
@lru_cache(maxsize=16)
def _words(old: str, new: str) -> Change:
    if same_but_for_form(old, new):
        return False, False
    before, after = prose.words(old).split(), prose.words(new).split()
    return not stand_in(after, before), not stand_in(before, after)


def _index(old: list[Any], new: list[Any]) -> Change:
    before, after = set(map(_plain, old)), set(map(_plain, new))
    return bool(before - after), bool(after - before)


def _plain(member: Any) -> str:
    """A member of a list in one way, whatever the order in which a database keeps its fields."""
    return repr(sorted(member.items()) if isinstance(member, Mapping) else member)


def _evidence(old: list[Any], new: list[Any]) -> Change:
    return _index([_cited(each) for each in old], [_cited(each) for each in new])


def _cited(citation: Document) -> tuple[Any, ...]:
    """What a reader would call another citation if it changed."""
    return tuple(citation[name] for name in _CITED)


_CHANGE: dict[Class, Callable[[Any, Any], Change]] = {
    Class.FACT: _fact,
    Class.WORDS: _words,
    Class.INDEX: _index,
    Class.EVIDENCE: _evidence,
}


def stand_in(many: Iterable[Any], few: Iterable[Any]) -> bool:
    """Whether all of ``few`` stand in ``many`` in the same order, whatever stands between them.

    If so, and only then, ``few`` becomes ``many`` by additions alone. One pass over each, as a text may
    be long.
    """
    rest = iter(many)
    return all(word in rest for word in few)
