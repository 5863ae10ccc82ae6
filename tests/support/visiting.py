"""A server of the public site in miniature, run as a program by tests/chronicle/test_wall.py.

Reads JSON: the paths to get, the statements to try, and a folder for static files. Answers with JSON: the
status and the length of each page, what the database said to each statement, and the packages loaded.
"""

import json
import os
import sys
from collections.abc import Callable
from wsgiref.util import setup_testing_defaults

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection


def get(application: Callable, path: str) -> tuple[str, int]:
    """Get ``path`` over https, as a browser would that keeps no cookie."""
    address, _, query = path.partition("?")
    environ = {
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "HTTP_HOST": "chronicle.example",
        "HTTPS": "on",
        "wsgi.url_scheme": "https",
    }
    setup_testing_defaults(environ)
    said = []
    response = application(environ, lambda status, headers: said.append((status, dict(headers))))
    try:
        body = b"".join(response)
    finally:
        response.close()
    status, headers = said[0]
    assert "Set-Cookie" not in headers
    return status, len(body)


def attempt(statement: str) -> str:
    """What the database says to ``statement``: nothing, or why not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as refusal:
        return str(refusal).splitlines()[0]
    return ""


def main() -> None:
    asked = json.load(sys.stdin)
    settings.STATIC_ROOT = asked["static"]
    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    application = get_wsgi_application()
    if asked.get("migrate"):
        call_command("migrate", verbosity=0, interactive=False)
    answer = {
        "pages": {path: get(application, path) for path in asked["paths"]},
        "said": {statement: attempt(statement) for statement in asked["statements"]},
        "loaded": sorted({name.partition(".")[0] for name in sys.modules}),
        "admin": "django.contrib.admin" in sys.modules,
        "auth": "django.contrib.auth" in sys.modules,
    }
    connection.close()
    print(json.dumps(answer))


os.environ["DJANGO_SETTINGS_MODULE"] = "chronicle.settings"
main()
