"""A headline cut from a sentence: what leads up to the happening is dropped, the words stay its own."""

import re

from events.importers.digest.dates import MONTH

LONGEST = 90
_REPORTED = re.compile(
    r"(?:(?:it|this)\s(?:was|is|has\sbeen|became|had\sbecome|turned\sout|emerged)\s?(?:\w+ly\s|also\s|later\s)?"
    r"(?:revealed|reported|calculated|announced|noted|emphasi[sz]ed|stressed|learned|known|established|said|stated"
    r"|confirmed|clear|recorded|claimed|alleged)?(?:\s(?:in|by|from)\s[\w'’ -]{1,40}?)?\sthat\s)",
    re.IGNORECASE,
)
_REMARKS = re.compile(r"(?:\s?\([^()]{1,400}\)[.!?…]*)+$")
_LEADS = re.compile(
    r"(?:\([^()]{1,60}\)[\s,:;–—-]*|while\s[^,;:]{3,80},\s(?!who\b|whose\b|which\b|and\b)|(?:and|but|or|then|while),?\s"
    r"|so,?\s(?!(?:far|many|much|few|long|called)\b)|[\W_]*[•‣◦∙·●▪*–—/-][\s]*"
    rf"|\d{{1,3}}[.)/]\s(?!{MONTH})"
    # The dateline of an agency: "BROD, May 15 (Coast Wire) – ".
    rf"|(?-i:[A-Z]{{2}}[A-Z .’'-]*)(?:,\s(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH}))?\s?"
    r"(?:\([^()]{1,40}\)\s?)?[–—-]\s)",
    re.IGNORECASE,
)
_BRACKETS = {"“": "”", "«": "»", "(": ")"}


def headline(sentence: str, begins: int, ends: int) -> str:
    """The words of ``sentence`` from ``begins`` to ``ends`` as a headline of at most 90 characters.

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
        words = words[1:].lstrip() or words
    words = _quoted(_without_lead(words))
    words = words[:1].upper() + words[1:]
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-(")
    return f"{cut}…"


def _without_lead(words: str) -> str:
    """``words`` without the mark, the bracket, the conjunction or the zone that they begin with."""
    for _ in range(3):
        match = _LEADS.match(words)
        if not match or not re.search(r"\w{2}", words[match.end() :]):
            break
        words = words[match.end() :]
    return words


def _quoted(words: str) -> str:
    """``words`` with the mark that opens their quotation, which was cut off with the time before it."""
    for opens, closes in ('""', "“”", "«»"):
        if words.count(closes) == 1 and (opens == closes or opens not in words):
            return f"{opens}{words[:1].upper()}{words[1:]}"
    return words


def _trimmed(words: str) -> str:
    words = words.strip().lstrip(",;:–—- »”")
    bare = _REMARKS.sub("", words[-1000:])
    words = words[:-1000] + bare
    words = words.strip().rstrip(" ,;:–—")
    return words[:-1] if words.endswith((".", "։")) and not words.endswith("..") else words
