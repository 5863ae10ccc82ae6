"""What cannot be deleted is said to be kept, by what, and what to do instead."""


class SaysWhyKept:
    """An admin whose page of deletion refuses in words where rows that are kept point at the row."""

    instead = ""
    """What to do in place of a deletion, in a sentence or two."""

    def delete_view(self, request, object_id, extra_context=None):
        return super().delete_view(request, object_id, {**(extra_context or {}), "instead": self.instead})
