"""Any two editions of one subject side by side, as a reader chooses them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle.site.differences import Change

ASKED = ("from", "to")
"""What an address may choose the two by: the numbers of editions."""

LONGEST = 20
Compare = Callable[[Any, Any], list[Change]]
"""What the later of two documents changed of the earlier."""


@dataclass(frozen=True)
class Comparison:
    """What the ``later`` of two editions changed of the ``earlier``, and all that may be chosen."""

    earlier: Any
    later: Any
    changes: list[Change]
    choices: Sequence[Any]
    sentences: Sequence[str] = ()


def comparison_of(query: Mapping[str, str], editions: Sequence[Any], compare: Compare) -> Comparison | None:
    """The two of ``editions`` that the address chooses; the first and the last where it does not.

    None where there are no two whose words are there.
    """
    there = {str(each.edition): each for each in editions if each.document}
    if len(there) < 2:
        return None
    usual = {"from": min(there, key=int), "to": max(there, key=int)}
    written = {name: query.get(name, "") for name in ASKED}
    chosen = [there[written[name] if written[name] in there else usual[name]] for name in ASKED]
    earlier, later = sorted(chosen, key=lambda each: each.edition)
    changes = compare(earlier.document, later.document)
    return Comparison(earlier, later, changes, list(there.values()), list(_amiss(written, there)))


def _amiss(written: Mapping[str, str], there: Mapping[str, Any]) -> Iterator[str]:
    for value in written.values():
        if value and value not in there:
            yield f"“{value[:LONGEST]}” is no edition that can be read here, and was passed over."
