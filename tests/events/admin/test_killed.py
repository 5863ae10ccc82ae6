"""A server is killed, as a machine does that runs out of memory, while people save and type: whatever it had
answered for is there afterwards."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from uuid import uuid4

from tests.bench.saves import SAVED, Sitting, filled_in
from tests.bench.site import program
from tests.support.uploading import kill, served

PEOPLE, SECONDS = 3, 3
PATIENCE = 90
"""How many seconds a busy machine has until each has saved and typed."""
OFFERED = "You typed something here"


def change(event: int) -> str:
    return f"/desk/events/event/{event}/change/"


def until_it_dies(person: Sitting, event: int) -> int:
    """Save and type in turn until nobody answers; the turn of what was typed and kept last."""
    kept, turn, tab = -1, 0, str(uuid4())
    try:
        while True:
            person.save(event, f"w{person.number}x{turn}")
            sent = {"address": change(event), "tab": tab, "typed": f"headline=Typed+{turn}"}
            status, _ = person.ask("POST", "/desk/unsaved/", sent)
            kept = turn if status < 300 else kept
            turn += 1
    except (OSError, HTTPException):
        return kept


def work_for_a_while(people: list[Sitting]) -> None:
    """Some seconds, and until each has saved a second time, and so had an answer to what was typed before."""
    time.sleep(SECONDS)
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and min(person.fates[SAVED] for person in people) < 2:
        time.sleep(0.1)


def offered(person: Sitting, event: int) -> int:
    """The turn of what is offered of what was typed."""
    page = person.ask("GET", change(event))[1]
    assert OFFERED in page
    (key,) = set(re.findall(r"\?unsaved=(\d+)", page))
    shown = person.ask("GET", f"{change(event)}?unsaved={key}")[1]
    return max(int(turn) for turn in re.findall(r"Typed (\d+)", shown))


def test_a_killed_server_loses_nothing_that_it_had_answered_for(scratch, tmp_path):
    variables = {**scratch, "DJANGO_SETTINGS_MODULE": "chronicle.settings"}
    told = json.loads(program("-m", "tests.bench.seating", str(PEOPLE), str(PEOPLE), variables=variables))
    with served(tmp_path, scratch) as server:
        people = [Sitting(number, server, session) for number, session in enumerate(told["sessions"])]
        assert OFFERED not in people[0].ask("GET", change(told["events"][0]))[1]
        with ThreadPoolExecutor(PEOPLE) as pool:
            working = pool.map(until_it_dies, people, told["events"])
            work_for_a_while(people)
            kill(server)
            kept = list(working)

    with served(tmp_path, scratch) as server:
        for person, event, turn in zip(people, told["events"], kept, strict=True):
            person.server = server
            there = filled_in(person.ask("GET", change(event))[1])["text"]
            assert person.fates[SAVED] >= 1
            assert [word for word in person.words[event] if word not in there] == []
            assert offered(person, event) >= turn >= 0
