"""What an entry rests on, put together by what its sources say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chronicle import wording
from chronicle.models import Term

HEADINGS = {
    "supports": "Say so",
    "relays": "Repeat another’s report",
    "mentions": "Mention it",
    "disputes": "Say otherwise",
}
"""The groups in the order of a page. Those that repeat are told apart: they count as no other voice."""


@dataclass
class Group:
    """The citations that say the same of an entry, as cards show them, each with the outlet it draws on."""

    name: str
    cited: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    """Their subjects: of one source there may be many passages."""

    @property
    def heading(self) -> str:
        return HEADINGS[self.name]

    @property
    def stance(self) -> str:
        """The class of its bars: what repeats is dashed, as what only mentions is."""
        return "mentions" if self.name == "relays" else self.name


def groups(citations: list[Any], shown: list[dict[str, Any]], terms: Mapping[str, Term]) -> list[Group]:
    """``citations`` of a document, which ``shown`` has as cards do, in groups; none of them empty."""
    found = {name: Group(name) for name in HEADINGS}
    for citation, words in zip(citations, shown, strict=True):
        draws_on = "" if citation["origin"] == citation["outlet"] else _label(citation["origin"], terms)
        name = "relays" if draws_on and citation["stance"] == "supports" else citation["stance"]
        found[name].cited.append((words, draws_on))
        found[name].sources.add(citation["source"])
    return [group for group in found.values() if group.cited]


def _label(subject: str, terms: Mapping[str, Term]) -> str:
    return terms[subject].called if subject in terms else "another outlet"


def counted(found: list[Group]) -> str:
    """“2 say so, 1 says otherwise in 2 passages”: how many sources there are of each kind."""
    verbs = {
        "supports": ("says so", "say so"),
        "relays": ("repeats another’s report", "repeat another’s report"),
        "mentions": ("mentions it", "mention it"),
        "disputes": ("says otherwise", "say otherwise"),
    }
    return ", ".join(
        wording.counted(len(group.sources), *verbs[group.name]) + _passages(group) for group in found
    )


def _passages(group: Group) -> str:
    """How many passages its sources are cited by, where these are more than one each."""
    return f" in {len(group.cited)} passages" if len(group.cited) > len(group.sources) else ""
