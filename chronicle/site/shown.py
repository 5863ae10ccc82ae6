"""What a list across days shows of an entry, or puts it in order by."""

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
