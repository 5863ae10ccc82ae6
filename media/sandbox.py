"""Decodes pictures in a process of its own, which no file can make take down ours.

It has no Django, no database, no environment, a file to read and one to write, and limits of memory,
processor, writing and time. It is killed with all its children, however it ends. What it is for: media.jobs.
"""

import json
import math
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from media import storage
from media.limits import AT_ONCE, PATIENCE, USUAL, WAITING, Limits
from media.probing import DAMAGED, Refused

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("-m", "media.jobs")
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}

TOO_LONG = "This picture takes longer to read than a picture may. Make it smaller and send that."
TOO_MUCH = "This picture becomes too large as it is read. Make it smaller and send that."
BUSY = "Other files are being read at this moment. Try again in a minute."
KILLED_BY: dict[int, str] = {
    signal.SIGXCPU: TOO_LONG,
    signal.SIGKILL: TOO_LONG,
    signal.SIGALRM: TOO_LONG,
    signal.SIGXFSZ: TOO_MUCH,
}


_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)
_until: ContextVar[float] = ContextVar("until", default=math.inf)
"""By the clock of ``time.monotonic``."""


class Broken(RuntimeError):
    """The program itself does not work: no fault of any file."""


@dataclass(frozen=True)
class Answer:
    """What a job found out, and what it made."""

    facts: dict[str, Any]
    parts: list[bytes]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Have all that is run in the block end so many seconds from now, or refuse it: see ``BUSY``.

    In a block within another that of the two counts which ends first.
    """
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


@contextmanager
def turn() -> Iterator[None]:
    """One of the few turns at decoding, for all that is run in the block; refuses where none is to be had."""
    if _has_turn.get():
        yield
        return
    with ExitStack() as stack:
        try:
            patience = min(PATIENCE, _left())
            stack.enter_context(storage.turn(at_once=AT_ONCE, waiting=WAITING, patience=patience))
        except storage.Busy:
            raise Refused(BUSY) from None
        token = _has_turn.set(True)
        try:
            yield
        finally:
            _has_turn.reset(token)


def _left() -> float:
    return _until.get() - time.monotonic()


def run(
    job: str,
    file: BinaryIO,
    *,
    limits: Limits = USUAL,
    program: tuple[str, ...] = PROGRAM,
    **request: Any,
) -> Answer:
    """Have ``job`` done to ``file``, which lies on a disk; refuses it if the job does, or ends badly."""
    told = json.dumps({"job": job, "limits": asdict(limits), **request})
    with turn(), storage.scratch() as answer:
        wall = min(limits.wall, max(0.0, _left()))
        ended = _run((*program, told), file, answer, wall=wall)
        if ended == -signal.SIGKILL and wall < limits.wall:
            raise Refused(BUSY)
        if ended:
            _refuse(ended)
        answer.seek(0)
        return _read(answer)


def _run(arguments: tuple[str, ...], file: BinaryIO, answer: BinaryIO, *, wall: float) -> int:
    """The exit status, or minus the signal that ended it."""
    file.seek(0)
    process = subprocess.Popen(  # noqa: S603 - our own program; the request is one argument, in JSON
        [sys.executable, "-E", "-s", "-B", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=file,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watched = os.pidfd_open(process.pid)
    try:
        select.select([watched], [], [], wall)
    finally:
        # Not waited for yet, so that the number of its group can be nobody else's by now.
        os.killpg(process.pid, signal.SIGKILL)
        os.close(watched)
        status = process.wait()
    return status


def _refuse(status: int) -> None:
    if status > 0:
        raise Broken(f"The program that reads pictures ended with {status}.")
    raise Refused(KILLED_BY.get(-status, DAMAGED))


def _read(answer: BinaryIO) -> Answer:
    said = json.loads(answer.readline())
    if "refused" in said["facts"]:
        raise Refused(str(said["facts"]["refused"]))
    return Answer(said["facts"], [answer.read(length) for length in said["lengths"]])
