"""What a moderator reads before deciding on a citation, and what of it is another by the time they decide.

The page carries what it showed, signed: a decision on anything else is refused, with the difference.
"""

from dataclasses import dataclass

from django.core import signing

from events.editorial.refused import Stale
from events.models import Citation

SALT = "events.reading"
PARTS = {
    "event": "what the event says",
    "source": "what the source is",
    "outlet": "what its outlet is",
    "citation": "what the source says",
}


@dataclass(frozen=True)
class Difference:
    """One part that is another now than it was ``shown``; both as plain text, a line each."""

    label: str
    shown: str
    now: str


class Unlike(Stale):
    """What was shown is not what there is now."""

    def __init__(self, message: str, differences: list[Difference] | None = None) -> None:
        super().__init__(message)
        self.differences = differences or []


def shown_of(citation: Citation) -> str:
    """What a page shows of ``citation``, signed, to be sent along with the decision on it."""
    return signing.dumps([citation.pk, _read(citation)], salt=SALT, compress=True)


def check_shown(citation: Citation, shown: str) -> None:
    """Raises Unlike where ``shown`` is not how ``citation``, which is held, reads now."""
    was, now = _loaded(citation, shown), _read(citation)
    found = [
        Difference(label, _lines(was[part]), _lines(now[part]))
        for part, label in PARTS.items()
        if was[part] != now[part]
    ]
    # guard: what a moderator was shown is what is approved.
    if found:
        changed = ", ".join(each.label for each in found)
        raise Unlike(
            f"Somebody has changed this since you opened it: {changed}. Look again, then decide.", found
        )


def _loaded(citation: Citation, shown: str) -> dict[str, list[str]]:
    try:
        pk, was = signing.loads(shown, salt=SALT)
    except signing.BadSignature:
        pk, was = None, {}
    if pk != citation.pk:
        raise Unlike("It does not say what the page showed you. Open the page again, then decide.")
    return was


def _lines(read: list[str]) -> str:
    return "\n".join(filter(None, read))


def _read(citation: Citation) -> dict[str, list[str]]:
    """What is read of a citation, by part, a line each."""
    event, source, outlet = citation.event, citation.source, citation.source.outlet
    return {
        "event": event.told().splitlines(),
        "source": [
            *(source.title, str(outlet), source.get_genre_display(), source.published_on, source.url),
            *(source.archived_url, source.language, str(source.relays_id or "")),
        ],
        "outlet": [
            *(outlet.name, outlet.get_nature_display(), outlet.country, outlet.side, outlet.url),
            *(outlet.get_reliability_display(), outlet.reliability_reason),
            str(outlet.reliability_since or ""),
        ],
        "citation": [
            *(citation.quote, citation.language, citation.translation, citation.translation_language),
            *(citation.translated_by, citation.locator, citation.get_stance_display()),
            str(citation.credibility or ""),
        ],
    }
