"""The demo and the development server, each a program of its own on a free port."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.starting import ROOT, environment, program

PATIENCE = 120
"""Seconds for a server to answer; the demo builds its sample first."""


@dataclass
class Server:
    """A server that answers at ``url``; what it says is written to ``said``."""

    url: str
    said: Path


@contextmanager
def serving(*arguments: str, to: Path, **variables: str | None) -> Iterator[Server]:
    """A server begun by Python with ``arguments``, where PORT stands for its port; ``to`` is a folder."""
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", to / "said.txt")
    command = program(*(argument.replace("PORT", str(port)) for argument in arguments))
    env = environment({"CHRONICLE_ALLOWED_HOSTS": "127.0.0.1", **variables})
    with server.said.open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)
    try:
        wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{server.url}/health/live").close()  # noqa: S310 - an address made above
            return
        except urllib.error.URLError:
            time.sleep(0.3)
    raise AssertionError(f"The server does not answer. It said:\n{server.said.read_text()}")
