"""SQLite as Django has it, but that it knows the case of every script, and that who waits for
the write lock waits in Python.

Its own LIKE, by which Django compares whatever the case, knows those of English alone
(docs/decisions/0062-like-of-every-script.md).

SQLite holds the mutex of a connection for as long as a statement of it waits. A thread that has the lock
and collects garbage may find a cursor of that connection in it, which it cannot close without that mutex:
each would wait for the other, until the patience of the first has ended. So a statement waits a moment in
SQLite, lets go of its connection, and is tried again.
"""

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

from chronicle.sqlite.liking import like

A_MOMENT = 0.05
"""Seconds that a statement waits in SQLite before it lets go."""

BREATH = 0.01
"""Seconds until it is tried again; without them the mutex is taken before another thread is woken."""

WAITED_FOR = sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED
"""Another connection has the lock; of a database in memory, as tests have it, the lock of a table."""

DEFAULT = 5.0
"""Seconds that sqlite3 waits where OPTIONS names no ``timeout``."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose statements wait ``timeout`` seconds of its OPTIONS for the lock, as Django's do."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        opened.create_function("like", 3, like, deterministic=True)
        opened.execute(f"PRAGMA busy_timeout = {int(A_MOMENT * 1000)}")
        return opened

    @property
    def patience(self) -> float:
        return self.settings_dict["OPTIONS"].get("timeout", DEFAULT)

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=lambda opened: Cursor(opened, self.patience))


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose ``execute`` waits for the lock for ``patience`` seconds, and lets go in between.

    Within a transaction there is nothing to wait for: it has its lock (transaction_mode IMMEDIATE), or reads
    a snapshot in which it cannot write. ``executemany`` is not tried again, as a part of it may be done.
    """

    def __init__(self, opened: sqlite3.Connection, patience: float) -> None:
        super().__init__(opened)
        self.patience = patience

    def execute(self, query: str, params: Any = None) -> Any:
        until = time.monotonic() + self.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as error:
                if not self._may_wait(error) or time.monotonic() >= until:
                    raise
            time.sleep(BREATH)

    def _may_wait(self, error: sqlite3.OperationalError) -> bool:
        # The last eight bits tell the kind; the others, why.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return kind in WAITED_FOR and not self.connection.in_transaction
