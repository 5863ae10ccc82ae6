"""LIKE of SQL, whatever the case of letters in any script: “шуша” is like “Шуша”, “straße” like “STRASSE”."""

import re
import unicodedata
from functools import lru_cache

_WILD = {"%": ".*", "_": "."}


def like(pattern: object, text: object, escape: str) -> bool | None:
    """Whether ``text`` is as ``pattern`` says, in which ``%`` is any text and ``_`` any one character.

    None, which SQL has for unknown, where one of the two is none.
    """
    if pattern is None or text is None:
        return None
    wanted, said = _folded(str(pattern)), _folded(str(text))
    words = wanted.strip("%")
    # What Django asks for: a pattern is not compiled for each row that has its own.
    if wanted == f"%{words}%" and not {"%", "_", escape} & set(words):
        return words in said
    return _compiled(wanted, escape).fullmatch(said) is not None


# The same text is compared with many patterns, and the same pattern with many texts.
@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    # The capital of the Turkish i keeps its dot, as a mark.
    letters = unicodedata.normalize("NFD", text.casefold()).replace("i\u0307", "i")
    return unicodedata.normalize("NFC", letters)


@lru_cache(maxsize=256)
def _compiled(pattern: str, escape: str) -> re.Pattern[str]:
    parts = re.findall(rf"{re.escape(escape)}(?P<plain>.)|(?P<other>.)", pattern, re.DOTALL)
    wanted = "".join(
        re.escape(plain) if plain else _WILD.get(other, re.escape(other)) for plain, other in parts
    )
    return re.compile(wanted, re.DOTALL)
