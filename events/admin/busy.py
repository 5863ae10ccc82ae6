"""What somebody is told who would wait too long for others who save: a sentence, and what they typed.

On SQLite one saves at a time in the whole database, on PostgreSQL in a story; each waits for a turn.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import site
from django.db import OperationalError, connection
from django.template.response import TemplateResponse

from events.editorial.refused import Busy

SQLSTATES = {"55P03", "40P01"}
"""Of PostgreSQL: a lock that could not be had in time, and a deadlock that this one was chosen to end."""

AGAIN_AFTER = 5
"""Seconds."""


def is_about_a_lock(error: OperationalError) -> bool:
    """Whether a statement failed because somebody else held a lock for too long."""
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or getattr(cause, "sqlstate", "") in SQLSTATES


def telling_who_waits(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view``, in which a lock that cannot be had is a refusal like any other.

    Where nothing there gives back what was typed, a page says that it is still where it was typed.
    """

    def execute_or_refuse(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        try:
            return execute(sql, parameters, many, context)
        except OperationalError as error:
            if is_about_a_lock(error):
                raise Busy() from error
            raise

    @wraps(view)
    def told(request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            with connection.execute_wrapper(execute_or_refuse):
                return view(request, *args, **kwargs)
        except Busy as busy:
            # The rest of what a page of the desk shows is asked for, and would wait as well.
            shown = {"sentence": busy, "site_header": site.site_header, "site_title": site.site_title}
            answer = TemplateResponse(request, "admin/events/busy.html", shown, status=503)
            answer["Retry-After"] = str(AGAIN_AFTER)
            return answer

    return told
