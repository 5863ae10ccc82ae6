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
    # "Talks over wages", but not "over 40 people", nor what went, flew or was carried over.
    r"|despite|following|amid|(?<!ed )(?<!went )(?<!flew )(?<!came )(?<!ran )(?<!took )over(?=\s[^\W\d]))\b",
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
    # "On 15 May", "in May" and "May 15" are the month.
    r"\b(?:will|would|must|shall|should|(?<!\d\s)(?<!\bin\s)(?<!\bof\s)may(?!\s\d)|might|can|could|won't|going\sto|due|plan(?:s|ned)?\sto|expected|scheduled"
    r"|set\sto|(?:want|wish|hop|seek|aim|try|tri|intend)(?:es|ed|e|s|ing)?\sto|(?:is|are|was|were|has|have|had)\sto"
    r"|(?:order|ask|decid|agree|vot|invit|promis|vow|offer|threaten|urg|call)\w*\s(?:[\w']+\s){0,6}to)\b"
)
_REPEATED = re.compile(
    r"\b(?:daily|nightly|weekly|hourly|usually|normally|always|regularly|often|(?:every|each)\s(?:\w+day|day|night|week|hour"
    r"|morning|evening|afternoon|month|year))\b"
)
_OTHER_PERIOD = re.compile(
    r"\b(?:(?:in|since|until)\s(?:the\s)?(?:(?:early|mid|late)\s)?[12]\d{3}s\b|last\s(?:year|month|week|spring|summer|autumn"
    r"|winter|century)\b|(?:years?|months?|weeks?|decades?|centuries)\s(?:ago|earlier|before)\b)"
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
_OF_AN_OBJECT = re.compile(
    rf"\b(?!sa(?:id|ys)|report|confirm|claim|announc|believ|told)(?:\w{{2,}}ed|{_IRREGULAR}|\w+s)\b.*?\s(?:an?|the|some|two|three|his|her|its"
    r"|their)\s(?:\w+\s){1,2}(?:\w{2,}ed|seen|shot|found|held|killed|stolen|taken|hit|left|caught)\s(?:in|near|by|from|on"
    r"|outside|inside|with|under|during|at|off)\s"
)
"""What was done to a thing of which more is told: "question a man seen near the kiosk at 22:40 yesterday"."""
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|be|been|being|had|has|have|got)\s(?:(?!(?:the|an?|its|his|her|their|two|three)\s)\w+\s){0,3}$",
    re.IGNORECASE,
)
_PRESENT_OF_OBJECT = re.compile(
    r"\b\w+s\s(?:the|an?|this|that|its|his|her|their)\s(?:\w+\s){1,3}$", re.IGNORECASE
)
"""A verb of the present and its object: "recalls the treaty " before "concluded yesterday"."""
_NO_NAME = r"(?!(?:was|were|is|are|be|been|being|had|has|have|and|or|but|sa\w+|told)\s)"
_NAMED = rf"(?:the|an?|its|his|her|their|these|those)\s(?:{_NO_NAME}\w+\s){{1,2}}"
_CONTACT = re.compile(
    rf"\b{_NAMED}(?:he|she|they|we|it|i)\s(?:had\s|have\s|has\s)?(?:\w+ly\s)?(?:\w{{2,}}ed|{_IRREGULAR})\s$"
)
"""A clause right behind its noun: "the deal they had signed " before "the day before"."""
_MADE = (
    r"(?:announced|made|signed|presented|imposed|published|issued|adopted|proposed|introduced|filed|submitted"
    r"|unveiled|given|taken|ordered|promised|seized|detained|arrested)\s$"
)
"""Verbs that ask for an object: with none behind them they say of which thing."""
_OF_WHAT_WAS_MADE = re.compile(
    rf"\b(?!in\s|on\s|at\s|near\s|after\s|before\s|when\s|while\s)\w+\s(?!(?:in|on|at|near|by|of|and|or|as)\s)\w{{3,}}\s{_NAMED}{_MADE}"
    rf"|\s(?:for|over|about|against|with|from|to)\s\w+\s{_MADE}"
)
"""An object of another verb, told which: "voters reject the plan announced ", "for remarks made "."""
# "The plan" and "a planned march" announce nothing.
_NO_NOUN = r"(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bits\s)(?<!\bhis\s)(?<!\bher\s)(?<!\btheir\s)\b"
_PROMISED = (
    r"(?:announc|impos|order|promis|schedul|expect|forecast|predict|postpon|propos|invit|intend)"
    r"(?:e|s|es|d|ed|ing)?|plan(?:s|ned|ning)?"
)
_ORDERED = (
    r"(?:declar|warn|extend|prolong|delay|cancell?|suspend|prohibit|agree|approv|call|vow|threaten|demand|urg|ask"
    r"|advis|recommend|decree|issu|grant|allow|permit|authori[sz]|reserv|prepar|offer|request|requir|decid|guarante"
    r"|introduc|hop|seek|tell|giv)(?:e|s|es|d|ed|ing)?|ban(?:s|ned|ning)?|told|gave|given|sought|set"
)
_PROMISING = re.compile(rf"{_NO_NOUN}(?:re-?)?(?:{_PROMISED})\b", re.IGNORECASE)
"""Verbs of what is to come, whose object has a time of its own: a rally, a closure."""
_ANNOUNCING = re.compile(rf"{_NO_NOUN}(?:re-?)?(?:{_PROMISED}|{_ORDERED})\b", re.IGNORECASE)
"""These and others, whose object may last from some time on, or until then: a curfew, a deadline."""
_SPAN_OF_IT = re.compile(r"(?:from|between|until|till|since|as\sof|starting|effective)\b")
_BOUND_OF_IT = re.compile(r"(?:by|after|before|towards?)\b")
_REMARK = 6
"""Fewer words than this, with no verb, say no more than where or with whom."""
_KNOWN_OBJECT = re.compile(
    r"\s(?:the|its|his|her|their|this|that|it|him|them|me|us|you)(?:\s(?!of\b|to\b)[\w'’-]+){0,3}\s$"
)
_GOES_ON = re.compile(r"\s(?:was|were|is|are|has|have|had|\w+ed)\b")
_GOING_ON = re.compile(r"\b(?!morning|evening)\w{2,}ing\s(?:\w+\s){0,2}$")
_LINKS = re.compile(r"(?:\s(?:on|the|at|about))*\s*$")
_SAYS_SO = re.compile(r"\s\w+ing\b")
_RESUMES = re.compile(rf"[^,.;]*,\s(?:is|are|will|can|may|must|{_IRREGULAR}|\w+(?:ed|s))\b")
_MAY_BE_VERB = re.compile(rf"\b(?:\w{{2,}}ed|\w+s|{_IRREGULAR}|will|can|may|must|not)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s(?:in|at|on|with|without|before|near|to|from|under|against|into|outside|inside)\s[^.;:!?]*[.;!?]?$"
)
_ENDS = re.compile(r"\W*$|\s*,\s\w+ing\b")
_CONTRAST = re.compile(r"\s*(?:while|when|as|and\swhere)\b")
_LEADING = re.compile(
    r"\s*(?:after|before|since|because|although|though|if|despite|following|amid|unless)\b", re.IGNORECASE
)


