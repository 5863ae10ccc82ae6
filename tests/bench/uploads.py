"""What readers wait while hostile files are uploaded, all at once: by decoding in a process of its own, and,
as a control, in the server's.

Each file is sent as the desk's script does it: where there is no turn, again after a while.
"""

import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Barrier, Event
from typing import Any
from urllib.parse import urlsplit

from tests.bench import databases, gauges
from tests.bench.site import collect, look
from tests.support.hostile_files import HEAVY
from tests.support.uploading import Sent, Served, served

APPLICATIONS = {
    "a process of its own": "chronicle.wsgi",
    "control: the server's own": "tests.bench.unguarded",
}
READERS, PAUSE = 4, 0.05
"""How many read at once, and the seconds that each looks at a page."""
AGAIN_AFTER, TRIES = 3, 40

HEADINGS = (
    "decoding in", "p95 before, ms", "p95 during, ms", "×", "pages during", "taken", "refused", "lost",
    "workers died", "peak MB of a worker", "seconds",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    entries: int
    files: int
    seconds: float
    """For which readers are watched before."""
    seed: int
    folder: Path


@dataclass
class Watched:
    """Milliseconds that each page took."""

    took: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[-1] if len(self.took) > 1 else 0.0


def run(plan: Plan) -> list[dict[str, Any]]:
    """A row for each application."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    files = [Sent(name, HEAVY[name]()) for name in list(HEAVY)[: plan.files]]
    with databases.at_hand(["sqlite"], [plan.entries], 1, plan.folder) as [database]:
        collect(plan.folder)
        paths = [found["path"] for found in look(database) if found["status"] == 200]
        return [
            {"decoding": name, **_row(application, files, paths, database, plan)}
            for name, application in APPLICATIONS.items()
        ]


def _row(
    application: str, files: list[Sent], paths: list[str], database: databases.Database, plan: Plan
) -> dict[str, Any]:
    with TemporaryDirectory(dir=plan.folder) as folder:
        copy = shutil.copyfile(urlsplit(database.url).path[1:], Path(folder) / "own.sqlite3")
        variables = {**database.variables(), "CHRONICLE_ROLE": "all", "DATABASE_URL": f"sqlite:///{copy}"}
        proxy = {"X-Forwarded-Proto": "https"}
        with served(Path(folder), variables, application, **proxy) as server:
            return measured(server, files, paths, plan)


def measured(server: Served, files: list[Sent], paths: list[str], plan: Plan) -> dict[str, Any]:
    with _readers(server, paths, plan.seed):
        time.sleep(1)
    with _readers(server, paths, plan.seed) as before:
        time.sleep(plan.seconds)
    workers = server.workers
    for pid in workers:
        gauges.forget_peak(pid)
    began = time.monotonic()
    with _readers(server, paths, plan.seed) as during:
        fates = _send_all(server, files)
    alive = workers & server.workers
    return {
        "before": before.p95,
        "during": during.p95,
        "pages": len(during.took),
        "pages_failed": before.failed + during.failed,
        "fates": fates,
        "died": len(workers - alive),
        "peak": max((gauges.peak_of(pid) for pid in alive), default=0.0),
        "seconds": time.monotonic() - began,
    }


@contextmanager
def _readers(server: Served, paths: list[str], seed: int) -> Iterator[Watched]:
    """Readers who read as long as the block lasts."""
    watched, stop = Watched(), Event()

    def read(number: int) -> None:
        dice = random.Random(f"{seed} {number}")
        while not stop.is_set():
            began = time.monotonic()
            try:
                good = server.get(dice.choice(paths))[0] == 200
            except (OSError, HTTPException):
                good = False
            watched.took.append(1000 * (time.monotonic() - began))
            watched.failed += not good
            stop.wait(PAUSE)

    with ThreadPoolExecutor(READERS) as readers:
        for number in range(READERS):
            readers.submit(read, number)
        try:
            yield watched
        finally:
            stop.set()


def _send_all(server: Served, files: list[Sent]) -> list[dict[str, str]]:
    """What became of each file, all sent at one moment."""
    barrier = Barrier(len(files))

    def send(file: Sent) -> dict[str, str]:
        barrier.wait()
        for _ in range(TRIES):
            said = _answer(server, file)
            if said["fate"] != "busy":
                break
            time.sleep(AGAIN_AFTER)
        return {"name": file.name, **said}

    with ThreadPoolExecutor(len(files)) as senders:
        return list(senders.map(send, files))


def _answer(server: Served, file: Sent) -> dict[str, str]:
    try:
        status, content = server.send(file)
        [fate] = json.loads(content)["files"] if status == 200 else [{}]
    except (OSError, HTTPException, ValueError) as wrong:
        return {"fate": "lost", "said": repr(wrong)}
    if fate.get("again"):
        return {"fate": "busy", "said": fate["refused"]}
    if "refused" in fate:
        return {"fate": "refused", "said": fate["refused"]}
    return {"fate": "taken", "said": ""} if "pk" in fate else {"fate": "lost", "said": str(status)}


def markdown(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"| --- {'| ---: ' * (len(HEADINGS) - 1)}|"
    for row in rows:
        counted = Counter(fate["fate"] for fate in row["fates"])
        ratio = row["during"] / row["before"] if row["before"] else 0
        cells = [
            row["decoding"], f"{row['before']:.0f}", f"{row['during']:.0f}", f"{ratio:.1f}", row["pages"],
            counted["taken"], counted["refused"], counted["lost"] + counted["busy"], row["died"],
            f"{row['peak']:.0f}", f"{row['seconds']:.0f}",
        ]  # fmt: skip
        yield f"| {' | '.join(map(str, cells))} |"
