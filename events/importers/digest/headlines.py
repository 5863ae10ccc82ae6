"""A headline cut from a sentence: what leads up to the happening is dropped, the words stay its own."""

import re

LONGEST = 110
_REPORTED = re.compile(
    r"(?:(?:it|this)\s(?:was|is|has\sbeen|became|had\sbecome|turned\sout|emerged)\s?(?:\w+ly\s|also\s|later\s)?"
    r"(?:revealed|reported|calculated|announced|noted|emphasi[sz]ed|stressed|learned|known|established|said|stated"
    r"|confirmed|clear|recorded|claimed|alleged)?(?:\s(?:in|by|from)\s[\w'’ -]{1,40}?)?\sthat\s)",
    re.IGNORECASE,
)
_REMARKS = re.compile(r"(?:\s?\([^()]{1,400}\)[.!?…]*)+$")
_BRACKETS = {"“": "”", "«": "»", "(": ")"}


def headline(sentence: str, begins: int, ends: int) -> str:
    """The words of ``sentence`` from ``begins`` to ``ends`` as a headline of at most about 110 characters.

    "It was reported that" and its like are dropped, and so are remarks in brackets at the end and
    the full stop. What is too long is cut at a word, with "…".
    """
    words = _trimmed(sentence[begins:ends][: LONGEST * 20])
    reported = _REPORTED.match(words)
    if reported:
        words = words[reported.end() :]
    if not re.search(r"\w", words):
        words = _trimmed(sentence[: LONGEST * 20]) or sentence
    if words[:1] in _BRACKETS and _BRACKETS[words[0]] not in words:
        words = words[1:] or words
    words = words[:1].upper() + words[1:]
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—-(")
    return f"{cut}…"


def _trimmed(words: str) -> str:
    words = words.strip().lstrip(",;:–—- ")
    bare = _REMARKS.sub("", words[-1000:])
    words = words[:-1000] + bare
    words = words.strip().rstrip(" ,;:–—")
    return words[:-1] if words.endswith(".") and not words.endswith("..") else words
