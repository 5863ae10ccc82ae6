"""``manage.py`` whose workers say that they begin: python -m tests.support.announcing runserver 8001"""

import os
import sys

import django
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
django.setup()

from events.editorial.working import Worker  # noqa: E402 - models can be imported only now

run = Worker.run


def say_and_run(worker: Worker) -> None:
    print(f"{worker.name}: at work", flush=True)
    run(worker)


if __name__ == "__main__":
    Worker.run = say_and_run
    execute_from_command_line(sys.argv)
