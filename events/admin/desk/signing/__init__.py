"""The pages on which one signs in, and sees to how one does. What they stand on is events/signing."""

from events.admin.desk.signing.urls import urls

__all__ = ["urls"]
