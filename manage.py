#!/usr/bin/env python3
"""Chronicle's commands: ``manage.py demo`` to look at it, ``manage.py help`` for the rest."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError, connection

from chronicle import checks


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    if sys.argv[1:2] in (["demo"], ["make_sample"]):
        # What is made up is a development site; production is what every other command starts from.
        os.environ.setdefault("CHRONICLE_DEVELOPMENT", "true")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Chronicle cannot start: {problem}")
    except (OperationalError, ProgrammingError):
        if reason := why_unusable():
            sys.exit(f"This database cannot be used: {reason}")
        raise


def why_unusable() -> str:
    """What is wrong with the database itself, in a sentence; empty where it is another fault."""
    connection.close()
    try:
        return checks.why_unusable(connection)
    except (OperationalError, ProgrammingError):
        return ""


if __name__ == "__main__":
    main()
