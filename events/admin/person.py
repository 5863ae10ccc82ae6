"""Accounts of people: closed, and never deleted, as what they did is told by their name."""

from typing import Any

from django.contrib import admin


class ClosedNotDeleted:
    """The page of an account, without a way to delete it. To close it, untick “Active”."""

    # As in the desk's own lists: no page counts all rows.
    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
