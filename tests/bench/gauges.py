"""What a process has used, as the kernel counts it."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")
"""Milliseconds in which the kernel counts."""


def cpu_of(pids: Iterable[int]) -> float:
    """Milliseconds of CPU that the processes have used, in user and in system mode."""
    return sum(_ticks(pid) for pid in pids) * TICK


def used_since(began: Mapping[int, float]) -> float:
    """Likewise since ``cpu_of_each`` of them; a pool ends connections that it needs no more, and these with
    what they used until then count for nothing."""
    return sum(now - began[pid] for pid, now in cpu_of_each(began).items())


def cpu_of_each(pids: Iterable[int]) -> dict[int, float]:
    """Milliseconds of CPU that each of the processes has used which are still there."""
    found = {}
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):
            found[pid] = cpu_of([pid])
    return found


def _ticks(pid: int) -> int:
    # The name of the program, in brackets, may hold blanks; utime and stime are fields 14 and 15.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def forget_peak(pid: int) -> None:
    """Have the kernel begin anew with the most memory that ``pid`` ever held."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_of(pid: int) -> float:
    """The most memory that ``pid`` held since then, in MB (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def child_of(pid: int) -> int | None:
    """The process that ``pid`` began; None while there is not exactly one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if len(children) == 1 else None
