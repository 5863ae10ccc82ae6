"""Gunicorn with one synchronous worker, for the site and for hello alike, and requests to it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.gauges import child_of
from tests.support.serving import free_port
from tests.support.starting import PRODUCTION, ROOT, environment

PATIENCE = 60
"""Seconds for a server to answer."""
HEADERS = {"Host": PRODUCTION["CHRONICLE_ALLOWED_HOSTS"], "X-Forwarded-Proto": "https"}
"""As a proxy that ends TLS passes requests on."""


@dataclass(frozen=True)
class Server:
    port: int
    worker: int
    """Its one worker process."""

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        """Status and body of ``path``, over a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", path, headers={**HEADERS, "Cookie": cookie} if cookie else HEADERS)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(application: str, variables: dict[str, str], said: Path, code: Path = ROOT) -> Iterator[Server]:
    """A server of ``application`` of the code at ``code``, on a free port; what it says goes to ``said``."""
    port = free_port()
    options = (
        f"--workers 1 --worker-class sync --bind 127.0.0.1:{port} --timeout 600 --no-control-socket".split()
    )
    command = [sys.executable, "-m", "gunicorn", "--config", "/dev/null", *options, application]
    with said.open("w") as written:
        process = subprocess.Popen(
            command, cwd=code, env=environment({**variables}), stdout=written, stderr=written
        )
    try:
        yield Server(port, _answering(process, port, said))
    finally:
        process.terminate()
        process.wait(30)


def _answering(process: subprocess.Popen[bytes], port: int, said: Path) -> int:
    """The worker, once it answers."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        worker = child_of(process.pid)
        try:
            if worker and Server(port, worker).get("/")[0]:
                return worker
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server does not answer. It said:\n{said.read_text()}")
