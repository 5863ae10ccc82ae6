"""The application, but that nobody looks which version somebody saw who saves: for a control."""

from typing import Any

from chronicle.wsgi import application  # noqa: F401 - what gunicorn looks for

# The admin can be imported only now.
# isort: split
from events.admin.versioned import VersionedForm
from events.editorial import writing


def is_never_stale(form: Any) -> bool:
    return False


def see_nothing(row: Any, seen: Any) -> None:
    return None


VersionedForm.is_stale = is_never_stale
writing.check_seen = see_nothing
