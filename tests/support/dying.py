"""The site as a server that dies in the middle of a deed, as on a machine that runs out of memory.

A worker kills itself before it would execute the last of the statements whose beginnings DIES_AT names, one a
line, once it has executed the others in their order; where the last line is "answer", before it would answer.
"""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from chronicle.wsgi import application as whole

ANSWER = "answer"
_ahead = os.environ["DIES_AT"].splitlines()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if _ahead and sql.startswith(_ahead[0]):
        del _ahead[0]
        if not _ahead:
            die()
    return run(sql, *rest)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with connection.execute_wrapper(execute):
        response: Iterable[bytes] = whole(environ, start_response)
    if _ahead == [ANSWER]:
        die()
    return response
