"""What Django writes down of the desk: which row, by its key, and what was done; never its words.

Nobody could take words down out of a log of which nobody knows what it says.
"""

from typing import Any

SOMETHING = "…"
"""In place of what a row below the form is called."""


class Unnamed:
    """A row as the log gets it."""

    def __init__(self, row: Any) -> None:
        self._meta, self.pk = row._meta, row.pk

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Wordless:
    """An admin that writes no words into the log."""

    def log_addition(self, request, obj, message):
        return super().log_addition(request, Unnamed(obj), message)

    def log_change(self, request, obj, message):
        return super().log_change(request, Unnamed(obj), message)

    def log_deletions(self, request, queryset):
        return super().log_deletions(request, [Unnamed(obj) for obj in queryset])

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        for part in message:
            for said in part.values():
                if "object" in said:
                    said["object"] = SOMETHING
        return message
