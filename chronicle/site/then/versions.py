"""What a subject said for a while, until another edition replaced it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chronicle.models.term import number_of


@dataclass(slots=True)
class Withdrawal:
    """The edition with which an entry was withdrawn, and where it leaves a line; ``is_key`` in the story.

    It leaves none, and is told on no day, where its reason was taken down.
    """

    seq: int
    at: datetime
    commitment: str
    told_on: date | None = None
    sk: int = 0
    is_key: bool = False


@dataclass(slots=True)
class Version:
    """What a subject said from the edition ``since`` on, until that with the ``seq`` ``until``.

    ``changed`` is what was done to an entry last by then, where its card tells of that. Where its words were
    taken down, ``is_readable`` is false, and nothing else of it is known. ``gone`` is its next withdrawal.
    """

    subject: str
    since: int
    until: int
    edition: int
    commitment: str
    at: datetime
    first_at: datetime
    changed: str | None
    changed_at: datetime | None
    is_readable: bool
    pk: int = 0
    """The row id of an entry, and by how much it stands aside."""
    clash: int = 0
    names: tuple[str, ...] = ()
    """What an entry was found under, places that others lie in apart."""
    sk: int = 0
    told_on: date = date.min
    document: Any = None
    """Of a term, for it is short, and many pages name it."""
    own: Withdrawal | None = None
    """What it is itself, if that is a withdrawal."""
    gone: Withdrawal | None = None

    @property
    def number(self) -> int:
        return number_of(self.subject)

    @property
    def withdrawal(self) -> Withdrawal | None:
        """What is left of it, where it was withdrawn by then or since."""
        return self.gone or self.own

    @property
    def shown_by(self) -> str:
        """The commitment of the edition that tells what is left of it."""
        return self.withdrawal.commitment if self.withdrawal else self.commitment

    @property
    def is_shown(self) -> bool:
        """Whether it is an entry that can be read."""
        return bool(self.pk) and self.is_readable and self.withdrawal is None

    @property
    def is_line(self) -> bool:
        """Whether it is an entry of which a line is left."""
        return bool(self.pk) and self.withdrawal is not None and self.withdrawal.told_on is not None
