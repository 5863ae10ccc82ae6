"""What is kept of the words that a decision is about."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from events.models.citation import Citation
from events.models.decision import Decision, Words, named_as
from events.models.hmac import hmac_of
from events.models.material import Material
from events.models.proposal import Proposal


def words_of(decision: Decision, row: Any, note: str) -> Iterator[Words]:
    """What is to be kept of the words that ``decision``, which is on ``row``, is about, and its ``note``."""
    of, about = partial(Words, decision=decision), Words.About
    if note:
        yield of(about=about.NOTE, hmac=hmac_of(note), text=note)
    if isinstance(row, Citation | Material):
        told = named_as(row.tells_of())
        yield of(about=about.SUBJECT, hmac=row.hmac, text=row.as_read(), tells_of=told)
    if isinstance(row, Proposal):
        yield of(about=about.SUBJECT, hmac=row.hmac)
    if isinstance(row, Proposal) and decision.verb == "accept":
        yield of(about=about(row.subject._meta.model_name), hmac=row.subject.hmac)
    if isinstance(row, Citation):
        event, source = row.event, row.source
        read = event.told() if decision.verb in ("approve", "confirm") else ""
        yield of(about=about.EVIDENCE, hmac=hmac_of(row.evidence()))
        yield of(about=about.EVENT, hmac=event.hmac, text=read)
        yield of(about=about.SOURCE, hmac=source.hmac)
        yield of(about=about.OUTLET, hmac=source.outlet.hmac)
