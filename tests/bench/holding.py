"""How much CPU a publication takes while it holds the lock under which all others wait.

On SQLite the lock is that of the file, from BEGIN IMMEDIATE on; on PostgreSQL that of the story's row. Both
end with the transaction.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

LOCKS = ("BEGIN IMMEDIATE", "FOR NO KEY UPDATE")


@dataclass
class Lock:
    """``cpu`` is how many milliseconds of CPU it was held for, all in all."""

    cpu: float = 0.0
    since: float | None = None

    def note(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        answer = execute(sql, *more)
        if self.since is None and any(lock in sql for lock in LOCKS):
            self.since = time.thread_time()
            self.told = False
        # Only in the block that the transaction is, which BEGIN alone does not begin.
        if self.since is not None and not self.told and connection.in_atomic_block:
            self.told = True
            transaction.on_commit(self._end)
        return answer

    def _end(self) -> None:
        if self.since is not None:
            self.cpu += 1000 * (time.thread_time() - self.since)
            self.since = None


@contextmanager
def watched() -> Iterator[Lock]:
    """The lock of what is published in the block."""
    lock = Lock()
    with connection.execute_wrapper(lock.note):
        yield lock
