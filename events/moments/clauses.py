"""Whether the words before a time in a sentence make it the time of something else than the sentence tells.

No grammar of English, but its signs: a clause that a relative or a conjunction begins, a plan, a participle
that belongs to a noun. Where the signs leave it open, the answer is that it is something else: a time that
is not told is better than one that is told of the wrong thing.
"""

import re

_REACH = 300
_BREAK = re.compile(r"[,;:()\u2013\u2014]|\s-\s")
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|after|before|since|because|although|though|if|whether|until|unless"
    r"|despite|following|amid|over)\b",
    re.IGNORECASE,
)
# What happened "when", "as" or "while" something else did happened at the same time.
_SAYING = re.compile(
    r"\b(?:said|says|saying|announced|announces|reported|reports|stated|states|declared|confirmed|confirms|told"
    r"|tells|emerged|emerges|revealed|reveals|noted|claimed|claims|admitted|known|learned|added|adds|clear"
    r"|established|recorded)(?:\s\w+){0,3}\sthat\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|would|must|shall|should|may|might|can|could|won't|going\sto|due|plan(?:s|ned)?\sto|expected|scheduled"
    r"|set\sto|(?:is|are|was|were|has|have|had)\sto"
    r"|(?:order|ask|decid|agree|vot|invit|promis|vow|offer|threaten|urg|call)\w*\s(?:[\w']+\s){0,6}to)\b"
)
_IRREGULAR = (
    "was|were|had|has|have|did|is|are|met|made|held|shot|hit|built|sent|led|began|begun|done|dealt|broke|brought|came"
    "|went|took|gave|found|left|lost|said|told|spoke|rose|fell|sank|ran|won|saw|set|put|cut|read|struck|flew|drove"
    "|fought|caught|bought|sold|kept|became|got|lay|stood|threw|wrote|withdrew|burned|burnt|shut|hurt|let|laid|paid"
    "|heard|felt|swept|seen|taken|given|written|stolen|shown|known|drawn|thrown|sunk|sung|sworn"
)
_VERB = re.compile(rf"\b(?:\w{{2,}}ed|{_IRREGULAR})\b")
_PARTICIPLE = re.compile(
    r"\b(?:\w{2,}ed|\w{2,}en|made|held|shot|hit|built|sent|led|begun|done|dealt|met|found|left|lost|set|put|cut"
    r"|laid|paid|struck|caught|bought|sold|won|said|stolen|shown|drawn|thrown|sunk)\s(?:\w+ly\s)?$"
)
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|be|been|being|had|has|have|got)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s(?:was|were|is|are|has|have|had|\w+ed)\b")
_GOING_ON = re.compile(r"\b(?!morning|evening)\w{2,}ing\s(?:\w+\s){0,2}$")
_LINKS = re.compile(r"(?:\s(?:on|the|at|about))*\s*$")
_CONTRAST = re.compile(r"\s*(?:while|when|as|and\swhere)\b")
_LEADING = re.compile(
    r"\s*(?:after|before|since|because|although|though|if|despite|following|amid|unless)\b", re.IGNORECASE
)


def tells_another(text: str, begins: int, ends: int, *, moves: bool) -> bool:
    """Whether the time at ``begins`` of the levelled ``text`` is that of something beside its main clause.

    ``moves`` says that it would lead to another day, for which the sentence has to say more.
    """
    before = text[max(0, begins - _REACH) : begins]
    clause = _BREAK.split(before)[-1]
    clause = clause[_end_of_saying(clause) :]
    if _SUBORDINATE.search(clause) or _PLANNED.search(clause):
        return True
    if _CONTRAST.match(clause) and "," in before:
        return True
    if _LEADING.match(before) and "," not in before:
        return True
    after = text[ends : ends + 60]
    if not moves and not _GOES_ON.match(after):
        return False
    return _is_of_a_noun(clause, after)


def _end_of_saying(clause: str) -> int:
    """Past "said that", for what is said is what the sentence tells."""
    return max((found.end() for found in _SAYING.finditer(clause)), default=0)


def _is_of_a_noun(clause: str, after: str) -> bool:
    """Whether the time belongs to a noun: "the agreement signed …", "the vote … was void"."""
    clause = f"{_LINKS.sub('', clause).rstrip()} "
    final = not re.search(r"\w", after) or bool(re.match(r"\s*,\s\w+ing\b", after))
    participle = _PARTICIPLE.search(clause) or _GOING_ON.search(clause)
    if participle:
        earlier = clause[: participle.start()]
        if _AUXILIARY.search(earlier):
            return False
        return not final or bool(_VERB.search(earlier))
    return not final and bool(clause.strip()) and not _VERB.search(clause)
