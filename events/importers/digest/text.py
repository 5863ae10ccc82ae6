"""The text of a digest: what is no prose is refused, the rest freed of characters that say nothing."""

import re

LARGEST = 2 * 1024 * 1024
"""The most bytes of a text that are taken: far more than any article has."""
TOO_LARGE = "This file is larger than 2 MB, which no article is."
LONGEST_TEXT = 2_000_000
"""The most characters that are read."""

_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CONTROLS = dict.fromkeys([*range(1, 9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160)], " ")


_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,500}\)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300})\]\((?:https?://|/|#|mailto:)[^()\s]{0,500}(?:\s\"[^\"\n]{0,100}\")?\)"
)
_STRESSED = re.compile(r"(?<![\w*_])(\*\*|__)(?=[^\s*_])(?P<words>[^*_\n]{1,500}?)(?<=\S)\1(?![\w*_])")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(?=\S)")


class NotProse(ValueError):
    """The input is no prose that can be read; the text of it is a sentence that says why."""


def decoded(raw: bytes) -> str:
    """The text of a file. Raises NotProse where it is too large or not UTF-8."""
    if len(raw) > LARGEST:
        raise NotProse(TOO_LARGE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotProse(
            f"This file is not UTF-8 text (byte {wrong.start + 1} is not). Save it as UTF-8 and try again."
        ) from wrong


def cleaned(text: str) -> str:
    """``text`` without control and direction-overriding characters, and without the marks of Markdown.

    Refused when it is no text.
    """
    if len(text) > LONGEST_TEXT:
        raise NotProse(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read.")
    if "\0" in text:
        raise NotProse("This is no plain text: it holds NUL characters. Save the article as UTF-8 text.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotProse("This is no valid text: it holds half characters. Save the article as UTF-8 text.")
    text = text.translate(_OVERRIDES).translate(_CONTROLS)
    text = re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text)
    text = _without_markdown(text)
    if not text.strip():
        raise NotProse("There is no text to read.")
    return text


def _without_markdown(text: str) -> str:
    """The words that Markdown marks as a link, a heading or strong, without their marks; no pictures."""
    text = _LINK.sub(r"\g<words>", _PICTURE.sub("", text))
    return _HEADING.sub("", _STRESSED.sub(r"\g<words>", text))
