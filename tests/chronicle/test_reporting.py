"""What the log tells of a fault, and what it never tells."""

import logging
import re
import socket
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from chronicle import reporting
from chronicle.models import Chronicle
from chronicle.urls import handler404, handler500  # noqa: F401 - part of this module as a map of a site
from chronicle.urls import urlpatterns as site
from tests.support.reading import text_of
from tests.support.record import make_story
from tests.support.starting import start

TYPED = "the-informants-name"
ID = re.compile(r"Quote this id when you write to us: ([0-9a-f]{8})\b")


def twice(request: HttpRequest, slug: str) -> HttpResponse:
    """Breaks a constraint of the database with what was typed."""
    make_story(slug=request.POST.get("slug", slug))
    raise AssertionError("the database let it through")


def misread(request: HttpRequest, slug: str) -> HttpResponse:
    """Fails on what was typed, and again while it deals with that."""
    try:
        int(slug)
    except ValueError:
        return {}[f"{slug}: {request.POST}"]


def forbidden(request: HttpRequest, slug: str) -> HttpResponse:
    raise PermissionDenied(slug)


def suspicious(request: HttpRequest, slug: str) -> HttpResponse:
    raise SuspiciousOperation(f"They typed {slug}")


urlpatterns = [
    path("twice/<slug:slug>/", twice, name="twice"),
    path("misread/<slug:slug>/", misread, name="misread"),
    path("forbidden/<slug:slug>/", forbidden, name="forbidden"),
    path("suspicious/<slug:slug>/", suspicious, name="suspicious"),
    *site,
]
on_this_site = pytest.mark.urls(__name__)


@pytest.fixture
def log():
    """What is written to stderr by the handler of the settings."""
    [handler] = [handler for handler in logging.getLogger().handlers if handler.name == "stderr"]
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def ask(client, view: str):
    client.raise_request_exception = False
    client.cookies["visit"] = "cookie-of-theirs"
    return client.post(
        f"/{view}/{TYPED}/?q=words-they-sought",
        {"slug": TYPED, "note": "typed-into-the-form"},
        headers={"referer": "https://elsewhere.example/"},
    )


def tells_nothing_of_theirs(said: str) -> bool:
    theirs = (TYPED, "words-they-sought", "typed-into", "cookie-of-theirs", "elsewhere", "127.0.0.1", "/?")
    return not [word for word in theirs if word in said]


@on_this_site
@pytest.mark.django_db
@pytest.mark.parametrize("view", ["twice", "misread"])
def test_a_fault_is_told_with_the_id_that_its_page_shows_and_nothing_that_was_typed(client, log, view):
    make_story(slug=TYPED)

    response = ask(client, view)

    assert response.status_code == 500
    report = ID.search(text_of(response.content.decode())).group(1)
    said = log.getvalue()
    assert said.splitlines()[0] == f"ERROR {report} django.request 500 POST {view}(slug=…)"
    assert f"in {view}" in said
    assert tells_nothing_of_theirs(said), said
    assert len(re.findall("^(?:ERROR|WARNING) ", said, re.MULTILINE)) == 1


@on_this_site
@pytest.mark.django_db
def test_a_broken_constraint_is_named_without_the_row_that_broke_it(client, log):
    make_story(slug=TYPED)

    ask(client, "twice")

    said = log.getvalue()
    assert "django.db.utils.IntegrityError: " in said
    assert "chronicle_chronicle" in said
    assert "DETAIL" not in said
    assert "which led to:" in said


@pytest.mark.only_on("postgresql")
def test_control_the_database_would_have_told_of_the_row(db):
    make_story(slug=TYPED)

    with pytest.raises(Exception, match=f"(?s)DETAIL.*{TYPED}"):
        Chronicle.objects.create(title="x", slug=TYPED, first_date="2021-01-01")


@on_this_site
@pytest.mark.django_db
def test_control_pythons_own_formatter_would_have_told_what_was_typed(client, log):
    [handler] = [handler for handler in logging.getLogger().handlers if handler.name == "stderr"]
    ours, handler.formatter = handler.formatter, logging.Formatter()

    ask(client, "misread")

    handler.formatter = ours
    assert not tells_nothing_of_theirs(log.getvalue())


@on_this_site
@pytest.mark.django_db
@pytest.mark.parametrize(("view", "status"), [("forbidden", 403), ("no-such-view", 404)])
def test_an_answer_that_is_no_fault_is_not_told(client, log, view, status):
    assert ask(client, view).status_code == status
    assert log.getvalue() == ""


