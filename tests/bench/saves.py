"""People who save at once, over HTTP: on one event, and on as many as there are people.

Each adds a word of their own to the text as they see it, again and again. Who is answered that it was saved
finds that word at the end; who is told that somebody was faster has their own text back. As a control the
same where nobody looks at versions.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from tests.bench import databases
from tests.bench.site import program
from tests.support.forms import Forms
from tests.support.uploading import TOKEN, Served, served

APPLICATIONS = {"as it is": "chronicle.wsgi", "control: without versions": "tests.bench.unversioned"}
SAVED, SLOWER, WORDLESS, FAILED = "saved", "told of another", "without their text", "failed"
HEADINGS = ("database", "code", "events", *(SAVED, SLOWER, WORDLESS, FAILED), "lost", "p95 ms", "seconds")


@dataclass(frozen=True)
class Plan:
    people: int
    each: int
    """How often each of them saves."""
    folder: Path


@dataclass
class Sitting:
    """One person at the desk, and what became of their saves."""

    number: int
    server: Served
    session: str
    fates: Counter[str] = field(default_factory=Counter)
    words: dict[int, list[str]] = field(default_factory=dict)
    """By event, those that were saved."""
    took: list[float] = field(default_factory=list)
    """Milliseconds of each save."""

    def save(self, event: int, word: str) -> None:
        address = f"/desk/events/event/{event}/change/"
        sent = filled_in(self.ask("GET", address)[1])
        sent["text"] = with_word(sent["text"], word)
        began = time.monotonic()
        status, page = self.ask("POST", address, sent)
        self.took.append(1000 * (time.monotonic() - began))
        self.fates[self._fate(status, page, word)] += 1
        if status == 302:
            self.words.setdefault(event, []).append(word)

    def _fate(self, status: int, page: str, word: str) -> str:
        if status == 302:
            return SAVED
        if status != 200:
            return FAILED
        return SLOWER if any(word in value for value in filled_in(page).values()) else WORDLESS

    def ask(self, method: str, address: str, sent: Mapping[str, Any] | None = None) -> tuple[int, str]:
        headers = {
            **self.server.headers,
            "Origin": self.server.origin,
            "Cookie": f"csrftoken={TOKEN}; sessionid={self.session}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({**sent, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode() if sent else None
        status, page = self.server.ask(method, address, body, headers)
        return status, page.decode()


def filled_in(page: str) -> dict[str, str]:
    """What a browser would send of the form of an event."""
    forms = Forms()
    forms.feed(page)
    return next(held for _, held in forms.found if "headline" in held)


def with_word(text: str, word: str) -> str:
    return f"<p>{' '.join([text.replace('<p>', '').replace('</p>', ''), word]).strip()}</p>"


def run(kinds: Sequence[str], plan: Plan) -> list[dict[str, Any]]:
    """A row for each kind of database, with one event and with many, and for each application."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    return [
        {"database": kind, "code": code, "events": events, **_row(kind, application, events, plan)}
        for kind in kinds
        for code, application in APPLICATIONS.items()
        for events in (1, plan.people)
    ]


def _row(kind: str, application: str, events: int, plan: Plan) -> dict[str, Any]:
    with TemporaryDirectory(dir=plan.folder) as folder, _database(kind, Path(folder)) as url:
        variables = {
            "DATABASE_URL": url,
            "CHRONICLE_BEHIND_PROXY": "true",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "BENCH_FOLDER": str(plan.folder),
        }
        program("manage.py", "migrate", "--verbosity=0", variables=variables)
        program("manage.py", "set_up_roles", variables=variables)
        program("manage.py", "collectstatic", "--noinput", "--verbosity=0", variables=variables)
        told = program("-m", "tests.bench.seating", str(plan.people), str(events), variables=variables)
        proxy = {"X-Forwarded-Proto": "https"}
        with served(Path(folder), variables, application, **proxy) as server:
            return measured(server, json.loads(told), plan.each)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'own.sqlite3'}"
        return
    with databases.empty("bench_saves") as url:
        yield url


def measured(server: Served, found: dict[str, Any], each: int) -> dict[str, Any]:
    """What became of the saves of those who have a session, ``each`` of so many, on the events."""
    people = [Sitting(number, server, session) for number, session in enumerate(found["sessions"])]
    events, barrier = found["events"], Barrier(len(people))

    def sit(person: Sitting) -> None:
        barrier.wait()
        for turn in range(each):
            event = events[(person.number + turn) % len(events)]
            person.save(event, f"w{person.number}x{turn}")

    began = time.monotonic()
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(sit, people))
    seconds = time.monotonic() - began
    there = {event: filled_in(_page(people[0], event))["text"].split() for event in events}
    there = {event: {word.strip("<p>/") for word in words} for event, words in there.items()}
    saved = [(event, word) for person in people for event, words in person.words.items() for word in words]
    return {
        "fates": dict(sum((person.fates for person in people), Counter[str]())),
        "lost": sum(word not in there[event] for event, word in saved),
        "p95": quantiles([took for person in people for took in person.took], n=20)[-1],
        "seconds": seconds,
    }


def _page(person: Sitting, event: int) -> str:
    return person.ask("GET", f"/desk/events/event/{event}/change/")[1]


def markdown(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield f"| --- | --- |{' ---: |' * (len(HEADINGS) - 2)}"
    for row in rows:
        fates = [row["fates"].get(fate, 0) for fate in (SAVED, SLOWER, WORDLESS, FAILED)]
        told = [row["database"], row["code"], row["events"], *fates, row["lost"]]
        yield f"| {' | '.join(map(str, told))} | {row['p95']:.0f} | {row['seconds']:.1f} |"
