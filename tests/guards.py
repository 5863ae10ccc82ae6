"""Takes out each guard of approvals in turn, and shows that the test of what readers see fails without it.

    python -m tests.guards --seed 1

A guard is the statement below a comment `# guard:` in events/. Works in a copy of the project. Exits 1 where
the test passes without one of them.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
MARK = "# guard:"
TEST = "tests/events/editorial/test_approving.py::test_no_page_says_what_nobody_approved"
LEFT_OUT = shutil.ignore_patterns("var", ".git", ".venv", "__pycache__", ".*_cache")


@dataclass(frozen=True)
class Guard:
    """One statement of a file, by its lines (the first is 1), and what its comment says of it."""

    file: Path
    first: int
    last: int
    says: str


def guards(root: Path) -> Iterator[Guard]:
    """Every guard below ``root``."""
    for file in sorted((root / "events").rglob("*.py")):
        lines = file.read_text(encoding="utf-8").splitlines()
        marked = {n + 2: line.partition(MARK)[2].strip() for n, line in enumerate(lines) if MARK in line}
        for node in ast.walk(ast.parse("\n".join(lines))) if marked else ():
            if isinstance(node, ast.stmt) and node.lineno in marked:
                yield Guard(file, node.lineno, node.end_lineno or node.lineno, marked[node.lineno])


def take_out(guard: Guard, root: Path) -> None:
    """Leave nothing in the place of ``guard`` in the copy at ``root``."""
    file = root / guard.file.relative_to(ROOT)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    first = lines[guard.first - 1]
    nothing = first[: len(first) - len(first.lstrip())] + "pass\n"
    lines[guard.first - 1 : guard.last] = [nothing]
    file.write_text("".join(lines), encoding="utf-8")


def notices(guard: Guard, seed: int) -> bool:
    """Whether the test fails without ``guard``."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        take_out(guard, copy)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", TEST]
        environment = {**os.environ, "CHRONICLE_SEED": str(seed), "CHRONICLE_SOAK": "1"}
        settings = {"cwd": copy, "env": environment, "capture_output": True, "text": True}
        ran = subprocess.run(command, check=False, **settings)
        if ran.returncode not in (0, 1):
            raise SystemExit(ran.stdout + ran.stderr)
        return ran.returncode == 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--seed", type=int, default=random.randrange(10**8), help="what the people begin from"
    )
    options = parser.parse_args()
    print(f"Seed {options.seed}.")
    missed = []
    for guard in guards(ROOT):
        noticed = notices(guard, options.seed)
        where = f"{guard.file.relative_to(ROOT)}:{guard.first}"
        print(f"{'noticed' if noticed else 'MISSED '}  {where}  {guard.says}", flush=True)
        missed += [] if noticed else [where]
    print(f"\n{len(missed)} guards can be taken out, and nothing notices." if missed else "\nNone is missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
