"""Accounts of people: closed, and never deleted, as what they did is told by their name."""

from typing import Any


class ClosedNotDeleted:
    """The page of an account, without a way to delete it. To close it, untick “Active”."""

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
