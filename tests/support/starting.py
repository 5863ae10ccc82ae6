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
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    wanted = {**inherited, **PRODUCTION, **variables}
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT,
        env={name: value for name, value in wanted.items() if value is not None},
        input=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
