"""Editors who sit down at the desk of a new story, each signed in, and the events that they will write: JSON.

A program of its own, for a database of its own: ``saves`` starts it.
"""

import json
import sys

from django.test import Client

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from tests.support.factories import EventFactory, PersonFactory, StoryFactory


def main(people: int, events: int) -> None:
    story = StoryFactory(unopened=True)
    found = [EventFactory(day__story=story, headline=f"Event {number}").pk for number in range(events)]
    json.dump({"sessions": [_signed_in() for _ in range(people)], "events": found}, sys.stdout)


def _signed_in() -> str:
    client = Client()
    client.force_login(PersonFactory(groups=("Editors",)))
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
