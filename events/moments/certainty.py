"""Whether a time in a sentence of another language than English is the sentence's own, for certain.

Of these languages names are known and no grammar. So a time counts only where nothing beside it could make
it another: no word for before or after, no day that it goes on to, and, inside a sentence, no clause before
it and no plan. Where that cannot be told, the time is left open.
"""

import re

from events.moments.idioms import FILLERS
from events.moments.items import Item, Small, Time
from events.moments.languages import MONTH_NAMES, WEEKDAY_NAMES
from events.moments.words import Token

_SUFFIX = re.compile(r"['’‑-]?(?P<word>[^\W\d_]*)")
_AT = ("", "da", "de", "ta", "te", "də", "ին", "ն")
"""What a clock time may end with where it is said of its hour: Turkish "14:30'da", Armenian "14:30-ին"."""
_GOES_ON = re.compile(
    r"\s*(?:(?:sonra|önce|kadar|dek|beri|itibaren|doğru|qədər|əvvəl|bəri|etibarən|հետո|առաջ|մինչև|սկսած|до|после|по|с|від|після"
    r"|накануне|следующ\w+|того|предыдущ\w+|наступн\w+|попередн\w+|des|vom|von|zum|zur|auf|bis|zuvor|vorher|davor|danach"
    r"|darauf|vor|nach|de|du|del|d|à|précédente?|suivante?|avant|et|a|al|siguiente|anterior|antes)\b|[^\W\d]+\s\d)",
    re.IGNORECASE,
)
"""What goes on to another day or hour behind a time."""
_OTHER_DAY = re.compile(
    r"\b(?:(?:поза)?вчера|накануне|(?:после)?завтра|(?:поза)?вчора|учора|напередодні|післязавтра"
    r"|(?:vor)?gestern|vortage?s?|vorabend|übermorgen|(?<!am )(?<!heute )morgen(?=\sum\b)"
    r"|hier|veille|demain|lendemain|(?:ante)?ayer|víspera|(?<!la )mañana|anterior|siguiente"
    r"|dün|önceki|evvelki|yarın|ertesi|dünən|srağagün|əvvəlki|ertəsi|երեկ|նախօրեին|նախորդ|վաղը|հաջորդ)\b",
    re.IGNORECASE,
)
"""Yesterday, tomorrow and their like, which are not read, so that an hour near them is of a day unknown."""
_NEAR_BEFORE, _NEAR_BEHIND = 200, 20
_LEADS_UP = re.compile(r"\b(?:desde|hasta|hacia|sobre|de|tras|entre|para|por)\s$", re.IGNORECASE)
"""What makes a span or a rough time of the Spanish "las 18:00"."""
_CLAUSE = re.compile(
    r"[,;:()«“\u2013\u2014]|\s-\s"
    r"|\b(?:qu|que|qui|dont|où|quand|lorsque|après|avant|cuando|donde|quien|tras|después|antes|dass|nachdem|bevor|что"
    r"|который|после|перед|що|який|після|ki|որ|հետո)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:wird|werden|soll|sollen|muss|müssen|kündigte?n?|plant|planen"
    r"|будет|будут|должен|должна|должны|планиру\w+|перен[её]с\w*|назнач\w+|объяв\w+|ожида\w+"
    r"|буде|будуть|повин\w+|плану\w+|призначи\w+|оголо\w+"
    r"|sera|seront|doit|doivent|devra|devront|prévoi\w+|annonc\w+|reporté\w*|va|vont"
    r"|será|serán|debe|deben|deberá\w*|anunci\w+|prevé\w*|van"
    r"|\w+(?:acak|ecek|acaq|əcək)\w*)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:,|saat\b)")


def may_tell(words: list[Token], items: list[Item], written: str, language: str) -> bool:
    """Whether ``words``, ``written`` in ``language``, may be a time, as far as they name parts of the day.

    The night of a weekday is left: it is named by the day that it begins on, or by that on which it ends.
    """
    named = [word.named for word in words if word.named]
    leans = any(one.leans for one in named) and Time not in map(type, items)
    if leans or any(language not in one.languages or one.is_name(written) for one in named):
        return False
    return not (named and Small("night of") in items)


def in_english(words: list[Token]) -> str:
    """The English for ``words``, where they name a part of the day in another language; else empty."""
    if not any(word.named for word in words):
        return ""
    told = (word for word in words if word.text not in FILLERS)
    return " ".join(dict.fromkeys(word.named.phrase if word.named else _written(word) for word in told))


def _written(word: Token) -> str:
    return word.text.title() if word.text in MONTH_NAMES or word.text in WEEKDAY_NAMES else word.text


def certain_end(sentence: str, begins: int, ends: int, *, opens: bool, noun: bool) -> int | None:
    """Where the time from ``begins`` to ``ends`` of ``sentence`` ends with its suffix; None if not its own.

    ``noun`` says that its words are a noun as well ("Akşam"), so that a comma has to set them apart.
    """
    suffix = _SUFFIX.match(sentence, ends)
    if suffix is None or suffix["word"].lower() not in _AT:
        return None
    ends = suffix.end() if suffix["word"] else ends
    if _is_of_another(sentence, begins, ends):
        return None
    apart = _APART.match(sentence, ends) if noun else True
    return ends if apart and (opens or _is_of_main_clause(sentence, begins)) else None


def _is_of_another(sentence: str, begins: int, ends: int) -> bool:
    """Whether a word beside the time leads to another hour or day."""
    if _LEADS_UP.search(sentence[:begins]) or _GOES_ON.match(sentence, ends):
        return True
    return _OTHER_DAY.search(sentence, max(0, begins - _NEAR_BEFORE), ends + _NEAR_BEHIND) is not None


def _is_of_main_clause(sentence: str, begins: int) -> bool:
    """Whether no clause stands before the time, and no word in the sentence that plans or announces."""
    return not (_CLAUSE.search(sentence, 0, begins) or _PLAN.search(sentence))
