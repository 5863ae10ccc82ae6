"""Codes of languages: tags of BCP 47 (RFC 5646), which pages, readers of screens and exports go by."""

import re

from django.core.exceptions import ValidationError

_TAG = re.compile(
    # The language, perhaps extended; its script, region and variants; extensions, and what is agreed on.
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-[a-z]{4})?"
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


def language_tag(code: str) -> None:
    """Refuses what is no tag of a language: of five letters or more none is registered, they are names."""
    if _TAG.fullmatch(code):
        return
    hyphened = code.strip().replace("_", "-")
    if _TAG.fullmatch(hyphened):
        raise ValidationError(f"Write “{hyphened}”: parts of a language tag are joined by hyphens.")
    raise ValidationError(
        f"“{code}” is no language tag (BCP 47). Write the code of the language, as en, hy or zh-Hant-TW."
    )