def tells_another(text: str, begins: int, ends: int, *, moves: bool) -> bool:
    """Whether the time at ``begins`` of the levelled ``text`` is that of something beside its main clause.

    ``moves`` says that it would lead to another day, for which the sentence has to say more.
    """
    before = text[max(0, begins - _REACH) : begins]
    clause = _last_clause(before)
    clause = clause[_end_of_saying(clause) :]
    if _is_beside(before, clause, text[ends : ends + _REACH]):
        return True
    if _is_announced(before, clause, text[begins:ends], moves=moves):
        return True
    if not moves and _is_of_other_days(before + text[ends : ends + _REACH]):
        return True
    if _CONTRAST.match(clause) if "," in before else _LEADING.match(before):
        return True
    after = text[ends : ends + 60]
    if not moves and not _GOES_ON.match(after):
        return False
    return _is_of_a_noun(clause, after)


def has_verb(words: str) -> bool:
    """Whether ``words`` have a verb of the past, as far as it can be told by its form."""
    return _VERB.search(words) is not None


def _is_beside(before: str, clause: str, after: str) -> bool:
    """Whether it stands in a clause or a remark beside the main one, or is that of a plan."""
    return bool(_SUBORDINATE.search(clause) or _PLANNED.search(clause)) or _is_apposition(before, after)


