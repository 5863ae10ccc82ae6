"""Whether sentences are of the present or of the past, as far as the forms of their verbs say."""

import re
from collections.abc import Iterable

from events.moments.clauses import has_verb

_REACH = 600
PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|met|made|held|went|came|took|began|left|fell|found|became|got|ran|saw|broke|gave"
    r"|brought|sent|stood|rose|won|lost|spoke|\w{3,}ed)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|does|do|says|tells|reports|announces|confirms|states|claims|kills|dies|begins|takes|makes|holds"
    r"|meets|wins|loses|leaves|calls|declares|becomes|resigns|arrests|strikes|opens|closes|fires|attacks|rises|falls"
    r"|breaks|gives|sends|votes|rejects|goes|comes|stops|starts|finds)\b"
)


_BEFORE = re.compile(
    r"^\W*(?:(?:during|throughout|over|in)\sthe\s(?:(?:course|run)\sof\sthe\s)?day|(?:on\s)?(?:the|that)\s(?:(?:same|very)\s)?day"
    r"|initially|originally|formerly|last\s(?:week|month|year)|for\s(?:hours|days|weeks|months|years))\b"
    r"|\b(?:earlier|previously|beforehand|(?:until|till|by|before)\sthen|before\sthat(?=[,.;]|$))\b",
    re.IGNORECASE,
)
"""Words of what was before the sentence told last, or was so all day."""
_HAD_BEEN = re.compile(
    r"\bhad\s(?:\w+ly\s|already\s|just\s)?(?:been|gone|come|left|met|made|begun|\w{2,}e[dn])\b"
)
_OF_ANOTHER = re.compile(r"\b(?:that|who|whom|which|where|when|whose|if|says?)\b")
_PRESENT_PASSIVE = re.compile(r"\b(?:is|are)\s(?:\w+ly\s)?\w{2,}(?:ed|en|ght|de|ld|nt|st)\b")


def tells_in_present(sentences: Iterable[str]) -> bool:
    """Whether more of the ``sentences`` are in the present tense than in the past."""
    present = past = 0
    for text in sentences:
        is_present = _PRESENT.search(text, 0, _REACH) is not None
        present += is_present
        past += not is_present and PAST.search(text, 0, _REACH) is not None
    return present > past


def is_in_present(words: str) -> bool:
    """Whether the verbs of ``words`` are of the present: "He is jailed for the raid on"."""
    others = _PRESENT_PASSIVE.sub(" ", words)
    return _PRESENT.search(words) is not None and not PAST.search(others)


def looks_back(text: str) -> bool:
    """Whether the sentence ``text`` tells what was before the one that it follows, or all that day."""
    if _BEFORE.search(text, 0, _REACH):
        return True
    had = _HAD_BEEN.search(text, 0, _REACH)
    if had is None:
        return False
    subject = text[: had.start()]
    return not (has_verb(subject) or _OF_ANOTHER.search(subject))
