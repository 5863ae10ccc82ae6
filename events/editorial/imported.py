"""What an editor still has to do to a draft that was imported, before readers see it.

An importer copies the words of others and guesses what of a time holds on: neither is published unseen.
"""

from events.models import Event
from events.models.hmac import hmac_of


def mark_as_imported(event: Event) -> None:
    """Keep by what words ``event`` was imported."""
    event.imported_headline, event.imported_text = hmac_of(event.headline), hmac_of(event.text)


def not_yet_edited(event: Event) -> str:
    """Sentences on what is still as it was imported; empty when nothing is, or readers saw it already."""
    return " ".join(filter(None, (still_copied(event), not_confirmed(event))))


def still_copied(event: Event) -> str:
    """That it says just what was imported, in a sentence; else empty."""
    if event.is_quotation or not event.imported_headline or event.published_version:
        return ""
    same = [
        name
        for name, words, imported in (
            ("headline", event.headline, event.imported_headline),
            ("text", event.text, event.imported_text),
        )
        if words and hmac_of(words) == imported
    ]
    if not same:
        return ""
    still = f"Its {' and '.join(same)} {'are' if len(same) > 1 else 'is'} still as imported"
    return f"{still}: write your own, or mark it as a quotation."


def not_confirmed(event: Event) -> str:
    """That nobody confirmed its time, likewise."""
    if event.time_confirmed or not event.carried or event.published_version:
        return ""
    return "Its time was carried on from an earlier passage: confirm it, or write another."