@on_this_site
@pytest.mark.django_db
def test_what_is_refused_for_safety_is_told_in_one_line_without_words(client, log):
    assert ask(client, "suspicious").status_code == 400
    assert re.fullmatch(
        r"ERROR [0-9a-f]{8} django\.security\.SuspiciousOperation 400 POST suspicious\(slug=…\)\n",
        log.getvalue(),
    )


def test_a_wrong_host_is_told_without_its_name(client, log):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert re.fullmatch(
        r"ERROR [0-9a-f]{8} django\.security\.DisallowedHost 400 GET no route\n", log.getvalue()
    )


@on_this_site
@pytest.mark.django_db
def test_where_its_page_cannot_be_made_either_the_reader_gets_the_id_in_plain_text(client, log, settings):
    broken = {"loaders": [("django.template.loaders.locmem.Loader", {"500.html": "{% nonsense %}"})]}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": broken}]

    response = ask(client, "misread")

    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    report = ID.search(response.content.decode()).group(1)
    heads = [line for line in log.getvalue().splitlines() if line.startswith("ERROR ")]
    assert heads == [
        f"ERROR {report} chronicle.site.views.errors POST misread(slug=…)",
        f"ERROR {report} django.request 500 POST misread(slug=…)",
    ]


@on_this_site
def test_the_page_asks_the_database_nothing(client, log):
    # Without the database mark, any query is refused.
    assert ask(client, "misread").status_code == 500


def test_outside_a_request_the_message_is_told_without_its_arguments(log):
    logging.getLogger("psycopg.pool").warning("error connecting in %r: %s", "pool-1", TYPED)

    assert log.getvalue() == "WARNING - psycopg.pool error connecting in %r: %s\n"


def test_what_the_development_server_calls_a_request_is_none(log):
    with socket.socket() as request:
        logging.getLogger("chronicle").error('"%s" %s', TYPED, 500, extra={"request": request})

    assert log.getvalue() == 'ERROR - chronicle "%s" %s\n'


def test_a_method_that_does_not_exist_is_not_repeated(rf):
    assert reporting.method_of(rf.generic("SECRET", "/")) == "OTHER"


def test_errors_that_led_to_each_other_in_a_ring_are_told_once():
    one, two = ValueError("one"), KeyError("two")
    one.__cause__, two.__cause__ = two, one

    assert reporting.traceback_of(one) == "builtins.KeyError\nwhich led to:\nbuiltins.ValueError"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("typed"), "builtins.ValueError"),
        (AttributeError("no attribute 'x'"), "builtins.AttributeError: no attribute 'x'"),
        (ModuleNotFoundError("No module named 'x'"), "builtins.ModuleNotFoundError: No module named 'x'"),
        (NameError(), "builtins.NameError"),
    ],
)
def test_an_error_is_told_in_its_own_words_only_where_they_speak_of_the_code(error, reason):
    assert reporting.reason_of(error) == reason


FAULTY_SERVER = """
import sys
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from wsgiref.util import setup_testing_defaults
settings.STATIC_ROOT = sys.argv[1]
application = get_wsgi_application()
environ = {"PATH_INFO": "/the-informants-name/timeline/", "QUERY_STRING": "q=words-they-sought",
           "HTTP_HOST": "chronicle.example", "HTTPS": "on", "wsgi.url_scheme": "https"}
setup_testing_defaults(environ)
print(b"".join(application(environ, lambda status, headers: print(status))).decode())
"""


@pytest.mark.parametrize("role", ["all", "site"])
def test_production_tells_of_faults_on_stderr(role, tmp_path):
    # A database without tables fails every page, and files that were not collected fail its template.
    empty = f"sqlite:///{tmp_path / 'empty.sqlite3'}"

    ran = start(
        "-c",
        FAULTY_SERVER,
        str(tmp_path),
        DJANGO_SETTINGS_MODULE="chronicle.settings",
        CHRONICLE_ROLE=role,
        DATABASE_URL=empty,
    )

    assert "500 Internal Server Error" in ran.stdout
    report = ID.search(text_of(ran.stdout)).group(1)
    assert f"ERROR {report} django.request 500 GET timeline(slug=…)\n" in ran.stderr
    assert "OperationalError: no such table: chronicle_chronicle" in ran.stderr
    assert tells_nothing_of_theirs(ran.stderr), ran.stderr


def test_nothing_is_mailed_and_no_handler_of_djangos_own_is_left():
    assert logging.getLogger("django").handlers == []
    assert settings.ADMINS == []
