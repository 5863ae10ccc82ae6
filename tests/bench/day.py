"""What the page of a day costs, by how much it shows and how much lies around it: made anew, and kept.

Days of 40, 200 and 1,000 entries; days in chronicles of a thousand entries and of many more, of some days and
of ten thousand. Of an earlier commit beside, where one is named.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import databases, site
from tests.bench.databases import Database, Shape
from tests.bench.former import NOW, codes
from tests.bench.servers import serving
from tests.bench.site import HELLO, Subject

SHAPES = ((40, 1), (200, 1), (1_000, 1), (1_000, 25), (100_000, 2_500), (880, 44), (20_000, 10_000))
"""Entries and days of each chronicle that is measured where nobody says which."""

MADE, KEPT = "made", "kept"
WAYS = {MADE: {}, KEPT: {"CHRONICLE_KEPT_PAGES": "256"}}
"""The settings of a server that makes each page anew, and of one as it is in production."""


@dataclass(frozen=True)
class Plan(site.Plan):
    former: str = ""
    """The commit that is measured beside; empty where none is."""


def run(kinds: list[str], shapes: list[Shape], plan: Plan) -> list[Subject]:
    """Measure every address on a database of each kind and shape, by each code in each way, and hello."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    with databases.at_hand(kinds, shapes, 1, plan.folder) as known, ExitStack() as stack:
        site.collect(plan.folder)
        found = stack.enter_context(codes(plan.former, plan.folder))
        hello = stack.enter_context(serving("tests.bench.hello", {}, plan.folder / "hello.log"))
        subjects = [Subject(hello, None, {"name": HELLO, "path": "/", "status": 200})]
        for database in known:
            for code, where in found.items():
                subjects += _of_code(database, code, where, stack)
        site.measure([subject for subject in subjects if subject.is_there], plan)
    return subjects


def _of_code(database: Database, code: str, where: Path, stack: ExitStack) -> Iterator[Subject]:
    """The addresses of ``database`` as a server of the code ``where`` answers them, in each way it has."""
    told = site.program("-m", "tests.bench.looking_at_days", variables=database.variables(), cwd=where)
    for way in WAYS if code == NOW else [MADE]:
        said = database.folder / f"day-{database.kind}-{database.shape}-{code}-{way}.log"
        variables = {**database.variables(), **WAYS[way]}
        server = stack.enter_context(serving("chronicle.wsgi", variables, said, where))
        for looked in json.loads(told):
            yield Subject(server, database, looked | {"code": code, "way": way})


NAMED = ("database", "entries", "days", "code", "way", "address")
MEASURED = ("CPU ms", "× hello", "× first", "queries", "bytes", "gzipped")


def markdown(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table; each cost also by that of the same address of the first chronicle."""
    yield f"| {' | '.join([*NAMED, *MEASURED])} |"
    yield f"|{' --- |' * len(NAMED)}{' ---: |' * len(MEASURED)}"
    first: dict[tuple[Any, ...], float] = {}
    for row in rows:
        if "cpu" not in row or row["name"] == HELLO:
            continue
        same = tuple(row[name] for name in ("database", "code", "way", "name"))
        beside = first.setdefault(same, row["cpu"])
        named = [row["name" if name == "address" else name] for name in NAMED]
        measured = [f"{row['cpu']:.2f}", f"{row['by_hello']:.1f}", f"{row['cpu'] / beside:.2f}"]
        counted = [f"{row[name]:,}" if name in row else "" for name in ("queries", "bytes", "gzipped")]
        yield f"| {' | '.join(map(str, [*named, *measured, *counted]))} |"
