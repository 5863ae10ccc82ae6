"""What is written to the log when something fails: enough to find the fault, nothing that anybody typed.

A report begins with one line: level, id, logger, and of a request its status, method and the name of its
route with its arguments masked. The id is on the page that the reader got. After a fault follows the
traceback: places and lines of the code, and the kind of each error. Never addresses, query strings,
headers, cookies, bodies, or values: what an error says is kept only of kinds that speak of the code, and
of the database's its first line, for DETAIL and HINT quote the row.
"""

import logging
import secrets
from collections.abc import Iterator
from traceback import format_tb
from typing import Any

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

SPEAK_OF_CODE = {"AttributeError", "ImportError", "NameError", "TemplateDoesNotExist"}
"""Errors whose words are names in the code. A ValueError or a KeyError quotes the value."""

SPEAK_OF_TABLES = {"IntegrityError", "OperationalError"}
"""Errors of a database whose first line names constraints and tables. A DataError quotes the value."""


class Report(logging.Formatter):
    """One record of the log as a report."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        told = head(record)
        # What was refused for safety's sake is one line: anybody can cause it, as often as they like.
        if error is None or getattr(record, "status_code", 500) < 500:
            return told
        return f"{told}\n{traceback_of(error)}"


def head(record: logging.LogRecord) -> str:
    """The first line of a report. Without a request it has the message, whose arguments are left out."""
    request = getattr(record, "request", None)
    # The development server calls a socket a request.
    if not hasattr(request, "method"):
        what, report = " ".join(str(record.msg).split()), "-"
    else:
        status = getattr(record, "status_code", "")
        what, report = f"{status} {method_of(request)} {route_of(request)}".strip(), id_of(request)
    return f"{record.levelname} {report} {record.name} {what}"


def id_of(request: Any) -> str:
    """The id of what went wrong with ``request``, made when it is first asked for."""
    if not hasattr(request, "report_id"):
        request.report_id = secrets.token_hex(4)
    return request.report_id


def method_of(request: Any) -> str:
    """The method of ``request``, where it is one that exists: a client may send any word."""
    return request.method if request.method in METHODS else "OTHER"


def route_of(request: Any) -> str:
    """The name of the route of ``request`` with its arguments masked: “page(slug=…, number=…)”."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "no route"
    masked = ["…" for _ in match.args] + [f"{name}=…" for name in match.kwargs]
    return f"{match.view_name}({', '.join(masked)})"


def traceback_of(error: BaseException) -> str:
    """Where ``error`` and the errors that led to it came from, the first of them first."""
    told = ["".join(format_tb(each.__traceback__)) + reason_of(each) for each in reversed(list(chain(error)))]
    return "\nwhich led to:\n".join(told)


def chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it was raised from or during, back to the first, each once."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def reason_of(error: BaseException) -> str:
    """The kind of ``error``, with its words where they hold nothing that was typed."""
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    kinds = {each.__name__ for each in kind.__mro__}
    if not kinds & (SPEAK_OF_CODE | SPEAK_OF_TABLES):
        return name
    lines = str(error).splitlines()
    return f"{name}: {lines[0]}" if lines else name
