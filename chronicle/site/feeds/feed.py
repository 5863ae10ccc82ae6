"""What a feed holds, whatever it is written as.

What feeds call a thing is a tag URI (RFC 4151) of the origin of its chronicle: it stays after an edit, at
another address and on another host. Readers of feeds keep what they have seen by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from chronicle.models import Chronicle, Edition

MOST = 50
"""How many items a feed has, and how many that are gone."""

NO_CHARACTER_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, 2.2. Readers of JSON are spared it, too."""


@dataclass(frozen=True)
class Item:
    """One thing that is told; ``updated`` is the time of its last edition. Addresses are absolute."""

    tag: str
    title: str
    url: str
    html: str
    updated: datetime
    published: datetime | None = None


@dataclass(frozen=True)
class Gone:
    """What a reader of the feed may have kept, and readers of the site see no longer (RFC 6721)."""

    tag: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Feed:
    """What is told of one chronicle. ``home`` is the page that shows the same, ``address`` its own."""

    chronicle: Chronicle
    tag: str
    title: str
    home: str
    address: str
    items: Sequence[Item]
    gone: Sequence[Gone] = field(default=())
    sentences: Sequence[str] = field(default=())
    """What the reader is told of what was asked for."""

    @property
    def updated(self) -> datetime:
        """When anything of it was last printed; of an empty one, when its chronicle was."""
        changed = [*(item.updated for item in self.items), *(each.at for each in self.gone)]
        return max(changed, default=self.chronicle.updated_at)

    @property
    def subtitle(self) -> str:
        return " ".join(self.sentences) or self.chronicle.description


class Tagger:
    """Names what a chronicle has, by its origin and the day it was opened."""

    def __init__(self, chronicle: Chronicle) -> None:
        domain, _, key = chronicle.origin.partition("/")
        opened = Edition.objects.values_list("at", flat=True).get(chronicle=chronicle, seq=1)
        # A tag has no room for a port, which a site on somebody's own machine has.
        self.begins = f"tag:{domain.partition(':')[0]},{opened.astimezone(UTC).date()}:{key}/"

    def of(self, subject: str) -> str:
        return f"{self.begins}{subject}"


def plain(words: str) -> str:
    """``words`` without what no feed may hold: control characters, and halves of characters."""
    return NO_CHARACTER_OF_XML.sub("", words)
