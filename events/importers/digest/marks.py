"""The marks with which a list sets out its items, and the remarks that credit a source: neither is said."""

import re

from events.importers.digest.dates import MONTH, WEEKDAY

_SIGNS = (
    r"(?:[\u203c\u2049\u23e9-\u23fa\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]?)"
)
"""Pictures that head a line: "📊", "‼️"."""
_BULLET = rf"(?:[•‣◦∙·●○■□▪▫►▸➤✦★*]|[-–—](?=\s)|>+(?=\s)|{_SIGNS}+)"
_NUMBERING = (
    rf"(?:\(?\d{{1,3}}[.)/](?=\s)(?!\s(?:\d{{4}}|{MONTH})\b)"
    r"|\[\d{1,3}\](?=\s)|[①-⑳❶-❿¹²³⁴-⁹]+|\d\ufe0f?\u20e3|(?i:polls?|notables?)/(?=\s)"
    r"|#\d{1,3}\b:?|\(?[a-zA-Z][.)](?=\s)|\(?[ivxIVX]{1,5}[.)](?=\s))"
)
_MARK = re.compile(rf"\s*(?:{_BULLET}|{_NUMBERING})\s*")
_ITEM = re.compile(rf"(?:{_BULLET}|\(?\d{{1,3}}[.)/](?=\s)|#\d{{1,3}}\b)")
_CLOCKED = re.compile(
    r"\(?(?:at\s)?\d{1,2}(?:[:.]\d\d){1,2}\s?(?:[ap]\.?m\.?\b)?\)?"
    r"(?:\s?[-–—]\s?\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?)?\s?(?:[:–—-]|$)|\(\d{1,2}[:.]\d\d\)",
    re.IGNORECASE,
)
_NAMES = r"(?-i:[A-Z][\w.’'&/-]*(?:,?\s(?:[A-Z][\w.’'&/-]*|of|the|and|for|in|de))*\.?)"
"""Words that are names: "Sources in Brod said …" begins as a credit does, and goes on as a sentence."""
_CREDIT = re.compile(
    r"(?:sources?|via|photo(?:graph)?s?|credit|text|(?:image|video)(?:\s(?:caption|source))?|picture|(?:with\s)?reporting)"
    rf"(?:\s?:\s?[^.!?]{{1,80}}\.?|\s(?:(?:by|from|courtesy\sof)\s)?{_NAMES})",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"[–—-]\s?{_NAMES}")
_NO_LABEL = (
    rf"(?!(?:{WEEKDAY}|{MONTH}|at|by|on|before|after|until|till|around|about|from|since|between"
    r"|yesterday|today|tonight|tomorrow|noon|midnight|last|next|this)\b)"
)
_AT_CLOCK = r"[\[(]?(?:at\s)?\d{1,2}[:.]\d\d(?!\d)"
_LABEL = re.compile(
    rf"(?:(?:breaking|upd(?:ated?)?|just\sin)\b\s?[,:|–—-]?|(?:live|time|latest)\s?[:|])\s?(?={_AT_CLOCK})"
    rf"|{_NO_LABEL}(?:{_NAMES}\s?[,:|–—-]\s|(?-i:[A-Z]{{3,}}|#\w+)\s)(?={_AT_CLOCK}(?:\s?[ap]\.?m\b\.?)?[\])]?\s?[:|–—-]\s)",
    re.IGNORECASE,
)
"""What stands before the clock time of an item: "UPDATE 08:10", "Brod, 08:10 –"."""
_ADDRESS = re.compile(r"(?:[\[(]?\d{1,3}[\])]:?\s)?<?(?:https?://|www\.)\S+>?", re.IGNORECASE)
_FOOTNOTE = re.compile(
    rf"(?:\[\d{{1,3}}\]:?|\^\d{{1,3}}|[¹²³⁴-⁹]+)\s?(?:{_NAMES}(?:,\s[^.!?]{{0,40}})?\.?|.*https?://\S+)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?:[\[(][^()\[\]]{1,80}[\])]\s*)+\.?")
_LONGEST_CREDIT = 100


def past_marks(text: str, begins: int = 0) -> int:
    """Where an item begins, past its bullet and its number: "• ", "1. ", "2/ "."""
    for _ in range(2):
        match = _MARK.match(text, begins)
        if not match:
            break
        begins = match.end()
    return begins


def with_marks_blank(text: str) -> str:
    """An item with blanks for its marks, and for the word or the place before its clock time."""
    begins = past_marks(text)
    label = _LABEL.match(text, begins)
    begins = label.end() if label else begins
    return " " * begins + text[begins:]


def begins_item(line: str) -> bool:
    """Whether ``line`` begins an item of a list: with a bullet, a number or a clock time set apart."""
    return bool(_ITEM.match(line) or _CLOCKED.match(line))


def is_credit(text: str) -> bool:
    """Whether ``text`` only says whose words or pictures they are: "(Coast Wire)", "Source: Coast Wire"."""
    if _BRACKETED.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    return len(text) <= _LONGEST_CREDIT and bool(_CREDIT.fullmatch(text) or is_signed(text))


def is_footnote(text: str) -> bool:
    """Whether ``text`` is a number and a source that is named or linked: "[1] Coast Wire, 15 May"."""
    return _FOOTNOTE.fullmatch(text[: 10 * _LONGEST_CREDIT]) is not None


def is_signed(text: str) -> bool:
    """Whether ``text`` is a name behind a dash, "— Coast Wire": a credit, where it is no item of a list."""
    return len(text) <= _LONGEST_CREDIT and _SIGNED.fullmatch(text) is not None
