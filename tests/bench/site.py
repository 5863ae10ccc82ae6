"""What a page costs, of readers or of the desk: CPU of the worker, as it is and by that of hello, queries,
bytes and memory."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tests.bench import databases, gauges
from tests.bench.databases import Database
from tests.bench.servers import Server, serving
from tests.support.starting import ROOT, environment

HELLO = "hello"


@dataclass
class Sample:
    """One batch of requests: milliseconds of CPU and database CPU a request, MB, and the machine's load."""

    cpu: float
    database_cpu: float
    peak: float
    load: float
    requests: int


@dataclass
class Subject:
    """One address of one server. ``looked`` is what ``looking`` found of it."""

    server: Server
    database: Database | None
    looked: dict[str, Any]
    samples: list[Sample] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        return self.looked["status"] == 200


@dataclass(frozen=True)
class Plan:
    rounds: int
    cpu: float
    """Seconds of CPU that a batch is to take, so that what the kernel counts in suffices."""
    seed: int
    folder: Path


def run(kinds: list[str], sizes: list[int], plan: Plan) -> list[Subject]:
    """Measure every address of readers on a database of each kind and size, and hello."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    with databases.at_hand(kinds, sizes, 1, plan.folder) as known:
        return _run(known, "tests.bench.looking", plan)


def run_desk(kinds: list[str], sizes: list[int], plan: Plan) -> list[Subject]:
    """Likewise every list, search and filter of the desk, as each role."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    with databases.desks_at_hand(kinds, sizes, plan.folder) as known:
        return _run(known, "tests.bench.desk", plan)


def _run(known: Sequence[Database], looking: str, plan: Plan) -> list[Subject]:
    with ExitStack() as stack:
        collect(plan.folder)
        hello = stack.enter_context(serving("tests.bench.hello", {}, plan.folder / "hello.log"))
        subjects = [Subject(hello, None, {"name": HELLO, "path": "/", "status": 200})]
        for database in known:
            said = plan.folder / f"site-{database.kind}-{database.entries}.log"
            server = stack.enter_context(serving("chronicle.wsgi", database.variables(), said))
            subjects += [Subject(server, database, looked) for looked in look(database, looking)]
        measure([subject for subject in subjects if subject.is_there], plan)
    return subjects


def collect(folder: Path) -> None:
    """Collect what WhiteNoise serves, as a production server has it."""
    variables = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "BENCH_FOLDER": str(folder)}
    program("manage.py", "collectstatic", "--noinput", "--verbosity=0", variables=variables)


def look(database: Database, looking: str = "tests.bench.looking") -> list[dict[str, Any]]:
    return json.loads(program("-m", looking, variables=database.variables()))


def program(*arguments: str, variables: dict[str, str], cwd: Path = ROOT) -> str:
    """What Python says on stdout, run on ``arguments``."""
    command = [sys.executable, *arguments]
    env = environment({**variables})
    return subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


def measure(subjects: Sequence[Subject], plan: Plan) -> None:
    """Take a sample of each subject in each round, in an order that the seed says."""
    dice = random.Random(plan.seed)
    with tqdm(total=plan.rounds * len(subjects), desc="Asking", unit="batch", disable=None) as bar:
        for _ in range(plan.rounds):
            for subject in dice.sample(subjects, len(subjects)):
                subject.samples.append(sample(subject, plan.cpu))
                bar.update()


def sample(subject: Subject, cpu: float) -> Sample:
    """A batch of requests that takes the worker ``cpu`` seconds, or ten times as long by the clock."""
    worker, asked = subject.server.worker, (subject.looked["path"], subject.looked.get("cookie", ""))
    subject.server.get(*asked)
    gauges.forget_peak(worker)
    backends = subject.database.backends() if subject.database else []
    began, backends_began = gauges.cpu_of([worker]), gauges.cpu_of_each(backends)
    used, requests, end = 0.0, 0, time.monotonic() + 10 * cpu
    while requests < 2 or (used < 1000 * cpu and time.monotonic() < end):
        subject.server.get(*asked)
        requests += 1
        used = gauges.cpu_of([worker]) - began
    return Sample(
        cpu=used / requests,
        database_cpu=gauges.used_since(backends_began) / requests,
        peak=gauges.peak_of(worker),
        load=os.getloadavg()[0],
        requests=requests,
    )