def _is_apposition(before: str, after: str) -> bool:
    """Whether it stands in a remark on the subject: "The ban, in force since 06:00, was lifted"."""
    subject, comma, remark = before.rpartition(",")
    if not (comma and remark.strip() and subject.strip()) or _VERB.search(subject):
        return False
    return not _SAYS_SO.match(remark) and _RESUMES.match(after) is not None


def _last_clause(before: str) -> str:
    """The last part of the words ``before`` that has a verb, with what only says where: ", in the north,"."""
    parts = _BREAK.split(before)
    clause = parts.pop()
    while parts and not _VERB.search(clause) and len(clause.split()) < _REMARK:
        clause = f"{parts.pop()} {clause}"
    return clause


def _is_announced(before: str, clause: str, time: str, *, moves: bool) -> bool:
    """Whether it is the time of what is announced, ordered or planned, not of the announcement."""
    spans = _SPAN_OF_IT.match(time) is not None
    if moves:
        # Until another day is how long it lasts; from one day to another, what is to come.
        return spans and not time.startswith(("since", "between"))
    if clause.endswith(" for "):
        return True
    bounds = _BOUND_OF_IT.match(time) is not None
    told = _behind(_ANNOUNCING, before) if spans or bounds else _behind(_PROMISING, clause)
    return told is not None and (spans or not _is_of_the_verb(told, bounds=bounds))


def _behind(verbs: re.Pattern[str], clause: str) -> str | None:
    """The words behind the last of ``verbs``; None where there is none, or another verb goes on."""
    found = [match.end() for match in verbs.finditer(clause)]
    told = clause[found[-1] :] if found else ""
    verb = _VERB.search(told)
    return None if not found or (verb and told[: verb.start()].strip()) else told


def _is_of_the_verb(told: str, *, bounds: bool) -> bool:
    """Whether the time behind ``told`` is that of the announcement: "announced the curfew at 10:15"."""
    return not told.strip() or (not bounds and _KNOWN_OBJECT.fullmatch(told) is not None)


def _is_of_other_days(around: str) -> bool:
    """Whether it is told of every day, or of another year, and not of this one."""
    return bool(_REPEATED.search(around) or _OTHER_PERIOD.search(around))


def _end_of_saying(clause: str) -> int:
    """Past "said that", for what is said is what the sentence tells."""
    return max((found.end() for found in _SAYING.finditer(clause)), default=0)


def _is_of_a_noun(clause: str, after: str) -> bool:
    """Whether the time belongs to a noun: "the agreement signed …", "the vote … was void"."""
    clause, whole = f"{_LINKS.sub('', clause).rstrip()} ", clause
    if _is_of_an_object(whole, clause):
        return True
    final = _ENDS.match(after) is not None or _trails_off(after)
    participle = _PARTICIPLE.search(clause) or _GOING_ON.search(clause)
    if participle and not after.lower().startswith(" that "):
        earlier = clause[: participle.start()]
        if _AUXILIARY.search(earlier):
            return False
        return not final or _has_verb_and_object(earlier)
    return not final and bool(clause.strip()) and not _VERB.search(clause)


def _is_of_an_object(whole: str, clause: str) -> bool:
    """Whether ``clause``, the ``whole`` less its "on the", ends with what its noun ties to a verb."""
    if _OF_AN_OBJECT.search(whole) or _OF_WHAT_WAS_MADE.search(clause):
        return True
    contact = _CONTACT.search(clause)
    return contact is not None and _MAY_BE_VERB.search(clause, 0, contact.start() + 1) is not None


def _has_verb_and_object(clause: str) -> bool:
    return bool(_VERB.search(clause) or _PRESENT_OF_OBJECT.search(clause))


def _trails_off(after: str) -> bool:
    """Whether the sentence only says where or with whom from there on: "on Tuesday before an empty hall"."""
    return _TRAILING.match(after) is not None and not _MAY_BE_VERB.search(after)
