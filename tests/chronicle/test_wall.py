"""The site is served without the desk: not installed, and on a database role that cannot read it."""

import json
import re
import secrets

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.http import urlencode

from chronicle.models import Chronicle, Entry, Page, Term, Text
from events.demo import sample
from tests.support.factories import three_people
from tests.support.starting import start

DATED = re.compile(r"/\d{4}-\d\d-\d\d/$")
README = (settings.BASE_DIR / "README.md").read_text()
READ = re.search(r"GRANT SELECT ON ([\w\s,]+) TO", README)[1].replace(",", " ").split()
"""The tables that the README has a public server read."""


def visit(folder, *, paths=(), statements=(), migrate=False, **variables):
    """What a server of its own answers; it says so if it could not start."""
    asked = {
        "paths": list(paths),
        "statements": list(statements),
        "static": str(folder / "static"),
        "migrate": migrate,
    }
    ran = start("-m", "tests.support.visiting", told=json.dumps(asked), **variables)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_site_starts_without_the_desk(tmp_path):
    answer = visit(
        tmp_path,
        paths=["/", "/robots.txt", "/sitemap.xml", "/nothing/", "/desk/", "/desk/login/"],
        statements=["SELECT 1 FROM chronicle_entry", "SELECT 1 FROM events_event"],
        migrate=True,
        CHRONICLE_ROLE="site",
        DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}",
    )

    assert "chronicle" in answer["loaded"]
    assert not {"events", "django_prose_editor"} & set(answer["loaded"])
    assert (answer["admin"], answer["auth"]) == (False, False)
    assert {answer["pages"][path][0] for path in ("/", "/robots.txt", "/sitemap.xml")} == {"200 OK"}
    assert {answer["pages"][path][0] for path in ("/nothing/", "/desk/", "/desk/login/")} == {"404 Not Found"}
    assert answer["said"]["SELECT 1 FROM chronicle_entry"] == ""
    assert "no such table" in answer["said"]["SELECT 1 FROM events_event"]


def test_control_the_whole_project_loads_the_desk(tmp_path):
    answer = visit(tmp_path, CHRONICLE_ROLE="all", DATABASE_URL=f"sqlite:///{tmp_path / 'all.sqlite3'}")

    assert {"events", "django_prose_editor"} <= set(answer["loaded"])
    assert (answer["admin"], answer["auth"]) == (True, True)


@pytest.fixture
def reader(transactional_db):
    """The address of the tests' database for a role that may read what the README says, no more."""
    name, password = f"reader_{secrets.token_hex(4)}", secrets.token_hex(16)
    at = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT ON {', '.join(READ)} TO {name}")
    yield f"postgres://{name}:{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


def public_paths():
    """Every public address of the record, and each day narrowed by each term that may narrow it."""
    yield "/"
    yield "/health/ready"
    yield "/robots.txt"
    yield "/sitemap.xml"
    for chronicle in Chronicle.objects.all():
        yield chronicle.get_absolute_url()
        yield f"{chronicle.get_absolute_url()}picture.png"
        yield from (f"{chronicle.get_absolute_url()}sitemap-{number}.xml" for number in (1, 2, 3))
    for text in Text.objects.select_related("chronicle"):
        yield text.get_absolute_url()
    for entry in Entry.objects.select_related("chronicle"):
        yield entry.get_absolute_url()
    for page in Page.objects.select_related("chronicle"):
        yield page.get_absolute_url()
        yield f"/{page.chronicle.slug}/{page.date.isoformat()}/"
        for term in Term.objects.filter(chronicle=page.chronicle, facet__in=["kind", "place", "actor"]):
            narrowed = {term.facet: term.number, "part": "night", "standing": "single"}
            yield f"{page.get_absolute_url()}?{urlencode(narrowed)}"


@pytest.mark.only_on("postgresql")
def test_a_role_that_reads_only_the_record_serves_every_public_page(reader, tmp_path):
    with transaction.atomic():
        sample.build(**three_people())
    paths = list(public_paths())

    answer = visit(
        tmp_path,
        paths=paths,
        statements=[
            *(f"SELECT 1 FROM {table}" for table in READ),
            "SELECT 1 FROM events_event",
            "SELECT 1 FROM events_citation",
            "SELECT 1 FROM auth_user",
            "UPDATE chronicle_entry SET headline = ''",
            "DELETE FROM chronicle_page",
            "INSERT INTO chronicle_term DEFAULT VALUES",
        ],
        CHRONICLE_ROLE="site",
        DATABASE_URL=reader,
    )

    assert "events" not in answer["loaded"]
    gone = {entry.get_absolute_url() for entry in Entry.objects.exclude(withdrawn_at=None)}
    expected = {path: "410 Gone" if path in gone else "200 OK" for path in paths}
    # One chronicle is the home page's own; a date has its address in numbers.
    expected |= {"/": "302 Found"}
    expected |= {path: "301 Moved Permanently" for path in paths if DATED.search(path)}
    assert len(paths) > 50
    assert gone
    assert {path: status for path, (status, _) in answer["pages"].items()} == expected
    assert [answer["said"][f"SELECT 1 FROM {table}"] for table in READ] == [""] * len(READ)
    refused = [said for statement, said in answer["said"].items() if said]
    assert refused == [
        "permission denied for table events_event",
        "permission denied for table events_citation",
        "permission denied for table auth_user",
        "permission denied for table chronicle_entry",
        "permission denied for table chronicle_page",
        "permission denied for table chronicle_term",
    ]


@pytest.mark.only_on("postgresql")
def test_control_without_the_record_the_role_serves_nothing(reader, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE SELECT ON {', '.join(READ)} FROM {reader[11:].partition(':')[0]}")

    answer = visit(tmp_path, statements=["SELECT 1 FROM chronicle_entry"], DATABASE_URL=reader)

    assert answer["said"]["SELECT 1 FROM chronicle_entry"] == "permission denied for table chronicle_entry"
