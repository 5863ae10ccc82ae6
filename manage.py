#!/usr/bin/env python3
"""Chronicle's commands: ``manage.py demo`` to look at it, ``manage.py help`` for the rest."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chronicle.settings")
    if sys.argv[1:2] == ["demo"]:
        # The demo is a development site; production is what every other command starts from.
        os.environ.setdefault("CHRONICLE_DEVELOPMENT", "true")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"Chronicle cannot start: {problem}")


if __name__ == "__main__":
    main()
