"""What is kept of the words that a decision is about."""

from collections.abc import Iterator
from typing import Any

from events.models.citation import Citation
from events.models.decision import Words
from events.models.hmac import hmac_of
from events.models.material import Material
from events.models.proposal import Proposal


def words_of(row: Any, verb: str, note: str) -> Iterator[tuple[str, str, str]]:
    """What is kept of the words of a decision: about what they are, their fingerprint, and what was read."""
    if note:
        yield Words.About.NOTE, hmac_of(note), note
    if isinstance(row, Citation | Material):
        yield Words.About.SUBJECT, row.hmac, row.as_read()
    if isinstance(row, Proposal):
        yield Words.About.SUBJECT, row.hmac, ""
    if isinstance(row, Proposal) and verb == "accept":
        yield Words.About(row.subject._meta.model_name), row.subject.hmac, ""
    if isinstance(row, Citation):
        event, source = row.event, row.source
        yield Words.About.EVIDENCE, hmac_of(row.evidence()), ""
        yield Words.About.EVENT, event.hmac, event.told() if verb in ("approve", "confirm") else ""
        yield Words.About.SOURCE, source.hmac, ""
        yield Words.About.OUTLET, source.outlet.hmac, ""
