"""What lists show of an entry, or put it in order by."""

from datetime import date, datetime
from typing import NamedTuple


class Shown(NamedTuple):
    """Columns of an entry by their own names. To make forty models costs more than to find them."""

    pk: int
    number: int
    sk: int
    earliest: datetime
    latest: datetime
    open_start: bool
    open_end: bool
    throughout: bool
    happened_on: date
    told_on: date
    key: bool
    card: str
    taken_at: datetime | None
    changed: str | None
    """What its last change was, where its card tells of one."""
    changed_at: datetime | None


class OfDay(NamedTuple):
    """What the page of one day shows of an entry: likewise, with what its head says of it."""

    pk: int
    number: int
    sk: int
    earliest: datetime
    latest: datetime
    open_start: bool
    open_end: bool
    throughout: bool
    happened_on: date
    told_on: date
    key: bool
    card: str
    taken_at: datetime | None
    changed: str | None
    changed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    headline: str
    updated_at: datetime
    first_at: datetime | None
    """When it was first printed."""

    @property
    def subject(self) -> str:
        return f"entry/{self.number}"
