"""Starts the project as a server would, in a process of its own with an environment of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "CHRONICLE_SECRET_KEY": "k3y-" * 8 + "that-is-Long-enough-and-has-m4ny-letters",
    "CHRONICLE_ALLOWED_HOSTS": "chronicle.example",
}


def start(*arguments: str, told: str = "", **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python on ``arguments`` as in production, but for ``variables``, of which None leaves one out.

    Any warning is an error. ``told`` is what the program reads.
    """
    return subprocess.run(
        program(*arguments),
        cwd=ROOT,
        env=environment(variables),
        input=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def begin(*arguments: str, **variables: str | None) -> subprocess.Popen[str]:
    """As ``start``, without waiting for the end."""
    return subprocess.Popen(
        program(*arguments),
        cwd=ROOT,
        env=environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", *arguments]


def environment(variables: dict[str, str | None]) -> dict[str, str]:
    """That of production and of the machine, with the tests' folder of uploads, but for ``variables``."""
    names = ("PATH", "HOME", "LANG", "CHRONICLE_MEDIA")
    inherited = {name: os.environ[name] for name in names if name in os.environ}
    wanted = {**inherited, **PRODUCTION, **variables}
    return {name: value for name, value in wanted.items() if value is not None}
