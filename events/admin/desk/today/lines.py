"""What a line of Today says of one thing that waits, and a group of such lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Press:
    """A verb that the button of a line carries out at once: its address, and the version that is shown."""

    address: str
    seen: int


@dataclass(frozen=True)
class Line:
    """One thing that waits. ``address`` is where it is read or mended, ``action`` what its button says, which
    leads there unless it is a ``press``."""

    title: str
    address: str
    action: str
    look: str = ""
    """Of its state, in desk.css."""
    state: str = ""
    where: Sequence[str] = ()
    lacks: Sequence[str] = ()
    code: str = ""
    """Why a moderator sent it back, ``words`` and ``by`` theirs."""
    words: str = ""
    by: str = ""
    since: datetime | None = None
    until: datetime | None = None
    press: Press | None = None
    leads: str = ""
    """Where the button leads, if not to ``address``."""


@dataclass(frozen=True)
class Group:
    """Lines of one kind under a heading. ``total`` is how many there are, ``more`` leads to all of them."""

    name: str
    title: str
    lines: Sequence[Line]
    total: int = 0
    help: str = ""
    more: str = ""
    folded: bool = False
    """Whether nothing of it is for who reads it to do."""

    @property
    def hides(self) -> bool:
        """Whether more of them wait than are shown."""
        return len(self.lines) < self.total
