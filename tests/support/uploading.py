"""A server as in production, a program of its own, and an editor who sends it files."""

import json
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.serving import serving
from tests.support.starting import start

ADD = "/desk/events/material/add/"
BOUNDARY = "between-the-parts"
TOKEN = "t" * 32
WORKERS, THREADS = 2, 8
"""As the README says."""

GATHERING = """
import json
import django
django.setup()
from django.test import Client
from events.models import Story
from tests.support.factories import PersonFactory, StoryFactory
client = Client()
client.force_login(PersonFactory(editor=True))
story = Story.objects.first() or StoryFactory(unopened=True)
print(json.dumps({"story": story.pk, "session": client.cookies["sessionid"].value}))
"""


@dataclass(frozen=True)
class Sent:
    """A file to be sent: ``content``, so many times over."""

    name: str
    content: bytes
    times: int = 1
    mime: str = "application/octet-stream"

    @property
    def head(self) -> bytes:
        name = self.name.replace('"', "%22")
        return (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {self.mime}\r\n\r\n"
        ).encode()

    def parts(self) -> Iterator[bytes]:
        yield self.head
        for _ in range(self.times):
            yield self.content
        yield b"\r\n"

    def __len__(self) -> int:
        return len(self.head) + len(self.content) * self.times + 2


@dataclass(frozen=True)
class Served:
    """A running server, and what an editor who signed in there sends along."""

    url: str
    master: int
    story: int
    session: str
    headers: dict[str, str]

    @property
    def workers(self) -> set[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        return {int(pid) for pid in children.split()}

    @property
    def origin(self) -> str:
        return self.url.replace("http", self.headers.get("X-Forwarded-Proto", "http"), 1)

    def get(self, path: str) -> tuple[int, bytes]:
        return self.ask("GET", path, headers=self.headers)

    def send(
        self, *files: Sent, path: str = ADD, accept: str = "application/json", signed_in: bool = True
    ) -> tuple[int, bytes]:
        """Status and body of the answer to a form with ``files``."""
        before, after = self._fields(), f"--{BOUNDARY}--\r\n".encode()
        length = len(before) + sum(len(file) for file in files) + len(after)

        def body() -> Iterator[bytes]:
            yield before
            for file in files:
                yield from file.parts()
            yield after

        session = f"; sessionid={self.session}" if signed_in else ""
        headers = {
            **self.headers,
            "Origin": self.origin,
            "Accept": accept,
            "Cookie": f"csrftoken={TOKEN}{session}",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(length),
        }
        return self.ask("POST", path, body(), headers)

    def fates(self, *files: Sent) -> list[dict[str, str]]:
        """What became of each, as the script of the desk is told."""
        status, said = self.send(*files)
        assert status == 200, (status, said[:500])
        return json.loads(said)["files"]

    def _fields(self) -> bytes:
        fields = {"csrfmiddlewaretoken": TOKEN, "story": str(self.story)}
        form = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        return "".join(form.format(BOUNDARY, name, value) for name, value in fields.items()).encode()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Status and body of an answer, over a connection of its own."""
        at = urlsplit(self.url)
        connection = HTTPConnection(str(at.hostname), at.port, timeout=120)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def served(
    to: Path, variables: dict[str, str], application: str = "chronicle.wsgi", **headers: str
) -> Iterator[Served]:
    """A server on the database of ``variables``, its files below ``to``."""
    told = {"DJANGO_SETTINGS_MODULE": "chronicle.settings", "CHRONICLE_MEDIA": str(to / "media"), **variables}
    ran = start("-c", GATHERING, **told)
    assert ran.returncode == 0, ran.stderr
    options = f"--config /dev/null --no-control-socket --workers {WORKERS} --threads {THREADS}".split()
    options += ["--bind", "127.0.0.1:PORT", "--pid", str(to / "pid")]
    with serving("-m", "gunicorn", *options, application, to=to, **told) as server:
        master = int((to / "pid").read_text())
        yield Served(server.url, master, headers=headers, **json.loads(ran.stdout))


def kill(served: Served) -> None:
    """Kill the server with all its workers, as a machine does that runs out of memory."""
    for pid in (served.master, *served.workers):
        # A worker that died by itself may be gone by now.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def unnamed(served: Served, folder: Path) -> int:
    """The bytes of all files of ``folder`` without a name that its workers hold open."""
    return sum(_unnamed(one, folder) for pid in served.workers for one in Path(f"/proc/{pid}/fd").iterdir())


def _unnamed(descriptor: Path, folder: Path) -> int:
    try:
        file = os.readlink(descriptor)
        ours = file.startswith(str(folder)) and file.endswith("(deleted)")
        return descriptor.stat().st_size if ours else 0
    except FileNotFoundError:
        # It was closed while the others were looked at.
        return 0
